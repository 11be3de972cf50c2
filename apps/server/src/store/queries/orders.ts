import { fromMinorUnits, type Order } from '@ciclo/engine'
import { and, desc, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerOrder extends Order {
  customerId: string
}

type Row = ReadTx['tables']['orders']['$inferSelect']

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
  return rows.map(toOrder)
}

const toOrder = ({ workspaceId: _workspace, refunds, ...order }: Row): CustomerOrder => ({
  ...order,
  // An older version kept only what they came to.
  refunds:
    refunds ??
    (order.refunded > 0 ? [{ id: '', amount: fromMinorUnits(order.refunded, order.currency) }] : []),
})

/** A place in a customer's orders, the newest of which come first. */
export interface OrderPlace {
  at: number
  id: string
}

/** A page of what a customer has ordered, newest first, cancelled orders among them. */
export async function pageOfOrders(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  after: OrderPlace | undefined,
  limit: number,
): Promise<CustomerOrder[]> {
  const { orders } = tx.tables
  const rows = await tx
    .select()
    .from(orders)
    .where(
      and(
        eq(orders.workspaceId, workspaceId),
        eq(orders.customerId, customerId),
        eq(orders.told, true),
        after && behind('descending', [orders.at, after.at], [orders.id, after.id]),
      ),
    )
    .orderBy(desc(orders.at), desc(orders.id))
    .limit(limit)
  return rows.map(toOrder)
}

export async function saveOrders(
  tx: Tx,
  workspaceId: string,
  saved: readonly CustomerOrder[],
): Promise<void> {
  const { orders } = tx.tables
  const rows = saved
    .toSorted((one, other) => (one.customerId + one.id < other.customerId + other.id ? -1 : 1))
    .map((order) => ({ workspaceId, ...order, refunds: order.refunds.length > 0 ? order.refunds : null }))
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
      told: excluded(orders.told),
      discount: excluded(orders.discount),
      coupon: excluded(orders.coupon),
      refunds: excluded(orders.refunds),
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

/** How many customers have an order, counted no further than `limit`. */
export async function countBuyers(tx: ReadTx, workspaceId: string, limit: number): Promise<number> {
  const { orders } = tx.tables
  const rows = await tx
    .selectDistinct({ customerId: orders.customerId })
    .from(orders)
    .where(eq(orders.workspaceId, workspaceId))
    .limit(limit)
  return rows.length
}
