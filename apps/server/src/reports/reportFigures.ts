import type { CreditedOrder } from '../insight/readCreditedOrders.ts'
import type { MailOrigin } from '../store/queries/creditableOrders.ts'
import type { MailResponse } from '../store/queries/reportFigures.ts'

type Money = Record<string, number>

/** What mails have come to. */
export interface ReportFigures {
  sent: number
  /** Sent, and not come back. */
  delivered: number
  bounced: number
  complained: number
  unsubscribed: number
  /** Mails in which a person has clicked, and the people. */
  clicked: number
  people: number
  /** Orders that are credited to them, and their revenue: integer minor units by currency. */
  orders: number
  revenue: Money
}

/** Of which part of a journey, template or campaign figures are; null where that says nothing. */
export interface PartKey {
  journey: string | null
  step: string | null
  campaign: string | null
  variant: string | null
  template: string | null
}

type Sent = MailOrigin & { at: number; mails: number }

/** All that the figures of a report are counted from. */
export interface Counted {
  sent: readonly Sent[]
  responses: readonly MailResponse[]
  orders: readonly CreditedOrder[]
}

export function addMoney(orders: readonly CreditedOrder[]): Money {
  const sum: Money = {}
  for (const { order } of orders) sum[order.currency] = (sum[order.currency] ?? 0) + order.revenue
  return sum
}

export function figuresFrom({ sent, responses, orders }: Counted): ReportFigures {
  const kinds = Map.groupBy(responses, ({ kind }) => kind)
  const countOf = (kind: MailResponse['kind']) => kinds.get(kind)?.length ?? 0
  const mails = sent.reduce((sum, row) => sum + row.mails, 0)
  return {
    sent: mails,
    delivered: mails - countOf('bounced'),
    bounced: countOf('bounced'),
    complained: countOf('complained'),
    unsubscribed: countOf('unsubscribed'),
    clicked: countOf('clicked'),
    people: new Set(kinds.get('clicked')?.map(({ customerId }) => customerId)).size,
    orders: orders.length,
    revenue: addMoney(orders),
  }
}

/** The same figures part by part: each mail and each order is in exactly one of them. */
export function partsOf(
  { sent, responses, orders }: Counted,
  keyOf: (origin: Omit<MailOrigin, 'template'> & { template: string | null }) => PartKey,
): (PartKey & ReportFigures)[] {
  const nameOf = (origin: Parameters<typeof keyOf>[0]) => JSON.stringify(keyOf(origin))
  const [bySent, byResponse, byOrder] = [
    Map.groupBy(sent, nameOf),
    Map.groupBy(responses, nameOf),
    Map.groupBy(orders, nameOf),
  ]
  const names = new Set([...bySent.keys(), ...byResponse.keys(), ...byOrder.keys()])
  return [...names]
    .map((name) => ({
      ...(JSON.parse(name) as PartKey),
      ...figuresFrom({
        sent: bySent.get(name) ?? [],
        responses: byResponse.get(name) ?? [],
        orders: byOrder.get(name) ?? [],
      }),
    }))
    .toSorted((one, other) => other.sent - one.sent || other.orders - one.orders)
}
