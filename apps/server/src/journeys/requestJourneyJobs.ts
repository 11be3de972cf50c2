import { requestJob } from '../store/queries/jobs.ts'
import { JOURNEY_OPENING } from '../store/queries/journeys.ts'
import type { Tx } from '../store/store.ts'
import { JOURNEY_SCHEDULE } from './schedule.ts'

/** Has what goes by the clock, or waits to be opened, looked at anew: a journey went live, or is live no more. */
export async function requestJourneyJobs(tx: Tx, workspaceId: string, at: number): Promise<void> {
  for (const name of [JOURNEY_OPENING, JOURNEY_SCHEDULE]) await requestJob(tx, workspaceId, name, at)
}
