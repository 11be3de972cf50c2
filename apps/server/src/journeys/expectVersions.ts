import { CicloError } from '../errors.ts'
import { readVersions, type StoredVersion } from '../store/queries/journeys.ts'
import type { ReadTx } from '../store/store.ts'

/** The versions of a journey that there has to be, oldest first. Throws `not-found` where there is none. */
export async function expectVersions(tx: ReadTx, workspaceId: string, id: string): Promise<StoredVersion[]> {
  const versions = await readVersions(tx, workspaceId, id)
  if (versions.length === 0) throw new CicloError('not-found', `There is no journey ${id}`)
  return versions
}
