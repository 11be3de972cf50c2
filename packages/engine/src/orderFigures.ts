import type { Order } from './order.ts'
import { DAY, type Settings } from './settings.ts'

/** What a customer's orders add up to. `revenue` is net of refunds, in integer minor units per currency. */
export interface OrderFigures {
  count: number
  /** Distinct days (UTC) with an order: what is bought on one day counts as one purchase where gaps are measured. */
  orderDays: number
  /** Orders of which something is left after refunds. */
  positive: number
  revenue: Record<string, number>
  firstAt: number | null
  lastAt: number | null
}

export const NO_ORDERS: OrderFigures = {
  count: 0,
  orderDays: 0,
  positive: 0,
  revenue: {},
  firstAt: null,
  lastAt: null,
}

/** What the figures need of an order. */
export type OrderFacts = Pick<
  Order,
  'at' | 'currency' | 'total' | 'refunded' | 'cancelled' | 'trusted' | 'told'
>

/** A cancelled order is none, nor is one of which only a refund or a cancellation is known so far. */
export const isCounted = ({ told, cancelled }: Pick<OrderFacts, 'told' | 'cancelled'>) => told && !cancelled

/** A browser's order is counted, and moves the stage; it is revenue only where the workspace has no other source. */
function revenueOf(order: OrderFacts, settings: Settings): number {
  return isCounted(order) && (order.trusted || settings.browserOrdersAreRevenue)
    ? order.total - order.refunded
    : 0
}

function withRevenue(
  revenue: Record<string, number>,
  currency: string,
  amount: number,
): Record<string, number> {
  return { ...revenue, [currency]: (revenue[currency] ?? 0) + amount }
}

const dayOf = (at: number) => Math.floor(at / DAY)

/** Orders come in the order of their time, whoever folds them: so a new day is one after the last. */
function isNewDay({ lastAt }: OrderFigures, { at }: OrderFacts): boolean {
  return lastAt === null || dayOf(at) > dayOf(lastAt)
}

/**
 * The figures after one order has changed from `before` (undefined: it is new) to `after`. An order that is newly
 * cancelled needs `figuresOf`: it may take the first or last one away.
 */
export function withOrder(
  figures: OrderFigures,
  before: OrderFacts | undefined,
  after: OrderFacts,
  settings: Settings,
): OrderFigures {
  if (!after.told) return figures
  let { revenue } = figures
  if (before?.told) revenue = withRevenue(revenue, before.currency, -revenueOf(before, settings))
  revenue = withRevenue(revenue, after.currency, revenueOf(after, settings))
  // What comes after a cancellation, a refund above all, does not bring the order's time back.
  if (after.cancelled) return { ...figures, revenue }
  const isKnown = before !== undefined && isCounted(before)
  const wasPositive = isKnown && revenueOf(before, settings) > 0
  return {
    count: figures.count + (isKnown ? 0 : 1),
    orderDays: figures.orderDays + (!isKnown && isNewDay(figures, after) ? 1 : 0),
    positive: figures.positive + (revenueOf(after, settings) > 0 ? 1 : 0) - (wasPositive ? 1 : 0),
    revenue,
    firstAt: figures.firstAt === null ? after.at : Math.min(figures.firstAt, after.at),
    lastAt: figures.lastAt === null ? after.at : Math.max(figures.lastAt, after.at),
  }
}

/** The figures from all orders. */
export function figuresOf(orders: Iterable<OrderFacts>, settings: Settings): OrderFigures {
  let figures = NO_ORDERS
  const inOrder = [...orders].toSorted((one, other) => one.at - other.at)
  for (const order of inOrder) if (isCounted(order)) figures = withOrder(figures, undefined, order, settings)
  return figures
}

/** Total spend in the workspace's own currency, the one in which the VIP line is drawn. */
export function spendOf(figures: OrderFigures, settings: Settings): number {
  return figures.revenue[settings.currency] ?? 0
}
