import { countOwners } from '../store/queries/people.ts'
import { firstWorkspaceId } from '../store/queries/workspaces.ts'
import type { Store } from '../store/store.ts'
import { createTokens } from '../tokens.ts'
import { setUpLink } from './accessLinks.ts'

/** The link that makes the first owner of the first workspace; undefined once there is one. */
export async function findSetUpLink(
  store: Store,
  { secret, publicUrl }: { secret: string; publicUrl: string },
): Promise<string | undefined> {
  const workspaceId = await store.read(async (tx) => {
    const id = await firstWorkspaceId(tx)
    return id !== undefined && (await countOwners(tx, id)) === 0 ? id : undefined
  })
  return workspaceId === undefined ? undefined : setUpLink(publicUrl, createTokens(secret), workspaceId)
}
