import { and, count, desc, eq } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers, toRecord } from './customers.ts'

/** The newest customers that are still there. */
export async function newestCustomers(tx: ReadTx, workspaceId: string, limit: number) {
  const { customers } = tx.tables
  const rows = await tx
    .select()
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
    .orderBy(desc(customers.id))
    .limit(limit)
  return rows.map(toRecord)
}

/** Of which kinds the events of some customers are, and how many of each. */
export async function countEventKinds(tx: ReadTx, workspaceId: string, customerIds: readonly string[]) {
  const { events } = tx.tables
  return await tx
    .select({ type: events.type, name: events.name, times: count() })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, customerIds)))
    .groupBy(events.type, events.name)
}

/** What the latest events of one kind, of some customers, have brought. */
export async function latestEventBodies(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  { type, name, limit }: { type: string; name: string | null; limit: number },
) {
  const { events } = tx.tables
  return await tx
    .select({ body: events.body })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, customerIds),
        eq(events.type, type),
        name === null ? undefined : eq(events.name, name),
      ),
    )
    .orderBy(desc(events.at))
    .limit(limit)
}
