import { and, eq, sql } from 'drizzle-orm'
import type { Tx } from '../store.ts'

/** What a mail that somebody has cancelled tells of its end. */
export const CANCELLED = 'cancelled'

/**
 * Refuses a message that waits, for good. One that a sender has claimed is left to it: it may be leaving this moment.
 * The fence goes up, so that nothing that an earlier claim still wants to record of it counts.
 *
 * @returns whether it waited
 */
export async function cancelMessage(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { messages } = tx.tables
  const cancelled = await tx
    .update(messages)
    .set({ state: 'refused', reason: CANCELLED, fence: sql`${messages.fence} + 1`, leaseUntil: null })
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id), eq(messages.state, 'queued')))
    .returning({ id: messages.id })
  return cancelled.length > 0
}
