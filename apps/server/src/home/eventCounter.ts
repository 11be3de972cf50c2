import { DAY, hourOf } from '@ciclo/engine'
import type { CommittedBatch } from '../ingest/ingest.ts'
import {
  addEventCounts,
  COUNTED_SOURCES,
  deleteEventCounts,
  type EventCount,
} from '../store/queries/eventCounts.ts'
import type { Store } from '../store/store.ts'

export interface EventCounter {
  /** Told of everything that ingest has committed. */
  heard(committed: Pick<CommittedBatch, 'verdicts'>): void
  /** Writes down what was heard and is not written yet. Never rejects. */
  flush(): Promise<void>
}

interface EventCounterOptions {
  store: Store
  now: () => number
  onError: (error: unknown) => void
}

/** One small transaction in so many milliseconds, however much comes in: a crash loses what was counted since. */
const WRITE_EVERY = 10_000
const KEPT = 31 * DAY

/** Counts what comes in, by source and hour: what a shop's silence is measured against. */
export function createEventCounter({ store, now, onError }: EventCounterOptions): EventCounter {
  let waiting = new Map<string, Map<string, EventCount>>()
  let timeout: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let prunedAt = 0

  const write = async () => {
    const heard = waiting
    if (heard.size === 0) return
    waiting = new Map()
    const hour = hourOf(now())
    try {
      await store.write(async (tx) => {
        for (const workspaceId of [...heard.keys()].toSorted())
          await addEventCounts(tx, workspaceId, [...(heard.get(workspaceId)?.values() ?? [])])
        if (hour !== prunedAt) await deleteEventCounts(tx, hour - KEPT)
      })
      prunedAt = hour
    } catch (error) {
      // Figures for people: what could not be written is left out, and nothing waits for it.
      onError(error)
    }
  }

  const flush = async () => {
    clearTimeout(timeout)
    timeout = undefined
    writing = writing.then(write)
    await writing
  }

  return {
    heard: ({ verdicts }) => {
      for (const [{ workspaceId, input }, verdict] of verdicts) {
        if (input.kind !== 'event' || (verdict !== 'applied' && verdict !== 'parked')) continue
        const source = COUNTED_SOURCES.find((one) => one === input.source)
        if (!source) continue
        const at = input.receivedAt
        const hour = hourOf(at)
        const counts = waiting.get(workspaceId) ?? new Map<string, EventCount>()
        waiting.set(workspaceId, counts)
        const key = `${source} ${hour}`
        const known = counts.get(key) ?? { source, hour, events: 0, lastAt: at }
        counts.set(key, { ...known, events: known.events + 1, lastAt: Math.max(known.lastAt, at) })
      }
      if (waiting.size > 0) timeout ??= setTimeout(() => void flush(), WRITE_EVERY).unref()
    },
    flush,
  }
}
