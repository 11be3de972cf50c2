import type { Clock } from '../clock.ts'
import type { Ingest } from '../ingest/ingest.ts'
import { dueCustomers, nextWakeAt } from '../store/queries/customers.ts'
import type { Store } from '../store/store.ts'
import { createLoop, type Loop } from './loop.ts'

const MOST_CUSTOMERS = 500
const FEWEST_CUSTOMERS = 50

/** What a turn is to take, in milliseconds: when very many are due at once, events wait for no more than it. */
const TURN = 60

/** Between two turns in which nothing could be applied: milliseconds. */
const STUCK_PAUSE = 10_000

export interface WakeOptions {
  store: Store
  ingest: Ingest
  clock: Clock
  onError: (error: unknown) => void
}

/**
 * The passing of time: submits a `wake` for every customer with a timer that is due. It decides nothing; `step` fires
 * the timers, and a wake that finds nothing due is nothing.
 */
export function createWakeLoop({ store, ingest, clock, onError }: WakeOptions): Loop {
  let limit = MOST_CUSTOMERS
  /** By the time that the last full turn took: on a slow or busy machine fewer are woken at a time. */
  const adjust = (milliseconds: number) => {
    const fitting = Math.round((limit * TURN) / Math.max(milliseconds, 1))
    limit = Math.min(MOST_CUSTOMERS, Math.max(FEWEST_CUSTOMERS, Math.round((limit + fitting) / 2)))
  }
  return createLoop({
    clock,
    onError,
    atLeastEvery: 10_000,
    run: async () => {
      const at = clock.now()
      const due = await store.read((tx) => dueCustomers(tx, at, limit))
      if (due.length === 0) return await store.read(nextWakeAt)
      const started = performance.now()
      const verdicts = await ingest.submit(
        due.map(({ workspaceId, customerId }) => ({
          workspaceId,
          customerId,
          input: { kind: 'wake', at, receivedAt: at },
        })),
      )
      if (due.length === limit) adjust(performance.now() - started)
      // What cannot be applied now stays due: without a pause it would be tried again at once, and for ever.
      return verdicts.includes('applied') ? at : at + STUCK_PAUSE
    },
  })
}
