import type { Journey } from '@ciclo/engine'
import { journeyHash } from '@ciclo/journeys'
import { CicloError } from '../errors.ts'
import {
  deleteDraft,
  listVersions,
  putDraft,
  readVersions,
  type StoredVersion,
} from '../store/queries/journeys.ts'
import { lockWorkspace } from '../store/queries/workspaces.ts'
import type { Tx } from '../store/store.ts'
import { isDraft, shownVersion } from './lifeOfVersion.ts'

/** Each is looked at with every event, and compiled by every process. */
const MOST_JOURNEYS = 500

/** Below /api/journeys these paths mean something else. */
const TAKEN: ReadonlySet<string> = new Set(['files', 'validate'])

/** What somebody who changes a draft has seen of it. */
export interface DraftExpectation {
  /** The hash of the version that is worked on, as `shownVersion` says; left out: whatever it is. */
  hash?: string | undefined
  /** Nobody else may have a journey of this id, or a draft of it. */
  none?: 'journey' | 'draft'
}

export function expectHash(
  id: string,
  versions: readonly Pick<StoredVersion, 'hash' | 'status'>[],
  expected: string | undefined,
): void {
  const current = shownVersion(versions)
  if (expected === undefined || current?.hash === expected) return
  const given = current ? `its hash is ${current.hash}` : 'there is none'
  throw new CicloError(
    'conflict',
    `The journey ${id} was changed meanwhile: ${given}, expected ${expected}; read it again`,
  )
}

/** Writes the draft of a journey, new or in the place of the one that there is. Throws `conflict` for one unexpected. */
export async function saveDraft(
  tx: Tx,
  workspaceId: string,
  definition: Journey,
  expected: DraftExpectation,
  now: number,
): Promise<{ version: number; hash: string; before: string | null }> {
  const { id } = definition
  if (TAKEN.has(id)) throw new CicloError('bad-request', `id: given "${id}", expected another word`)
  await lockWorkspace(tx, workspaceId)
  const versions = await readVersions(tx, workspaceId, id)
  const draft = versions.find(isDraft)
  if (expected.none === 'journey' && versions.length > 0)
    throw new CicloError('conflict', `There is a journey ${id} already: change its draft`)
  if (expected.none === 'draft' && draft && expected.hash === undefined)
    throw new CicloError(
      'conflict',
      `The journey ${id} has a draft already, version ${draft.version}: delete it`,
    )
  expectHash(id, versions, expected.hash)
  if (versions.length === 0) {
    const others = new Set((await listVersions(tx, workspaceId)).map((one) => one.id))
    if (others.size >= MOST_JOURNEYS)
      throw new CicloError(
        'bad-request',
        `There are ${others.size} journeys already, expected at most as many`,
      )
  }
  const hash = journeyHash(definition)
  const version = draft?.version ?? (versions.at(-1)?.version ?? 0) + 1
  await putDraft(tx, workspaceId, { definition, hash, version, createdAt: draft?.createdAt ?? now })
  return { version, hash, before: draft?.hash ?? null }
}

/** Throws `not-found` where there is no draft, `conflict` where it is not the expected one. */
export async function dropDraft(
  tx: Tx,
  workspaceId: string,
  id: string,
  expected: string | undefined,
): Promise<void> {
  await lockWorkspace(tx, workspaceId)
  const versions = await readVersions(tx, workspaceId, id)
  if (!versions.some(isDraft)) throw new CicloError('not-found', `The journey ${id} has no draft`)
  expectHash(id, versions, expected)
  await deleteDraft(tx, workspaceId, id)
}
