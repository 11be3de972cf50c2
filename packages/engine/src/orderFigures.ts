import type { Order } from './order.ts'
import type { Settings } from './settings.ts'

/** What a customer's orders add up to. `revenue` is net of refunds, in integer minor units per currency. */
export interface OrderFigures {
  count: number
  revenue: Record<string, number>
  firstAt: number | null
  lastAt: number | null
}

export const NO_ORDERS: OrderFigures = { count: 0, revenue: {}, firstAt: null, lastAt: null }

/** A cancelled order is none, nor is one of which only a refund or a cancellation is known so far. */
const isCounted = ({ told, cancelled }: Order) => told && !cancelled

/** A browser's order is counted, and moves the stage; it is revenue only where the workspace has no other source. */
function revenueOf(order: Order, settings: Settings): number {
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

/**
 * The figures after one order has changed from `before` (undefined: it is new) to `after`. An order that is newly
 * cancelled needs `figuresOf`: it may take the first or last one away.
 */
export function withOrder(
  figures: OrderFigures,
  before: Order | undefined,
  after: Order,
  settings: Settings,
): OrderFigures {
  if (!after.told) return figures
  let { revenue } = figures
  if (before?.told) revenue = withRevenue(revenue, before.currency, -revenueOf(before, settings))
  revenue = withRevenue(revenue, after.currency, revenueOf(after, settings))
  // What comes after a cancellation, a refund above all, does not bring the order's time back.
  if (after.cancelled) return { ...figures, revenue }
  return {
    count: figures.count + (before && isCounted(before) ? 0 : 1),
    revenue,
    firstAt: figures.firstAt === null ? after.at : Math.min(figures.firstAt, after.at),
    lastAt: figures.lastAt === null ? after.at : Math.max(figures.lastAt, after.at),
  }
}

/** The figures from all orders. */
export function figuresOf(orders: Iterable<Order>, settings: Settings): OrderFigures {
  let figures = NO_ORDERS
  for (const order of orders) if (isCounted(order)) figures = withOrder(figures, undefined, order, settings)
  return figures
}

/** Total spend in the workspace's own currency, the one in which the VIP line is drawn. */
export function spendOf(figures: OrderFigures, settings: Settings): number {
  return figures.revenue[settings.currency] ?? 0
}
