import { holdRules } from '../store/queries/holdRules.ts'
import { requestJob } from '../store/queries/jobs.ts'
import { changeVersion, JOURNEY_RUNS, type StoredVersion } from '../store/queries/journeys.ts'
import { renewRules } from '../store/queries/workspaces.ts'
import type { Tx } from '../store/store.ts'
import { expectVersions } from './expectVersions.ts'
import { followUp } from './goLive.ts'
import { versionFor, type Move } from './lifeOfVersion.ts'
import { requestJourneyJobs } from './requestJourneyJobs.ts'

async function begin(tx: Tx, workspaceId: string, id: string, move: Exclude<Move, 'publish'>) {
  await holdRules(tx, [workspaceId], 'change')
  await renewRules(tx, workspaceId)
  const versions = await expectVersions(tx, workspaceId, id)
  return { versions, version: versionFor(id, versions, move) }
}

/** Nobody comes in, no run goes on: timers that become due are held. Returns the version. */
export async function pauseJourney(tx: Tx, workspaceId: string, id: string, now: number): Promise<number> {
  const { version } = await begin(tx, workspaceId, id, 'pause')
  await changeVersion(tx, workspaceId, version, { status: 'paused' })
  await requestJourneyJobs(tx, workspaceId, now)
  return version.version
}

/** What is held goes on, page by page. A version that was asked to go elsewhere keeps that. */
async function askToResume(tx: Tx, workspaceId: string, version: StoredVersion, now: number): Promise<void> {
  if (version.runsTo === null) await changeVersion(tx, workspaceId, version, { runsTo: { kind: 'resume' } })
  await requestJob(tx, workspaceId, JOURNEY_RUNS, now)
}

/** The journey takes new runs again, and what became due meanwhile goes on. Returns the version. */
export async function resumeJourney(tx: Tx, workspaceId: string, id: string, now: number): Promise<number> {
  const { version } = await begin(tx, workspaceId, id, 'resume')
  await changeVersion(tx, workspaceId, version, { status: 'live' })
  await askToResume(tx, workspaceId, version, now)
  await followUp(tx, workspaceId, version, now)
  return version.version
}

/**
 * The journey takes no runs any more. Those under way are finished, also what a pause has held, or are ended.
 *
 * @returns the version that was live, paused or about to be
 */
export async function archiveJourney(
  tx: Tx,
  workspaceId: string,
  id: string,
  runs: 'finish' | 'end',
  now: number,
): Promise<number> {
  const { version, versions } = await begin(tx, workspaceId, id, 'archive')
  for (const one of versions) {
    if (one.status === 'draft') continue
    await changeVersion(tx, workspaceId, one, {
      status: 'archived',
      // What was asked for on the way to a version that is no more has come to nothing.
      runsTo: runs === 'end' ? { kind: 'end' } : one.runsTo?.kind === 'end' ? one.runsTo : null,
    })
  }
  if (runs === 'end') await requestJob(tx, workspaceId, JOURNEY_RUNS, now)
  else if (version.status === 'paused') await askToResume(tx, workspaceId, { ...version, runsTo: null }, now)
  await requestJourneyJobs(tx, workspaceId, now)
  return version.version
}
