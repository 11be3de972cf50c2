import type { Purpose } from '@ciclo/engine'
import { and, asc, eq } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export type SenderRow = ReadTx['tables']['senders']['$inferSelect']

/** Every sender of a workspace, by its id. */
export async function readSenders(tx: ReadTx, workspaceId: string): Promise<SenderRow[]> {
  const { senders } = tx.tables
  return await tx.select().from(senders).where(eq(senders.workspaceId, workspaceId)).orderBy(asc(senders.id))
}

/** One sender, locked until the transaction ends. */
export async function lockSender(tx: Tx, workspaceId: string, id: string): Promise<SenderRow | undefined> {
  const { senders } = tx.tables
  const [row] = await tx.dialect.forUpdate(
    tx
      .select()
      .from(senders)
      .where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, id))),
  )
  return row
}

/** Writes a sender, whether it is new or not. Each time it is newer than before, however slow the clock. */
export async function saveSender(tx: Tx, changed: SenderRow, now: number): Promise<void> {
  const { senders } = tx.tables
  const row = { ...changed, updatedAt: Math.max(now, changed.updatedAt + 1) }
  await tx
    .insert(senders)
    .values(row)
    .onConflictDoUpdate({ target: [senders.workspaceId, senders.id], set: row })
}

/** No other sender of the purpose is its main one from now on. */
export async function demoteSenders(tx: Tx, workspaceId: string, purpose: Purpose): Promise<void> {
  const { senders } = tx.tables
  await tx
    .update(senders)
    .set({ isMain: false })
    .where(and(eq(senders.workspaceId, workspaceId), eq(senders.purpose, purpose)))
}

export async function deleteSender(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const { senders } = tx.tables
  await tx.delete(senders).where(and(eq(senders.workspaceId, workspaceId), eq(senders.id, id)))
}
