import type { Tx } from '../store.ts'

/** Remembers message ids and returns those that were new: an event counts once, however often it is sent. */
export async function insertReceipts(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
  receivedAt: number,
): Promise<Set<string>> {
  const { receipts } = tx.tables
  const fresh = new Set<string>()
  // Sorted, so that two processes with the same ids do not wait for each other in a circle.
  const rows = [...new Set(messageIds)]
    .toSorted()
    .map((messageId) => ({ workspaceId, messageId, receivedAt }))
  for (const chunk of tx.dialect.inChunks(rows, 3)) {
    const inserted = await tx
      .insert(receipts)
      .values(chunk)
      .onConflictDoNothing()
      .returning({ messageId: receipts.messageId })
    for (const { messageId } of inserted) fresh.add(messageId)
  }
  return fresh
}
