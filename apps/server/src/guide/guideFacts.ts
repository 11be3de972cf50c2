import { FIRST_JOURNEYS } from '@ciclo/journeys'
import { hashKey } from '../keys.ts'
import { listVersions } from '../store/queries/journeys.ts'
import { laterName, newestTrustedOrderAt, readMilestones } from '../store/queries/milestones.ts'
import { readSettings } from '../store/queries/settings.ts'
import { findKey } from '../store/queries/workspaces.ts'
import type { ReadTx } from '../store/store.ts'

/** The steps from an empty workspace to the first mail, in the order in which they are proposed. */
export const GUIDE_STEPS = ['shop', 'tracker', 'mail', 'orders', 'journey'] as const

export type GuideStepId = (typeof GUIDE_STEPS)[number]

interface GuideStep {
  id: GuideStepId
  isDone: boolean
  /** Since when, where that is known. */
  doneAt: number | null
  isLater: boolean
}

const BEGUN: ReadonlySet<string> = new Set(FIRST_JOURNEYS)

/** How far a workspace has come, by what is in the store: nobody ticks anything off. */
export async function readGuideSteps(tx: ReadTx, workspaceId: string): Promise<GuideStep[]> {
  const reached = await readMilestones(tx, workspaceId)
  const { shop } = await readSettings(tx, workspaceId)
  const orderAt = reached.get('trusted-order') ?? (await newestTrustedOrderAt(tx, workspaceId))
  const versions = await listVersions(tx, workspaceId)
  const chosen = versions
    .filter(({ id, status }) => (status === 'live' || status === 'published') && !BEGUN.has(id))
    .map(({ publishedAt }) => publishedAt ?? 0)
  const doneAt: Record<GuideStepId, number | null | undefined> = {
    // What mails have to say by law, and nobody can guess.
    shop: shop.name !== '' && shop.name !== 'Shop' && shop.address ? null : undefined,
    tracker: reached.get('browser-event'),
    mail: reached.get('test-mail'),
    orders: orderAt,
    journey: chosen.length > 0 ? Math.min(...chosen) : undefined,
  }
  return GUIDE_STEPS.map((id) => ({
    id,
    isDone: doneAt[id] !== undefined,
    doneAt: doneAt[id] ?? null,
    isLater: doneAt[id] === undefined && reached.has(laterName(id)),
  }))
}

/** The first of these write keys that the workspace really has: a key is kept as a hash, and cannot be read back. */
export async function knownWriteKey(
  tx: ReadTx,
  workspaceId: string,
  { secret, candidates }: { secret: string; candidates: readonly string[] },
): Promise<string | null> {
  for (const key of candidates) {
    const record = await findKey(tx, hashKey(secret, key))
    if (record?.kind === 'write' && record.workspaceId === workspaceId) return key
  }
  return null
}
