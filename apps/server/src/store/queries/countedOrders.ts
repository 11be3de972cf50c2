import { and, eq, gte, lt, sql, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** A period of time: from its first instant up to, and without, its last. Epoch milliseconds. */
export interface Period {
  from: number
  to: number
}

/** All that happens before an instant, or at any: no date is further away. */
export const until = (to: number): Period => ({ from: -8_640_000_000_000_000, to })
export const EVER = until(8_640_000_000_000_000)

/** The orders of a workspace in a period that count as orders: told of, and not cancelled. */
export function isCountedIn(tx: ReadTx, workspaceId: string, { from, to }: Period): SQL | undefined {
  const { orders } = tx.tables
  return and(
    eq(orders.workspaceId, workspaceId),
    eq(orders.told, true),
    eq(orders.cancelled, false),
    gte(orders.at, from),
    lt(orders.at, to),
  )
}

/** Orders whose money is believed: what only browsers tell of is revenue where the shop has no other source. */
export function isBelieved(tx: ReadTx, browserOrdersAreRevenue: boolean): SQL | undefined {
  return browserOrdersAreRevenue ? undefined : eq(tx.tables.orders.trusted, true)
}

/** What an order has brought, net of refunds. */
export const netOf = ({ tables: { orders } }: ReadTx) => sql<number>`${orders.total} - ${orders.refunded}`

/** A sum of whole numbers, which PostgreSQL answers as text; 0 of nothing. */
export const sumOf = (value: SQL | SQL.Aliased): SQL<number> =>
  sql<number>`coalesce(sum(${value}), 0)`.mapWith(Number)

/** How many rows are so. */
export const countIf = (condition: SQL | undefined): SQL<number> =>
  sumOf(sql`case when ${condition ?? sql`true`} then 1 else 0 end`)
