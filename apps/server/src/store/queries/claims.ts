import { eq, isNotNull } from 'drizzle-orm'
import type { Tx } from '../store.ts'

/** Gives back what a process that is known to be dead had claimed: its messages, webhooks and jobs are due again at once. */
export async function releaseAllClaims(tx: Tx): Promise<void> {
  const { messages, webhooks, jobs } = tx.tables
  await tx.update(messages).set({ leaseUntil: 0 }).where(eq(messages.state, 'sending'))
  await tx.update(webhooks).set({ leaseUntil: 0 }).where(eq(webhooks.state, 'sending'))
  await tx.update(jobs).set({ leaseUntil: null }).where(isNotNull(jobs.leaseUntil))
}
