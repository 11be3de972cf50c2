import { z } from 'zod'
import type { Job } from '../loops/jobs.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import type { Store } from '../store/store.ts'
import { listAgain } from './listAgain.ts'

/** What of a customer the list holds, and how words are folded: with another number everybody is listed anew. */
const LISTING_VERSION = 1

/** What one transaction lists: some 20 ms of it. */
const CUSTOMERS_AT_ONCE = 250

const DAY = 86_400_000

const ProgressSchema = z.object({
  version: z.literal(LISTING_VERSION),
  after: z.string(),
  customers: z.int(),
})

/**
 * Lists everybody of a database that an older version has written; customers who change meanwhile are listed with their
 * change. Where that was done once there is nothing left to do.
 */
export const createListingJob = ({ store, now }: { store: Store; now: () => number }): Job => ({
  name: 'listing',
  every: DAY,
  run: async ({ workspaceId, progress, last, save }) => {
    if (last?.['version'] === LISTING_VERSION) return last
    const begun = ProgressSchema.safeParse(progress).data
    let run = begun ?? { version: LISTING_VERSION, after: '', customers: 0 }
    for (;;) {
      const { after, customers } = run
      const page = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
      const lastId = page.at(-1)
      if (lastId === undefined) return { version: LISTING_VERSION, customers }
      await store.write((tx) => listAgain(tx, workspaceId, page, now()))
      run = { version: LISTING_VERSION, after: lastId, customers: customers + page.length }
      await save(run)
    }
  },
})
