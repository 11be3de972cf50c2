import type { EventInput } from '@ciclo/engine'
import type { CommittedBatch } from '../ingest/ingest.ts'
import { reachMilestone } from '../store/queries/milestones.ts'
import type { Store } from '../store/store.ts'

/** The newest event of a browser that this process has taken in. */
export interface HeardEvent {
  at: number
  type: string
  name: string | null
  /** The path of the page that it came from. */
  page: string | null
}

export interface GuideWatch {
  /** Told of everything that ingest has committed. */
  heard(committed: Pick<CommittedBatch, 'verdicts'>): void
  lastOfBrowser(workspaceId: string): HeardEvent | undefined
}

export interface GuideWatchOptions {
  store: Store
  now: () => number
  onError: (error: unknown) => void
}

const CARES: readonly string[] = ['applied', 'duplicate', 'parked']

function pathOf({ event }: EventInput): string | null {
  const { page } = event.context as { page?: { path?: unknown } }
  const path = page?.path ?? event.properties['path']
  return typeof path === 'string' ? path.slice(0, 200) : null
}

/** Notices what the set-up guide waits for, and writes down the first time of each. */
export function createGuideWatch({ store, now, onError }: GuideWatchOptions): GuideWatch {
  const known = new Set<string>()
  const last = new Map<string, HeardEvent>()

  const reach = (workspaceId: string, name: 'browser-event' | 'trusted-order', at: number) => {
    const key = `${workspaceId} ${name}`
    if (known.has(key)) return
    known.add(key)
    store
      .write((tx) => reachMilestone(tx, workspaceId, name, at))
      .catch((error: unknown) => {
        // The next event tries again.
        known.delete(key)
        onError(error)
      })
  }

  return {
    heard: ({ verdicts }) => {
      for (const [{ workspaceId, input }, verdict] of verdicts) {
        if (input.kind !== 'event' || !CARES.includes(verdict)) continue
        const { type, name = null } = input.event
        if (input.source === 'public') {
          last.set(workspaceId, { at: now(), type, name, page: pathOf(input) })
          reach(workspaceId, 'browser-event', now())
        } else if (input.source !== 'own' && name === 'Order Completed') {
          reach(workspaceId, 'trusted-order', now())
        }
      }
    },
    lastOfBrowser: (workspaceId) => last.get(workspaceId),
  }
}
