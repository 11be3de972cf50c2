import { requestJob } from '../store/queries/jobs.ts'
import {
  changeVersion,
  JOURNEY_DATES,
  JOURNEY_RUNS,
  readVersions,
  type StoredVersion,
} from '../store/queries/journeys.ts'
import type { Tx } from '../store/store.ts'
import { isCurrent } from './lifeOfVersion.ts'
import { requestJourneyJobs } from './requestJourneyJobs.ts'

/** What a journey that takes new runs again has to be followed by. */
export async function followUp(
  tx: Tx,
  workspaceId: string,
  { definition }: Pick<StoredVersion, 'definition'>,
  now: number,
): Promise<void> {
  if (definition.trigger.kind === 'date') await requestJob(tx, workspaceId, JOURNEY_DATES, now)
  await requestJourneyJobs(tx, workspaceId, now)
}

/**
 * A published version takes the place of the one before it, which only ends what it has begun. That of a paused one it
 * takes paused: nothing goes on that nobody has asked for. The rules have to be renewed in the same transaction.
 *
 * @returns what it is now; undefined where it is not about to go live any more
 */
export async function goLive(
  tx: Tx,
  workspaceId: string,
  { id, version }: Pick<StoredVersion, 'id' | 'version'>,
  now: number,
): Promise<'live' | 'paused' | undefined> {
  const versions = await readVersions(tx, workspaceId, id)
  const next = versions.find((one) => one.version === version && one.status === 'published')
  if (!next) return undefined
  const former = versions.find(isCurrent)
  if (former) await changeVersion(tx, workspaceId, former, { status: 'archived' })
  const status = former?.status === 'paused' ? 'paused' : 'live'
  await changeVersion(tx, workspaceId, next, { status })
  if (status === 'live') await followUp(tx, workspaceId, next, now)
  if (versions.some(({ runsTo }) => runsTo?.kind === 'move' && runsTo.to === version))
    await requestJob(tx, workspaceId, JOURNEY_RUNS, now)
  return status
}
