import type { Ingest } from '../ingest/ingest.ts'
import type { Job } from '../loops/jobs.ts'
import { createRefoldAllJob } from '../loops/refoldAllJob.ts'
import { markBuilt, readBuilding } from '../store/queries/segments.ts'
import type { Store } from '../store/store.ts'

/** Everybody is looked at by the segments that are new. */
export const SEGMENT_BUILD = 'segment-build'

export interface BuildSegmentsOptions {
  store: Store
  ingest: Ingest
  now: () => number
}

/**
 * Looks at everybody once for the segments that were saved: each customer's history is folded anew, since what a rule
 * counts was not counted before. Whoever enters now has entered when it happened.
 */
export const createSegmentBuildJob = (options: BuildSegmentsOptions): Job =>
  createRefoldAllJob({
    ...options,
    name: SEGMENT_BUILD,
    readSubjects: (workspaceId) => options.store.read((tx) => readBuilding(tx, workspaceId)),
    finish: (workspaceId, building) => options.store.write((tx) => markBuilt(tx, workspaceId, building)),
  })
