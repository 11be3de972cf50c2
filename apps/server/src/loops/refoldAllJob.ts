import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import type { Store } from '../store/store.ts'
import type { Job } from './jobs.ts'
import { wakeItems } from './wakeItems.ts'

/** Whose histories one transaction folds: some 50 ms of it, between which others write. */
const CUSTOMERS_AT_ONCE = 25

const ProgressSchema = z.object({
  /** For what everybody is looked at, by its id, and in which version of it. */
  subjects: z.record(z.string(), z.number()),
  after: z.string(),
  customers: z.int(),
})
type Progress = z.infer<typeof ProgressSchema>
type Subjects = Progress['subjects']

export interface RefoldAllOptions {
  name: string
  store: Store
  ingest: Ingest
  now: () => number
  /** What waits for everybody to be looked at. */
  readSubjects: (workspaceId: string) => Promise<Subjects>
  /** Everybody has been looked at for these. */
  finish: (workspaceId: string, subjects: Subjects) => Promise<void>
}

/**
 * A job that folds everybody's history anew, page by page, for what counts events that nobody has counted before. What
 * begins to wait while it is under way has seen only some, and has everybody looked at once more.
 */
export function createRefoldAllJob(options: RefoldAllOptions): Job {
  const { name, store, ingest, now, readSubjects, finish } = options
  return {
    name,
    every: null,
    run: async ({ workspaceId, progress, save }) => {
      const begin = async (): Promise<Progress> => ({
        subjects: await readSubjects(workspaceId),
        after: '',
        customers: 0,
      })
      // What an older version has written down in its own words begins anew: nobody minds being looked at twice.
      let run = ProgressSchema.safeParse(progress).data ?? (await begin())
      let { customers } = run
      while (Object.keys(run.subjects).length > 0) {
        const { subjects, after } = run
        const page = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
        const last = page.at(-1)
        if (last === undefined) {
          await finish(workspaceId, subjects)
          run = await begin()
        } else {
          await ingest.submit(wakeItems(workspaceId, page, now(), true))
          customers += page.length
          run = { subjects, after: last, customers }
        }
        await save(run)
      }
      return { customers }
    },
  }
}
