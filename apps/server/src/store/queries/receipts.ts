import type { EventInput } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/**
 * What an event is remembered by. Browsers have ids of their own: else anybody could use up the id, such as an order's
 * number, under which the shop's server is going to tell of something. No client's id begins like these.
 */
export const receiptIdOf = ({ id, source }: Pick<EventInput, 'id' | 'source'>) =>
  source === 'public' ? `ciclo:public/${id}` : id

/** Remembers message ids and returns those that were new: an event counts once, however often it is sent. */
export async function insertReceipts(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
  receivedAt: number,
): Promise<Set<string>> {
  const { receipts } = tx.tables
  // Sorted, so that two processes with the same ids do not wait for each other in a circle.
  const rows = [...new Set(messageIds)]
    .toSorted()
    .map((messageId) => ({ workspaceId, messageId, receivedAt }))
  if (rows.length === 0) return new Set()
  const inserted = await insertRows(tx, receipts, rows)
    .onConflictDoNothing()
    .returning({ messageId: receipts.messageId })
  return new Set(inserted.map(({ messageId }) => messageId))
}

export async function hasReceipt(tx: ReadTx, workspaceId: string, messageId: string): Promise<boolean> {
  const { receipts } = tx.tables
  const rows = await tx
    .select({ messageId: receipts.messageId })
    .from(receipts)
    .where(and(eq(receipts.workspaceId, workspaceId), eq(receipts.messageId, messageId)))
  return rows.length > 0
}

/** Forgets ids that were taken for new: nothing is kept of what nobody wants collected, and sent again it is asked again. */
export async function deleteReceipts(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<void> {
  const { receipts } = tx.tables
  if (messageIds.length === 0) return
  await tx
    .delete(receipts)
    .where(and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.messageId, messageIds)))
}

/** What the receipts of erased customers begin with; alone it says that there are any. No event's own id is like it. */
const ERASED = 'ciclo:erased'

const RECEIPTS_AT_ONCE = 1_000

/**
 * Receipts stay, so that what is sent again stays known; their ids, which a client chose and may have made of an
 * address, become keyed hashes. Returns how many there were.
 */
export async function hashReceipts(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
  hash: (messageId: string) => string,
): Promise<number> {
  const { receipts } = tx.tables
  let hashed = 0
  await insertRows(tx, receipts, [{ workspaceId, messageId: ERASED, receivedAt: 0 }]).onConflictDoNothing()
  for (let start = 0; start < messageIds.length; start += RECEIPTS_AT_ONCE) {
    const ids = messageIds.slice(start, start + RECEIPTS_AT_ONCE)
    const removed = await tx
      .delete(receipts)
      .where(and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.messageId, ids)))
      .returning({ messageId: receipts.messageId, receivedAt: receipts.receivedAt })
    const rows = removed.map(({ messageId, receivedAt }) => ({
      workspaceId,
      messageId: `${ERASED}/${hash(messageId)}`,
      receivedAt,
    }))
    if (rows.length > 0) await insertRows(tx, receipts, rows).onConflictDoNothing()
    hashed += removed.length
    // A long history must not keep everybody else from being served.
    await new Promise(setImmediate)
  }
  return hashed
}

/** Whether anybody was ever erased in this workspace: then whatever comes in is looked at more closely. */
export async function hasErased(tx: ReadTx, workspaceId: string): Promise<boolean> {
  const { receipts } = tx.tables
  const rows = await tx
    .select({ messageId: receipts.messageId })
    .from(receipts)
    .where(and(eq(receipts.workspaceId, workspaceId), eq(receipts.messageId, ERASED)))
  return rows.length > 0
}

/**
 * Which of these ids, just taken for new, are known as those of erased customers. Their receipts are removed again,
 * since the ids may hold personal data. Asked after `insertReceipts`, which waits for an erasure under way.
 *
 * @param hash the keyed hash of an id
 */
export async function dropErasedReceipts(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
  hash: (messageId: string) => string,
): Promise<Set<string>> {
  const { receipts } = tx.tables
  if (messageIds.length === 0) return new Set()
  const byHash = new Map(messageIds.map((id) => [`${ERASED}/${hash(id)}`, id]))
  const rows = await tx
    .select({ messageId: receipts.messageId })
    .from(receipts)
    .where(
      and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.messageId, [...byHash.keys()])),
    )
  const known = new Set(rows.flatMap(({ messageId }) => byHash.get(messageId) ?? []))
  if (known.size > 0) {
    await tx
      .delete(receipts)
      .where(and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.messageId, [...known])))
  }
  return known
}
