import { EVENT_NAMES, type Settings } from '@ciclo/engine'
import { and, count, eq, gte, lte, ne, sql, type Column } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { isBelieved, isCountedIn, netOf, sumOf, type Period } from './countedOrders.ts'

/** A click on a link of a mail, before an order of the same customer. */
export interface OrderClick {
  customerId: string
  order: { id: string; at: number; currency: string; revenue: number }
  click: { id: string; at: number; isHuman: boolean; messageId: string | null; template: string | null }
}

/**
 * Every order of a period with each click that it may be credited to. It starts from the orders and follows their
 * customers' events, so that nobody else's are looked at.
 */
export async function ordersWithClicks(
  tx: ReadTx,
  workspaceId: string,
  period: Period,
  settings: Settings,
): Promise<OrderClick[]> {
  const { orders, events, customers } = tx.tables
  const { dialect } = tx
  const { window } = settings.attribution
  const columns = {
    customerId: orders.customerId,
    orderId: orders.id,
    orderAt: orders.at,
    currency: orders.currency,
    net: netOf(tx).mapWith(Number),
    trusted: orders.trusted,
    clickId: events.messageId,
    clickAt: events.at,
    class: dialect.jsonText(events.body, ['properties', 'class']),
    messageId: dialect.jsonText(events.body, ['properties', 'message']),
    template: dialect.jsonText(events.body, ['properties', 'template']),
  }
  const isClickOf = (customerId: Column) =>
    and(
      eq(events.workspaceId, workspaceId),
      eq(events.customerId, customerId),
      gte(events.at, sql`${orders.at} - ${window}`),
      lte(events.at, orders.at),
      eq(events.name, EVENT_NAMES.emailLinkClicked),
      eq(events.type, 'track'),
      // A browser cannot say that a mail was clicked.
      ne(events.source, 'public'),
    )
  const counted = isCountedIn(tx, workspaceId, period)
  const own = await tx
    .select(columns)
    .from(orders)
    .innerJoin(events, isClickOf(orders.customerId))
    .where(counted)
  // The events of those who became part of a customer are still theirs.
  const members = await tx
    .select(columns)
    .from(orders)
    .innerJoin(
      customers,
      and(eq(customers.workspaceId, workspaceId), eq(customers.mergedInto, orders.customerId)),
    )
    .innerJoin(events, isClickOf(customers.id))
    .where(counted)
  return [...own, ...members].map((row) => ({
    customerId: row.customerId,
    order: {
      id: row.orderId,
      at: row.orderAt,
      currency: row.currency,
      revenue: row.trusted || settings.browserOrdersAreRevenue ? row.net : 0,
    },
    click: {
      id: row.clickId,
      at: row.clickAt,
      isHuman: row.class === 'human',
      messageId: row.messageId,
      template: row.template,
    },
  }))
}

/** All orders of a period, credited or not, and the revenue of those whose money is believed. */
export async function sumOrders(tx: ReadTx, workspaceId: string, period: Period, settings: Settings) {
  const { orders } = tx.tables
  const counted = isCountedIn(tx, workspaceId, period)
  const [all] = await tx.select({ orders: count() }).from(orders).where(counted)
  const sales = await tx
    .select({ currency: orders.currency, revenue: sumOf(netOf(tx)) })
    .from(orders)
    .where(and(counted, isBelieved(tx, settings.browserOrdersAreRevenue)))
    .groupBy(orders.currency)
    .orderBy(orders.currency)
  return {
    orders: all?.orders ?? 0,
    revenue: Object.fromEntries(sales.map(({ currency, revenue }) => [currency, revenue])),
  }
}

/** Of which journey messages are. */
export async function journeysOfMessages(
  tx: ReadTx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Map<string, { journeyId: string | null; template: string }>> {
  const { messages } = tx.tables
  const { id, journeyId, template } = messages
  const rows = await tx
    .select({ id, journeyId, template })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(id, messageIds)))
  return new Map(rows.map((row) => [row.id, row]))
}
