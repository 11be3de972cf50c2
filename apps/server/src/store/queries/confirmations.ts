import { and, eq, lte } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import type { ReadTx, Tx } from '../store.ts'

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

/** When each of these addresses was last sent a confirmation. */
export async function readConfirmations(
  tx: ReadTx,
  workspaceId: string,
  addressHashes: readonly string[],
): Promise<Map<string, number>> {
  const { confirmations } = tx.tables
  const rows = await tx
    .select({ addressHash: confirmations.addressHash, at: confirmations.at })
    .from(confirmations)
    .where(
      and(
        eq(confirmations.workspaceId, workspaceId),
        tx.dialect.isOneOf(confirmations.addressHash, addressHashes),
      ),
    )
  return new Map(rows.map(({ addressHash, at }) => [addressHash, at]))
}
