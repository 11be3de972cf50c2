import { insertRows } from '../insertRows.ts'
import type { Tx } from '../store.ts'

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
