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

/** The order that an event is about: its order_id; an order without one is an order of its own. */
export function orderIdOf(input: EventInput): string {
  const id = input.event.properties['order_id']
  return typeof id === 'string' && id !== ''
    ? id
    : typeof id === 'number'
      ? String(id)
      : `message:${input.id}`
}

/** The order's amount is its `total`, else its `revenue`, else the sum of its products. */
function amountOf(properties: Record<string, unknown>, currency: string): number | undefined {
  const stated = toMinorUnits(properties['total'], currency) ?? toMinorUnits(properties['revenue'], currency)
  if (stated !== undefined || !Array.isArray(properties['products'])) return stated
  let sum = 0
  for (const product of properties['products'] as Record<string, unknown>[]) {
    const price = toMinorUnits(product?.['price'], currency)
    const quantity = Number(product?.['quantity'] ?? 1)
    if (price === undefined || !Number.isFinite(quantity)) continue
    sum += Math.round(price * quantity)
  }
  return Number.isSafeInteger(sum) ? sum : undefined
}

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
  const { properties } = input.event
  const change = orderChangeOf(input)
  const trusted = input.source !== 'public'
  if (known?.trusted && !trusted) return undefined
  const stated = properties['currency']
  const currency =
    typeof stated === 'string' && /^[A-Za-z]{3}$/.test(stated)
      ? stated.toUpperCase()
      : (known?.currency ?? settings.currency)
  const amount = amountOf(properties, currency)
  if (change === 'completed') {
    if (!known) {
      const total = amount ?? 0
      return { id: orderIdOf(input), at: input.at, currency, total, refunded: 0, cancelled: false, trusted }
    }
    const total = amount ?? known.total
    const refunded = Math.min(known.refunded, total)
    const next = { ...known, currency, total, refunded, trusted: known.trusted || trusted }
    return next.total === known.total && next.currency === known.currency && next.trusted === known.trusted
      ? undefined
      : next
  }
  if (!known) return undefined
  if (change === 'cancelled') return known.cancelled ? undefined : { ...known, cancelled: true }
  const refunded = Math.min(known.total, known.refunded + Math.max(0, amount ?? known.total))
  return refunded === known.refunded ? undefined : { ...known, refunded }
}
