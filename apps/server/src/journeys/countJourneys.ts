import { z } from 'zod'
import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import { holdRules } from '../store/queries/holdRules.ts'
import { JOURNEY_COUNT, listVersions } from '../store/queries/journeys.ts'
import { renewRules } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { goLive } from './goLive.ts'

/** Whose histories one transaction folds, as for a segment that is built. */
const CUSTOMERS_AT_ONCE = 25

const ProgressSchema = z.object({
  /** Which versions, by their journey. */
  waiting: z.record(z.string(), z.int()),
  after: z.string(),
  customers: z.int(),
})
type Progress = z.infer<typeof ProgressSchema>

export interface CountJourneysOptions {
  store: Store
  ingest: Ingest
  now: () => number
  /** Told when other jobs were asked for. */
  onRequested: () => void
}

/**
 * Looks at everybody once for the versions that are about to go live: what their rules count of events was not counted
 * before. Then they go live.
 */
export function createJourneyCountJob({ store, ingest, now, onRequested }: CountJourneysOptions): Job {
  const readWaiting = async (workspaceId: string): Promise<Record<string, number>> => {
    const versions = await store.read((tx) => listVersions(tx, workspaceId))
    return Object.fromEntries(
      versions.flatMap(({ id, version, status }) => (status === 'published' ? [[id, version]] : [])),
    )
  }
  return {
    name: JOURNEY_COUNT,
    every: null,
    run: async ({ workspaceId, progress, save }) => {
      const begin = async (): Promise<Progress> => ({
        waiting: await readWaiting(workspaceId),
        after: '',
        customers: 0,
      })
      let run = progress ? ProgressSchema.parse(progress) : await begin()
      let customers = run.customers
      while (Object.keys(run.waiting).length > 0) {
        const { waiting, after } = run
        const page = await store.read((tx) => pageOfIds(tx, workspaceId, after, CUSTOMERS_AT_ONCE))
        const last = page.at(-1)
        if (last === undefined) {
          await store.write(async (tx) => {
            await holdRules(tx, [workspaceId], 'change')
            await renewRules(tx, workspaceId)
            for (const [id, version] of Object.entries(waiting))
              await goLive(tx, workspaceId, { id, version }, now())
          })
          onRequested()
          // One that was published meanwhile has seen only some.
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
          run = { waiting, after: last, customers }
        }
        await save(run)
      }
      return { customers }
    },
  }
}
