import { count, eq, and, lt } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers } from './customers.ts'

/** How many customers there are who were not merged into others. */
export async function countCustomers(tx: ReadTx, workspaceId: string): Promise<number> {
  const { customers } = tx.tables
  const [row] = await tx
    .select({ customers: count() })
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
  return row?.customers ?? 0
}

/** What re-entry asks of the runs of these customers that began before an instant. */
export async function readRunsBefore(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  before: number,
) {
  const { enrolments } = tx.tables
  const { customerId, journeyId, key, startedAt, endedAt } = enrolments
  return await tx
    .select({ customerId, journeyId, key, startedAt, endedAt })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.workspaceId, workspaceId),
        tx.dialect.isOneOf(customerId, customerIds),
        lt(startedAt, before),
      ),
    )
}
