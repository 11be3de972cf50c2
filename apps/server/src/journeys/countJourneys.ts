import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { createRefoldAllJob } from '../loops/refoldAllJob.ts'
import { holdRules } from '../store/queries/holdRules.ts'
import { JOURNEY_COUNT, listVersions } from '../store/queries/journeys.ts'
import { renewRules } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { goLive } from './goLive.ts'

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
export const createJourneyCountJob = ({ store, ingest, now, onRequested }: CountJourneysOptions): Job =>
  createRefoldAllJob({
    name: JOURNEY_COUNT,
    store,
    ingest,
    now,
    readSubjects: async (workspaceId) => {
      const versions = await store.read((tx) => listVersions(tx, workspaceId))
      return Object.fromEntries(
        versions.flatMap(({ id, version, status }) => (status === 'published' ? [[id, version]] : [])),
      )
    },
    finish: async (workspaceId, waiting) => {
      await store.write(async (tx) => {
        await holdRules(tx, [workspaceId], 'change')
        await renewRules(tx, workspaceId)
        for (const [id, version] of Object.entries(waiting))
          await goLive(tx, workspaceId, { id, version }, now())
      })
      onRequested()
    },
  })
