import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { ReadTx, Store } from '../store/store.ts'
import type { Job } from './jobs.ts'
import { wakeItems } from './wakeItems.ts'

/** What one transaction takes: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 200

const ProgressSchema = z.object({ after: z.string(), customers: z.int() })

export interface WakeAllOptions {
  store: Store
  ingest: Ingest
  now: () => number
}

/**
 * A job that wakes customers once, page by page, when it is asked for: `step` finds by itself what there is to do.
 *
 * @param readPage the ids of the next customers, in their order, after the one named
 */
export const createWakeAllJob = (
  name: string,
  readPage: (tx: ReadTx, workspaceId: string, after: string, limit: number) => Promise<string[]>,
  { store, ingest, now }: WakeAllOptions,
): Job => ({
  name,
  every: null,
  run: async ({ workspaceId, progress, save }) => {
    let { after, customers } = progress ? ProgressSchema.parse(progress) : { after: '', customers: 0 }
    for (;;) {
      const page = await store.read((tx) => readPage(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
      const last = page.at(-1)
      if (last === undefined) return { customers }
      await ingest.submit(wakeItems(workspaceId, page, now()))
      after = last
      customers += page.length
      await save({ after, customers })
    }
  },
})
