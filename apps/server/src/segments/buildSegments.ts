import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import { markBuilt, readBuilding } from '../store/queries/segments.ts'
import type { Store } from '../store/store.ts'

/** Everybody is looked at by the segments that are new. */
export const SEGMENT_BUILD = 'segment-build'

/** Whose histories one transaction folds: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 25

const ProgressSchema = z.object({
  /** Which segments, by their id, and since which change. */
  building: z.record(z.string(), z.number()),
  after: z.string(),
  customers: z.int(),
})
type Progress = z.infer<typeof ProgressSchema>

export interface BuildSegmentsOptions {
  store: Store
  ingest: Ingest
  now: () => number
}

/**
 * Looks at everybody once for the segments that were saved: each customer's history is folded anew, since what a rule
 * counts was not counted before. Whoever enters now has entered when it happened.
 */
export function createSegmentBuildJob({ store, ingest, now }: BuildSegmentsOptions): Job {
  return {
    name: SEGMENT_BUILD,
    every: null,
    run: async ({ workspaceId, progress, ...context }) => {
      const begin = async (): Promise<Progress> => ({
        building: await store.read((tx) => readBuilding(tx, workspaceId)),
        after: '',
        customers: 0,
      })
      let run = progress ? ProgressSchema.parse(progress) : await begin()
      let customers = run.customers
      while (Object.keys(run.building).length > 0) {
        const { building, after } = run
        const page = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
        const last = page.at(-1)
        if (last === undefined) {
          await store.write((tx) => markBuilt(tx, workspaceId, building))
          // One that was saved meanwhile has seen only some.
          run = await begin()
        } else {
          const at = now()
          await ingest.submit(
            page.map((customerId) => ({
              workspaceId,
              customerId,
              refold: true,
              input: { kind: 'wake', at, receivedAt: at },
            })),
          )
          customers += page.length
          run = { building, after: last, customers }
        }
        await context.save(run)
      }
      return { customers }
    },
  }
}
