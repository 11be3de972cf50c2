import { and, asc, count, eq, inArray, sql } from 'drizzle-orm'
import type { ReadTx, Tx } from '../src/store/store.ts'

export const at = Date.UTC(2026, 0, 31, 12)

export const customerOf = (workspaceId: string, id: string) => ({
  workspaceId,
  id,
  stage: 'visitor',
  value: 'standard',
  engagement: 'unknown',
  permission: 'none',
  advocacy: 'none',
  state: {},
  createdAt: at,
  updatedAt: at,
})

export const eventOf = (workspaceId: string, messageId: string, body: unknown = {}) => ({
  workspaceId,
  messageId,
  customerId: 'c1',
  type: 'track',
  name: 'Product Viewed',
  at,
  receivedAt: at,
  source: 'public' as const,
  body,
})

export const messageOf = (workspaceId: string, id: string, dueAt: number) => ({
  workspaceId,
  id,
  customerId: 'c1',
  template: 'welcome',
  purpose: 'marketing',
  address: 'ana@example.com',
  claimed: false,
  state: 'queued' as const,
  data: {},
  causeAt: at,
  createdAt: at,
  dueAt,
  expiresAt: at + 86_400_000,
})

/** The claim that the sender makes: one statement, at most `limit` messages, each with its own new fence. */
export const claimMessages = async (tx: Tx, workspaceId: string, limit: number, leaseUntil: number) => {
  const { messages } = tx.tables
  const due = tx.$with('due').as(
    tx.dialect.forUpdateSkipLocked(
      tx
        .select({ id: messages.id })
        .from(messages)
        .where(and(eq(messages.workspaceId, workspaceId), eq(messages.state, 'queued')))
        .orderBy(asc(messages.dueAt), asc(messages.id))
        .limit(limit),
    ),
  )
  return await tx
    .with(due)
    .update(messages)
    .set({ state: 'sending', leaseUntil, fence: sql`${messages.fence} + 1` })
    .where(
      and(eq(messages.workspaceId, workspaceId), inArray(messages.id, tx.select({ id: due.id }).from(due))),
    )
    .returning({ id: messages.id, fence: messages.fence })
}

export const countReceipts = async (tx: ReadTx, workspace: string) => {
  const { receipts } = tx.tables
  const [row] = await tx.select({ rows: count() }).from(receipts).where(eq(receipts.workspaceId, workspace))
  return row?.rows
}
