import { eq } from 'drizzle-orm'
import type { Tx } from '../store.ts'

/** Gives back what a sender that is known to be dead had claimed: its messages are due again at once. */
export async function releaseAllClaims(tx: Tx): Promise<void> {
  const { messages } = tx.tables
  await tx.update(messages).set({ leaseUntil: 0 }).where(eq(messages.state, 'sending'))
}
