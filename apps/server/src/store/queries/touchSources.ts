import type { Settings } from '@ciclo/engine'
import { and, count, countDistinct, eq, gt, isNotNull, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { countIf, EVER, isBelieved, isCountedIn, netOf, sumOf } from './countedOrders.ts'
import { livingCustomers } from './customers.ts'
import { revenueUntil } from './orderCounts.ts'

/** Of which visit the source counts. */
export type TouchKind = 'first' | 'last'

export interface SourceCounts {
  /** Null, as the medium, where nothing is known of where a customer came from. */
  source: string | null
  medium: string | null
  customers: number
  buyers: number
  lifetime: Record<string, { customers: number; revenue: number }>
  predicted: { customers: number; revenue: number; spend: number }
}

const keyOf = ({ source, medium }: Pick<SourceCounts, 'source' | 'medium'>) =>
  JSON.stringify([source, medium])

/** Each customer with what its state says: taken out of the JSON once, not for each order. */
function placedCustomers(tx: ReadTx, workspaceId: string, kind: TouchKind) {
  const { customers } = tx.tables
  const { dialect } = tx
  return tx
    .select({
      id: customers.id,
      orderCount: customers.orderCount,
      source: dialect.jsonText(customers.state, ['touches', kind, 'source']).as('source'),
      medium: dialect.jsonText(customers.state, ['touches', kind, 'medium']).as('medium'),
      predictedIn: dialect.jsonText(customers.state, ['prediction', 'currency']).as('predicted_in'),
      spend: dialect.jsonNumber(customers.state, ['prediction', 'spend', 'expected']).as('spend'),
    })
    .from(customers)
    .where(livingCustomers(tx, workspaceId))
    .as('placed')
}

/** Where the customers came from, and what they have brought: the source with most customers first. */
export async function countSources(
  tx: ReadTx,
  workspaceId: string,
  kind: TouchKind,
  settings: Settings,
): Promise<SourceCounts[]> {
  const { orders } = tx.tables
  const placed = placedCustomers(tx, workspaceId, kind)
  const { source, medium, orderCount, spend, predictedIn } = placed
  const bySourceAndMedium = [sql`${source}`, sql`${medium}`]
  const brought = revenueUntil(tx, workspaceId, EVER.to, settings)
  const hasPrediction = and(gt(orderCount, 0), eq(predictedIn, settings.currency), isNotNull(sql`${spend}`))
  const people = await tx
    .select({
      source,
      medium,
      customers: count(),
      buyers: countIf(gt(orderCount, 0)),
      predicted: countIf(hasPrediction),
      revenue: sumOf(sql`case when ${hasPrediction} then ${brought.revenue} end`),
      spend: sumOf(sql`case when ${hasPrediction} then ${spend} end`),
    })
    .from(placed)
    .leftJoin(brought, eq(brought.customerId, placed.id))
    .groupBy(...bySourceAndMedium)
  const sales = await tx
    .select({
      source,
      medium,
      currency: orders.currency,
      customers: countDistinct(orders.customerId),
      revenue: sumOf(netOf(tx)),
    })
    .from(orders)
    .innerJoin(placed, eq(placed.id, orders.customerId))
    .where(and(isCountedIn(tx, workspaceId, EVER), isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(...bySourceAndMedium, orders.currency)
    .orderBy(orders.currency)
  const bySource = new Map<string, SourceCounts>()
  for (const { predicted: predictions, revenue, spend: expected, ...row } of people) {
    const predicted = { customers: predictions, revenue, spend: Math.round(expected) }
    bySource.set(keyOf(row), { ...row, lifetime: {}, predicted })
  }
  for (const row of sales) {
    const known = bySource.get(keyOf(row))
    if (known) known.lifetime[row.currency] = { customers: row.customers, revenue: row.revenue }
  }
  return [...bySource.values()].toSorted(
    (one, other) => other.customers - one.customers || (keyOf(one) < keyOf(other) ? -1 : 1),
  )
}
