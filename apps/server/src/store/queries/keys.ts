import { and, asc, eq, isNull } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'
import type { NewKey } from './workspaces.ts'

/** A key as it may be shown: never more of it than its beginning. */
export interface ShownKey {
  id: string
  kind: 'write' | 'secret'
  prefix: string
  createdAt: number
}

/** The keys that work, in the order in which they were made. */
export async function readKeys(tx: ReadTx, workspaceId: string): Promise<ShownKey[]> {
  const { keys } = tx.tables
  return await tx
    .select({ id: keys.id, kind: keys.kind, prefix: keys.prefix, createdAt: keys.createdAt })
    .from(keys)
    .where(and(eq(keys.workspaceId, workspaceId), isNull(keys.revokedAt)))
    .orderBy(asc(keys.createdAt), asc(keys.id))
}

export async function insertKey(tx: Tx, workspaceId: string, key: NewKey, createdAt: number): Promise<void> {
  await tx.insert(tx.tables.keys).values({ workspaceId, ...key, createdAt })
}

/** The key that was revoked; undefined where none that works has this id. */
export async function revokeKey(
  tx: Tx,
  workspaceId: string,
  id: string,
  revokedAt: number,
): Promise<ShownKey | undefined> {
  const { keys } = tx.tables
  const [row] = await tx
    .update(keys)
    .set({ revokedAt })
    .where(and(eq(keys.workspaceId, workspaceId), eq(keys.id, id), isNull(keys.revokedAt)))
    .returning({ id: keys.id, kind: keys.kind, prefix: keys.prefix, createdAt: keys.createdAt })
  return row
}
