import { countsAnew, type Journey } from '@ciclo/engine'
import { holdRules } from '../store/queries/holdRules.ts'
import { requestJob } from '../store/queries/jobs.ts'
import {
  changeVersion,
  JOURNEY_COUNT,
  listVersions,
  type Opening,
  type StoredVersion,
  type VersionStatus,
} from '../store/queries/journeys.ts'
import { readSegments } from '../store/queries/segments.ts'
import { readJourneyVersions, renewRules } from '../store/queries/workspaces.ts'
import type { ReadTx, Tx } from '../store/store.ts'
import { expectHash } from './changeDraft.ts'
import { expectVersions } from './expectVersions.ts'
import { goLive } from './goLive.ts'
import { versionFor } from './lifeOfVersion.ts'
import { mappingTo, type RunsChoice } from './moveRuns.ts'

export interface PublishOptions {
  /** Runs under way stay with their version, or go on in the new one: by the default mapping, or by this one. */
  runs: RunsChoice
  /** Null: only those who come in from now on. */
  opening: Pick<Opening, 'days'> | null
}

/** Whether nobody has counted yet what the journey asks of events. */
export async function isUncounted(tx: ReadTx, workspaceId: string, journey: Journey): Promise<boolean> {
  const [segments, versions, statuses] = [
    await readSegments(tx, workspaceId),
    await readJourneyVersions(tx, workspaceId),
    await listVersions(tx, workspaceId),
  ]
  const waiting = new Set(
    statuses.flatMap(({ id, version, status }) => (status === 'published' ? `${id}@${version}` : [])),
  )
  return countsAnew(journey, {
    segments: segments.filter(({ isLive }) => isLive),
    journeys: versions.flatMap(({ definition, version }) =>
      waiting.has(`${definition.id}@${version}`) ? [] : definition,
    ),
  })
}

/** Of the runs of older versions, those that somebody wants to go on in the new one. */
async function askToMove(
  tx: Tx,
  workspaceId: string,
  next: StoredVersion,
  others: readonly StoredVersion[],
  runs: RunsChoice,
): Promise<void> {
  for (const one of others) {
    // What was asked for a version that does not go live any more has come to nothing.
    const isVoid = one.runsTo?.kind === 'move'
    const steps = runs === 'stay' ? {} : mappingTo(one.definition, next.definition, runs)
    if (Object.keys(steps).length > 0 && one.runsTo?.kind !== 'end')
      await changeVersion(tx, workspaceId, one, { runsTo: { kind: 'move', to: next.version, steps } })
    else if (isVoid) await changeVersion(tx, workspaceId, one, { runsTo: null })
  }
}

/**
 * Publishes the draft: it is never changed again. It goes live at once, or by itself when everybody's history was looked
 * at for the events that its rules count. The draft has to be without errors (`judgeJourneys`).
 *
 * @param hash of the draft that was judged
 */
export async function publishDraft(
  tx: Tx,
  workspaceId: string,
  id: string,
  hash: string,
  { runs, opening }: PublishOptions,
  now: number,
): Promise<{ version: number; status: VersionStatus }> {
  await holdRules(tx, [workspaceId], 'change')
  await renewRules(tx, workspaceId)
  const versions = await expectVersions(tx, workspaceId, id)
  const draft = versionFor(id, versions, 'publish')
  expectHash(id, versions, hash)
  const others = versions.filter((one) => one !== draft)
  await askToMove(tx, workspaceId, draft, others, runs)
  // One that waited for its turn never takes it.
  for (const waiting of others.filter(({ status }) => status === 'published'))
    await changeVersion(tx, workspaceId, waiting, { status: 'archived' })
  const mustCount = await isUncounted(tx, workspaceId, draft.definition)
  await changeVersion(tx, workspaceId, draft, {
    status: 'published',
    publishedAt: now,
    opening: opening && { days: opening.days, state: 'waiting' },
  })
  const { version } = draft
  if (!mustCount) {
    const status = await goLive(tx, workspaceId, { id, version }, now)
    if (status) return { version, status }
  }
  await requestJob(tx, workspaceId, JOURNEY_COUNT, now)
  return { version, status: 'published' }
}
