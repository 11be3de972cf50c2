import type { Order } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerOrder extends Order {
  customerId: string
}

/** Orders of these customers: those with the named ids, or all of them. */
export async function readOrders(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  orderIds: readonly string[] | 'all',
): Promise<CustomerOrder[]> {
  const { orders } = tx.tables
  if (customerIds.length === 0 || orderIds.length === 0) return []
  const rows = await tx
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.workspaceId, workspaceId),
        tx.dialect.isOneOf(orders.customerId, customerIds),
        orderIds === 'all' ? undefined : tx.dialect.isOneOf(orders.id, orderIds),
      ),
    )
  return rows.map(({ workspaceId: _workspace, ...order }) => order)
}

export async function saveOrders(
  tx: Tx,
  workspaceId: string,
  saved: readonly CustomerOrder[],
): Promise<void> {
  const { orders } = tx.tables
  const rows = saved
    .toSorted((one, other) => (one.customerId + one.id < other.customerId + other.id ? -1 : 1))
    .map((order) => ({ workspaceId, ...order }))
  if (rows.length === 0) return
  await insertRows(tx, orders, rows).onConflictDoUpdate({
    target: [orders.workspaceId, orders.customerId, orders.id],
    set: {
      at: excluded(orders.at),
      currency: excluded(orders.currency),
      total: excluded(orders.total),
      refunded: excluded(orders.refunded),
      cancelled: excluded(orders.cancelled),
      trusted: excluded(orders.trusted),
    },
  })
}

/** After a rebuild or a merge the orders are written anew, from the whole history. */
export async function deleteOrders(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<void> {
  const { orders } = tx.tables
  await tx
    .delete(orders)
    .where(and(eq(orders.workspaceId, workspaceId), tx.dialect.isOneOf(orders.customerId, customerIds)))
}
