import { DAY, type Settings } from '@ciclo/engine'
import { and, count, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { EVER, isBelieved, isCountedIn, netOf, sumOf } from './countedOrders.ts'

/** Orders and revenue of all time, by the day (UTC) and currency. */
export async function sumOrdersByDay(tx: ReadTx, workspaceId: string, settings: Settings) {
  const { orders } = tx.tables
  // Whole numbers are divided down to zero: days before 1970 would be one off.
  const day =
    sql<number>`(${orders.at} - ((${orders.at} % ${sql.raw(String(DAY))}) + ${sql.raw(String(DAY))}) % ${sql.raw(String(DAY))})`.mapWith(
      Number,
    )
  return await tx
    .select({ day, currency: orders.currency, orders: count(), revenue: sumOf(netOf(tx)) })
    .from(orders)
    .where(and(isCountedIn(tx, workspaceId, EVER), isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(day, orders.currency)
}
