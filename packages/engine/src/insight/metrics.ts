import { amountOf, shareOf, type Share } from './share.ts'

/**
 * The five figures of the shop, what each of them means, and the words for it. An order is one that was told of and is
 * not cancelled; a period holds the orders from its first instant up to, and without, its last.
 */
export const METRIC_DEFINITIONS = {
  customerChurnRate:
    'Customers active at the start of the period who did not buy in it / customers active at the start: those who ' +
    'bought within the customer-base window before it (365 days unless set)',
  repeatPurchaseRate: 'Customers with two or more orders in the period / customers with one or more',
  purchaseFrequency: 'Orders in the period / distinct customers who bought in it',
  averageOrderValue: 'Revenue of the period, net of refunds, / the orders that it comes from',
  customerLifetimeValue:
    'Revenue net of refunds of everybody who has bought before the end of the period / those customers, and the ' +
    'spend that is to be expected of them in the next 365 days',
} as const satisfies Record<string, string>

/** What the orders of a shop count up to. Money is integer minor units per currency, and never mixed. */
export interface OrderCounts {
  /** Customers with an order within the customer-base window before the start, and those of them with none in the period. */
  activeAtStart: number
  lost: number
  /** Of the period. */
  buyers: number
  repeatBuyers: number
  orders: number
  /** Of the period, of orders whose money is believed. */
  sales: Record<string, { orders: number; revenue: number }>
  /** Up to the end of the period: everybody who has bought in a currency, and what they have brought. */
  lifetime: Record<string, { customers: number; revenue: number }>
  /**
   * In the workspace's own currency, of customers with a prediction: what they have brought up to the end of the period,
   * and are expected to spend.
   */
  predicted: { currency: string; customers: number; revenue: number; spend: number }
}

/** A customer's worth in minor units: so far, in the next 365 days, and both together. */
export interface LifetimeValue {
  historic: Share
  /** Of customers with a prediction alone; the total is theirs, too. */
  predicted: Share
  total: Share
}

export interface Metrics {
  customerChurnRate: Share
  repeatPurchaseRate: Share
  purchaseFrequency: Share
  averageOrderValue: Record<string, Share>
  customerLifetimeValue: Record<string, LifetimeValue>
}

export function lifetimeValueOf(
  lifetime: { customers: number; revenue: number },
  predicted: { customers: number; revenue: number; spend: number } | undefined,
): LifetimeValue {
  const { customers, revenue, spend } = predicted ?? { customers: 0, revenue: 0, spend: 0 }
  return {
    historic: amountOf(lifetime.revenue, lifetime.customers),
    predicted: amountOf(spend, customers),
    total: amountOf(revenue + spend, customers),
  }
}

/** The five figures from what was counted. Amounts are whole minor units; their sums and counts stand beside them. */
export function metricsOf(counts: OrderCounts): Metrics {
  const { predicted } = counts
  const sales = Object.entries(counts.sales)
  const lifetimes = Object.entries(counts.lifetime)
  return {
    customerChurnRate: shareOf(counts.lost, counts.activeAtStart),
    repeatPurchaseRate: shareOf(counts.repeatBuyers, counts.buyers),
    purchaseFrequency: shareOf(counts.orders, counts.buyers),
    averageOrderValue: Object.fromEntries(
      sales.map(([currency, { orders, revenue }]) => [currency, amountOf(revenue, orders)]),
    ),
    customerLifetimeValue: Object.fromEntries(
      lifetimes.map(([currency, lifetime]) => [
        currency,
        lifetimeValueOf(lifetime, currency === predicted.currency ? predicted : undefined),
      ]),
    ),
  }
}
