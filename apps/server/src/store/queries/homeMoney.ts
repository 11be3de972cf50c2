import type { LiftGroup, Settings } from '@ciclo/engine'
import { and, count, eq, gte, min, or, sql } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { countIf, isBelieved, isCountedIn, netOf, sumOf, type Period } from './countedOrders.ts'
import { QUARTER } from './homeMail.ts'

/** Revenue and orders of a period, by the quarter of an hour and currency. */
export async function sumSalesByQuarter(tx: ReadTx, workspaceId: string, period: Period, settings: Settings) {
  const { orders } = tx.tables
  const { currency } = orders
  const quarter = sql<number>`${orders.at} / ${sql.raw(String(QUARTER))}`.mapWith(Number)
  const rows = await tx
    .select({ quarter, currency, orders: count(), revenue: sumOf(netOf(tx)) })
    .from(orders)
    .where(and(isCountedIn(tx, workspaceId, period), isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(quarter, currency)
  return rows.map(({ quarter: at, ...row }) => ({ ...row, at: at * QUARTER }))
}

/**
 * Who came into a journey in a period, the mailed and those held out: how many of them ordered since their first run in
 * it, up to its end, and what they spent in the workspace's currency.
 */
export async function liftGroups(
  tx: ReadTx,
  workspaceId: string,
  journeyId: string,
  period: Period,
  settings: Settings,
): Promise<{ mailed: LiftGroup; heldOut: LiftGroup }> {
  const { enrolments, orders } = tx.tables
  const { customerId } = enrolments
  const people = tx
    .select({
      customerId,
      startedAt: min(enrolments.startedAt).as('first_at'),
      held: countIf(eq(enrolments.endReason, 'held-out')).as('held'),
    })
    .from(enrolments)
    .where(
      and(
        eq(enrolments.workspaceId, workspaceId),
        eq(enrolments.journeyId, journeyId),
        or(eq(enrolments.status, 'running'), eq(enrolments.status, 'ended')),
        gte(enrolments.startedAt, period.from),
      ),
    )
    .groupBy(customerId)
    .as('people')
  const isMoney = and(
    isBelieved(tx, settings.browserOrdersAreRevenue),
    eq(orders.currency, settings.currency),
  )
  const rows = await tx
    .select({
      held: people.held,
      orders: count(orders.id),
      revenue: sumOf(sql`case when ${isMoney ?? sql`true`} then ${netOf(tx)} else 0 end`),
    })
    .from(people)
    .leftJoin(
      orders,
      and(
        isCountedIn(tx, workspaceId, period),
        eq(orders.customerId, people.customerId),
        gte(orders.at, sql`${people.startedAt}`),
      ),
    )
    .groupBy(people.customerId, sql`${people.held}`)
  const groupOf = (isHeld: boolean): LiftGroup => {
    const group = { people: 0, converted: 0, revenue: 0, squares: 0 }
    for (const { held, orders: bought, revenue } of rows) {
      if (held > 0 !== isHeld) continue
      group.people += 1
      group.converted += bought > 0 ? 1 : 0
      group.revenue += revenue
      group.squares += revenue * revenue
    }
    return group
  }
  return { mailed: groupOf(false), heldOut: groupOf(true) }
}
