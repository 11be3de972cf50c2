import { EVENT_NAMES, type Settings } from '@ciclo/engine'
import { and, count, eq, gte, lt, ne } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { readMembers } from './customers.ts'
import { isBelieved, isCountedIn, netOf, sumOf, type Period } from './countedOrders.ts'

/** What one customer ordered in a period, and the clicks on links of mails that may have led there. */
export interface OrdersAndClicks {
  customerId: string
  orders: { id: string; at: number; currency: string; revenue: number }[]
  clicks: { id: string; at: number; isHuman: boolean; messageId: string | null; template: string | null }[]
}

/** So many customers' orders and clicks are in memory at a time. */
const PAGE = 500

async function clicksOf(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  { from, to }: Period,
): Promise<{ customerId: string; click: OrdersAndClicks['clicks'][number] }[]> {
  const { events } = tx.tables
  const { dialect } = tx
  // The events of those who became part of a customer are still theirs.
  const members = await readMembers(tx, workspaceId, customerIds)
  const rows = await tx
    .select({
      customerId: events.customerId,
      id: events.messageId,
      at: events.at,
      class: dialect.jsonText(events.body, ['properties', 'class']),
      messageId: dialect.jsonText(events.body, ['properties', 'message']),
      template: dialect.jsonText(events.body, ['properties', 'template']),
    })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        dialect.isOneOf(events.customerId, [...customerIds, ...members.keys()]),
        gte(events.at, from),
        lt(events.at, to),
        eq(events.name, EVENT_NAMES.emailLinkClicked),
        eq(events.type, 'track'),
        // A browser cannot say that a mail was clicked.
        ne(events.source, 'public'),
      ),
    )
  return rows.map(({ customerId, class: fetcher, ...click }) => ({
    customerId: members.get(customerId) ?? customerId,
    click: { ...click, isHuman: fetcher === 'human' },
  }))
}

/**
 * Customer by customer who ordered in a period: their orders, and the clicks that these may be credited to. Nobody
 * else's events are looked at.
 */
export async function* ordersAndClicks(
  tx: ReadTx,
  workspaceId: string,
  period: Period,
  settings: Settings,
): AsyncGenerator<OrdersAndClicks> {
  const { orders } = tx.tables
  const counted = isCountedIn(tx, workspaceId, period)
  const window = { from: period.from - settings.attribution.window, to: period.to }
  const buyers = await tx.selectDistinct({ id: orders.customerId }).from(orders).where(counted)
  for (let begin = 0; begin < buyers.length; begin += PAGE) {
    const ids = buyers.slice(begin, begin + PAGE).map(({ id }) => id)
    const clicks = Map.groupBy(await clicksOf(tx, workspaceId, ids, window), ({ customerId }) => customerId)
    const ordered = await tx
      .select({
        customerId: orders.customerId,
        id: orders.id,
        at: orders.at,
        currency: orders.currency,
        trusted: orders.trusted,
        net: netOf(tx).mapWith(Number),
      })
      .from(orders)
      .where(and(counted, tx.dialect.isOneOf(orders.customerId, [...clicks.keys()])))
    for (const [customerId, own] of Map.groupBy(ordered, (order) => order.customerId))
      yield {
        customerId,
        clicks: clicks.get(customerId)?.map(({ click }) => click) ?? [],
        orders: own.map(({ id, at, currency, trusted, net }) => {
          const revenue = trusted || settings.browserOrdersAreRevenue ? net : 0
          return { id, at, currency, revenue }
        }),
      }
  }
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

/** What a mail was sent for. */
export interface MailOrigin {
  journeyId: string | null
  stepId: string | null
  campaignId: string | null
  variant: string | null
  template: string
}

/** Of which journeys and campaigns messages are. */
export async function originsOfMessages(
  tx: ReadTx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Map<string, MailOrigin>> {
  const { messages } = tx.tables
  const { id, journeyId, stepId, campaignId, variant, template } = messages
  const rows = await tx
    .select({ id, journeyId, stepId, campaignId, variant, template })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(id, messageIds)))
  return new Map(rows.map((row) => [row.id, row]))
}
