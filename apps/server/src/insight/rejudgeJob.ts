import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { pageOfJudged } from '../store/queries/customers.ts'
import { REJUDGE } from '../store/queries/jobs.ts'
import type { Store } from '../store/store.ts'

/** What one transaction takes: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 200

const ProgressSchema = z.object({ after: z.string(), customers: z.int() })

export interface RejudgeJobOptions {
  store: Store
  ingest: Ingest
  now: () => number
}

/**
 * Wakes everybody with an order or a deadline after a new version of the rules, page by page: `step` looks at it by
 * itself, and leaves most of them as they are.
 */
export function createRejudgeJob({ store, ingest, now }: RejudgeJobOptions): Job {
  return {
    name: REJUDGE,
    every: null,
    run: async ({ workspaceId, progress, save }) => {
      let { after, customers } = progress ? ProgressSchema.parse(progress) : { after: '', customers: 0 }
      for (;;) {
        const page = await store.read((tx) => pageOfJudged(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
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
