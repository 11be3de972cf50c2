import { and, asc, eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

type Row = ReadTx['tables']['onsiteMessages']['$inferSelect']

/** A message on the shop's pages as it is stored; its definition is read by the engine. */
export type StoredOnsite = Omit<Row, 'workspaceId'>

const isIt = ({ tables }: Pick<ReadTx, 'tables'>, workspaceId: string, id: string) =>
  and(eq(tables.onsiteMessages.workspaceId, workspaceId), eq(tables.onsiteMessages.id, id))

/** All on-site messages of a workspace, by their ids. */
export async function listOnsite(tx: ReadTx, workspaceId: string): Promise<StoredOnsite[]> {
  const { onsiteMessages } = tx.tables
  const rows = await tx
    .select()
    .from(onsiteMessages)
    .where(eq(onsiteMessages.workspaceId, workspaceId))
    .orderBy(asc(onsiteMessages.id))
  return rows.map(({ workspaceId: _workspace, ...row }) => row)
}

export async function findOnsite(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<StoredOnsite | undefined> {
  const [row] = await tx
    .select()
    .from(tx.tables.onsiteMessages)
    .where(isIt(tx, workspaceId, id))
  if (!row) return undefined
  const { workspaceId: _workspace, ...stored } = row
  return stored
}

/** Saves a message, new or in the place of another. */
export async function saveOnsite(
  tx: Tx,
  workspaceId: string,
  { id, definition }: Pick<StoredOnsite, 'id' | 'definition'>,
  now: number,
): Promise<void> {
  const { onsiteMessages } = tx.tables
  await tx
    .insert(onsiteMessages)
    .values({ workspaceId, id, definition, createdAt: now, updatedAt: now })
    .onConflictDoUpdate({
      target: [onsiteMessages.workspaceId, onsiteMessages.id],
      set: { definition, updatedAt: now },
    })
}

/** Whether there was one to be deleted. */
export async function deleteOnsite(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const rows = await tx
    .delete(tx.tables.onsiteMessages)
    .where(isIt(tx, workspaceId, id))
    .returning({ id: tx.tables.onsiteMessages.id })
  return rows.length > 0
}
