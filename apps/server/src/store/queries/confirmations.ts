import { and, eq, lte } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import type { Tx } from '../store.ts'

/**
 * Takes the one confirmation that an address may get in a while: true for the first to ask, false until `since` has
 * passed it. A single statement, so that of two senders at once only one succeeds. Asked again for the same message
 * (a retry), it stays true.
 */
export async function takeConfirmation(
  tx: Tx,
  workspaceId: string,
  wanted: { addressHash: string; messageId: string; at: number; since: number },
): Promise<boolean> {
  const { confirmations } = tx.tables
  const { addressHash, messageId, at, since } = wanted
  await tx
    .insert(confirmations)
    .values({ workspaceId, addressHash, messageId, at })
    .onConflictDoUpdate({
      target: [confirmations.workspaceId, confirmations.addressHash],
      set: { messageId: excluded(confirmations.messageId), at: excluded(confirmations.at) },
      setWhere: lte(confirmations.at, since),
    })
  const [holder] = await tx
    .select({ messageId: confirmations.messageId })
    .from(confirmations)
    .where(and(eq(confirmations.workspaceId, workspaceId), eq(confirmations.addressHash, addressHash)))
  return holder?.messageId === messageId
}
