import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import { JOURNEY_DATES } from '../store/queries/journeys.ts'
import type { Store } from '../store/store.ts'

/** What one transaction takes: most of them have no such day, and are left as they are. */
const CUSTOMERS_AT_ONCE = 200

const ProgressSchema = z.object({ after: z.string(), customers: z.int() })

/** Wakes everybody once after a journey that a date starts has gone live: `step` arms the timers of the days. */
export function createJourneyDatesJob({
  store,
  ingest,
  now,
}: {
  store: Store
  ingest: Ingest
  now: () => number
}): Job {
  return {
    name: JOURNEY_DATES,
    every: null,
    run: async ({ workspaceId, progress, save }) => {
      let { after, customers } = progress ? ProgressSchema.parse(progress) : { after: '', customers: 0 }
      for (;;) {
        const page = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
        const last = page.at(-1)
        if (last === undefined) return { customers }
        const at = now()
        await ingest.submit(
          page.map((customerId) => ({
            workspaceId,
            customerId,
            input: { kind: 'wake', at, receivedAt: at },
          })),
        )
        after = last
        customers += page.length
        await save({ after, customers })
      }
    },
  }
}
