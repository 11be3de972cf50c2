/** A click on a link in a mail. */
export interface MailClick {
  id: string
  at: number
  /** A scanner's clicks are no person's. */
  isHuman: boolean
}

/** What may be credited to a click. */
interface CreditableOrder {
  id: string
  at: number
}

/**
 * Which clicks one customer's orders are credited to: each order to the last human click within `window` before it, or
 * at the same instant; orders without one to nothing. An order that is given twice counts once.
 *
 * @param window milliseconds
 */
export function creditOrders<Click extends MailClick, Order extends CreditableOrder>(
  clicks: Iterable<Click>,
  orders: Iterable<Order>,
  window: number,
): { order: Order; click: Click }[] {
  const byTime = [...clicks]
    .filter(({ isHuman }) => isHuman)
    .toSorted((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
  const once = new Map<string, Order>()
  for (const order of orders) if (!once.has(order.id)) once.set(order.id, order)
  const credits: { order: Order; click: Click }[] = []
  let next = 0
  for (const order of [...once.values()].toSorted((one, other) => one.at - other.at)) {
    while (next < byTime.length && (byTime[next]?.at ?? Infinity) <= order.at) next += 1
    const click = byTime[next - 1]
    if (click && order.at - click.at <= window) credits.push({ order, click })
  }
  return credits
}
