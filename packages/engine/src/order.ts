import type { EventInput } from './input.ts'
import { toMinorUnits } from './money.ts'
import type { Settings } from './settings.ts'

/** One order, whatever number of events told of it. Amounts are integer minor units of `currency`. */
export interface Order {
  id: string
  at: number
  currency: string
  total: number
  refunded: number
  cancelled: boolean
  /** Said by the shop's own server or an import, not only by a browser. */
  trusted: boolean
}

export type OrderChange = 'completed' | 'refunded' | 'cancelled'

/** The v2 e-commerce names, and the v1 name that is an alias. */
const CHANGES: Record<string, OrderChange> = {
  'Order Completed': 'completed',
  'Completed Order': 'completed',
  'Order Updated': 'completed',
  'Order Refunded': 'refunded',
  'Order Cancelled': 'cancelled',
}

export function orderChangeOf({ event }: EventInput): OrderChange | undefined {
  return event.type === 'track' && event.name !== undefined && Object.hasOwn(CHANGES, event.name)
    ? CHANGES[event.name]
    : undefined
}

/** A longer one is nobody's order number, and PostgreSQL cannot index one of some 3 KB. */
const ORDER_ID_LENGTH = 255

/** The order that an event is about: its order_id; an order without one is an order of its own. */
export function orderIdOf(input: EventInput): string {
  const id = input.event.properties['order_id']
  return typeof id === 'string' && id !== '' && id.length <= ORDER_ID_LENGTH
    ? id
    : typeof id === 'number'
      ? String(id)
      : `message:${input.id}`
}

/** What the products of an order cost, or undefined where none of them has a price. */
function sumOf(products: readonly unknown[], currency: string): number | undefined {
  let sum: number | undefined
  for (const product of products) {
    if (typeof product !== 'object' || product === null) continue
    const { price, quantity } = product as { price?: unknown; quantity?: unknown }
    const minor = toMinorUnits(price, currency)
    const count = Number(quantity ?? 1)
    if (minor !== undefined && Number.isFinite(count)) sum = (sum ?? 0) + Math.round(minor * count)
  }
  return Number.isSafeInteger(sum) ? sum : undefined
}

/** The order's amount is its `total`, else its `revenue`, else the sum of its products. */
function amountOf(properties: Record<string, unknown>, currency: string): number | undefined {
  const { total, revenue, products } = properties
  return (
    toMinorUnits(total, currency) ??
    toMinorUnits(revenue, currency) ??
    (Array.isArray(products) ? sumOf(products, currency) : undefined)
  )
}

/**
 * What a trusted source takes over of an order that only a browser has told of: nothing that counts as money, unless
 * the shop believes its browsers.
 */
function takeOver(order: Order, settings: Settings): Order {
  const { id, at } = order
  return settings.browserOrdersAreRevenue
    ? { ...order, trusted: true }
    : { id, at, currency: settings.currency, total: 0, refunded: 0, cancelled: false, trusted: true }
}

const isSame = (one: Order, other: Order) =>
  one.total === other.total &&
  one.refunded === other.refunded &&
  one.currency === other.currency &&
  one.cancelled === other.cancelled &&
  one.trusted === other.trusted

/**
 * The order after the event, or undefined where the event changes nothing: a repetition, a browser's word on an order
 * that the server has told of, a refund or cancellation of an order that is not known (yet: when the order arrives
 * with its older timestamp, the customer is rebuilt and the refund finds it).
 */
export function changeOrder(
  known: Order | undefined,
  input: EventInput,
  settings: Settings,
): Order | undefined {
  const change = orderChangeOf(input)
  const trusted = input.source !== 'public'
  if (known?.trusted && !trusted) return undefined
  const isTakenOver = known !== undefined && trusted && !known.trusted
  const order = isTakenOver ? takeOver(known, settings) : known
  const { properties } = input.event
  const stated = properties['currency']
  const named = typeof stated === 'string' && /^[A-Za-z]{3}$/.test(stated) ? stated.toUpperCase() : undefined
  const currency = named ?? order?.currency ?? settings.currency
  let next: Order
  if (change === 'completed') {
    const total = Math.max(0, amountOf(properties, currency) ?? order?.total ?? 0)
    next = order
      ? { ...order, currency, total, refunded: Math.min(order.refunded, total) }
      : { id: orderIdOf(input), at: input.at, currency, total, refunded: 0, cancelled: false, trusted }
  } else if (!order) {
    return undefined
  } else if (change === 'cancelled') {
    next = { ...order, cancelled: true }
  } else {
    // Some shops write what they give back as a negative amount. No amount: all of it.
    const refund = Math.abs(amountOf(properties, order.currency) ?? order.total)
    // Of an order whose trusted total is still to come, at least what is given back was paid.
    const total = isTakenOver ? Math.max(order.total, refund) : order.total
    next = { ...order, total, refunded: Math.min(total, order.refunded + refund) }
  }
  return known && isSame(known, next) ? undefined : next
}
