import type { EventInput } from './input.ts'
import { changeOrder, orderChangeOf, orderIdOf } from './order.ts'
import { figuresOf, spendOf, withOrder } from './orderFigures.ts'
import type { Interpreter } from './reading.ts'

/** Orders that only browsers tell of, of one customer: more are nobody's. */
const BROWSER_ORDERS = 500

/** What an event changes in the customer's orders and their figures. */
export const withOrders: Interpreter = (customer, reading) => {
  const { input, settings, signals, keepOrder } = reading
  const change = orderChangeOf(input)
  if (!change) return customer
  const id = orderIdOf(input)
  // An order may be called `constructor`.
  const known = Object.hasOwn(customer.orders, id) ? customer.orders[id] : undefined
  reading.isNewOrder = change === 'completed' && !known?.told
  const order = changeOrder(known, input, settings)
  if (!order) return customer
  // Each cancellation counts all orders anew: of what nobody vouches for there are only so many.
  const isBrowsers = known === undefined && !order.trusted
  if (isBrowsers && customer.browserOrders >= BROWSER_ORDERS) return customer
  const orders = keepOrder(customer.orders, order)
  const browserOrders = customer.browserOrders + (isBrowsers ? 1 : 0)
  if (!order.told) return { ...customer, orders, browserOrders }
  const figures =
    change === 'cancelled'
      ? figuresOf(Object.values(orders), settings)
      : withOrder(customer.figures, known, order, settings)
  signals.push({
    type: figures.count > customer.figures.count ? 'ordered' : 'ordersChanged',
    orders: figures.count,
    lastOrderAt: figures.lastAt,
    spend: spendOf(figures, settings),
    reachable: customer.email !== null,
  })
  return { ...customer, orders, figures, browserOrders }
}

/** Which of a customer's orders must be loaded before `step` sees the event. */
export function ordersNeeded(
  input: EventInput,
): { kind: 'none' } | { kind: 'one'; id: string } | { kind: 'all' } {
  const change = orderChangeOf(input)
  if (!change) return { kind: 'none' }
  return change === 'cancelled' ? { kind: 'all' } : { kind: 'one', id: orderIdOf(input) }
}
