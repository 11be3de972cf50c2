import type { OrderCounts, Settings } from '@ciclo/engine'
import { and, count, countDistinct, eq, gt, gte, isNotNull, lt, lte, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { countIf, isBelieved, isCountedIn, netOf, sumOf, until, type Period } from './countedOrders.ts'
import { livingCustomers } from './customers.ts'

async function countCustomers(tx: ReadTx, workspaceId: string, period: Period, activeFor: number) {
  const { orders } = tx.tables
  const perCustomer = tx
    .select({
      before: countIf(lt(orders.at, period.from)).as('before'),
      within: countIf(gte(orders.at, period.from)).as('within'),
    })
    .from(orders)
    .where(isCountedIn(tx, workspaceId, { from: period.from - activeFor, to: period.to }))
    .groupBy(orders.customerId)
    .as('per_customer')
  const { before, within } = perCustomer
  const [row] = await tx
    .select({
      activeAtStart: countIf(gt(before, 0)),
      lost: countIf(and(gt(before, 0), eq(within, 0))),
      buyers: countIf(gt(within, 0)),
      repeatBuyers: countIf(gt(within, 1)),
      orders: sumOf(sql`${within}`),
    })
    .from(perCustomer)
  return row ?? { activeAtStart: 0, lost: 0, buyers: 0, repeatBuyers: 0, orders: 0 }
}

/** Orders, customers and revenue per currency, of orders whose money is believed. */
async function sumSales(tx: ReadTx, workspaceId: string, period: Period, settings: Settings) {
  const { orders } = tx.tables
  return await tx
    .select({
      currency: orders.currency,
      orders: count(),
      customers: countDistinct(orders.customerId),
      revenue: sumOf(netOf(tx)),
    })
    .from(orders)
    .where(and(isCountedIn(tx, workspaceId, period), isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(orders.currency)
    .orderBy(orders.currency)
}

/** What each customer has brought in a currency before an instant: to be joined. */
export function revenueUntil(
  tx: ReadTx,
  workspaceId: string,
  to: number,
  { currency, browserOrdersAreRevenue }: Settings,
) {
  const { orders } = tx.tables
  return tx
    .select({ customerId: orders.customerId, revenue: sumOf(netOf(tx)).as('revenue') })
    .from(orders)
    .where(
      and(
        isCountedIn(tx, workspaceId, until(to)),
        isBelieved(tx, browserOrdersAreRevenue),
        eq(orders.currency, currency),
      ),
    )
    .groupBy(orders.customerId)
    .as('brought')
}

/** Customers with a prediction of their spend that was made before the end of the period: a later one knows what the period did not. */
async function sumPredicted(tx: ReadTx, workspaceId: string, to: number, settings: Settings) {
  const { customers } = tx.tables
  const { dialect } = tx
  const brought = revenueUntil(tx, workspaceId, to, settings)
  // A shop of which too little is known has predictions of orders alone.
  const spend = dialect.jsonNumber(customers.state, ['prediction', 'spend', 'expected'])
  const [row] = await tx
    .select({
      customers: count(),
      revenue: sumOf(sql`${brought.revenue}`),
      spend: sumOf(spend),
    })
    .from(customers)
    .leftJoin(brought, eq(brought.customerId, customers.id))
    .where(
      and(
        livingCustomers(tx, workspaceId),
        gt(customers.orderCount, 0),
        lte(dialect.jsonNumber(customers.state, ['prediction', 'at']), to),
        isNotNull(spend),
        eq(dialect.jsonText(customers.state, ['prediction', 'currency']), settings.currency),
      ),
    )
  return {
    currency: settings.currency,
    customers: row?.customers ?? 0,
    revenue: row?.revenue ?? 0,
    spend: Math.round(row?.spend ?? 0),
  }
}

/** What the orders of a workspace count up to, for the five figures of a period. */
export async function countOrders(
  tx: ReadTx,
  workspaceId: string,
  period: Period,
  settings: Settings,
): Promise<OrderCounts> {
  const customers = await countCustomers(tx, workspaceId, period, settings.metrics.activeFor)
  const sales = await sumSales(tx, workspaceId, period, settings)
  const lifetime = await sumSales(tx, workspaceId, until(period.to), settings)
  const predicted = await sumPredicted(tx, workspaceId, period.to, settings)
  return {
    ...customers,
    sales: Object.fromEntries(sales.map(({ currency, orders, revenue }) => [currency, { orders, revenue }])),
    lifetime: Object.fromEntries(
      lifetime.map(({ currency, customers: people, revenue }) => [currency, { customers: people, revenue }]),
    ),
    predicted,
  }
}
