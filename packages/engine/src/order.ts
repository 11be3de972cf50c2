import type { z } from 'zod'
import type { COMMERCE_EVENTS, CommerceName } from './commerceEvents.ts'
import { readId } from './commerceFields.ts'
import type { EventInput } from './input.ts'
import { equalJson } from './equalJson.ts'
import { currencyOf, fromMinorUnits, toMinorUnits } from './money.ts'
import type { Product } from './productSchema.ts'
import { commerceNameOfInput, readCommerce } from './readCommerce.ts'
import { addRefund, refundedOf, type Refund } from './refund.ts'
import type { Settings } from './settings.ts'

/** One order, whatever number of events told of it. Amounts are integer minor units of `currency`. */
export interface Order {
  id: string
  at: number
  currency: string
  total: number
  /** What the refunds come to, at most the total. */
  refunded: number
  cancelled: boolean
  /** Said by the shop's own server or an import, not only by a browser. */
  trusted: boolean
  /** False for as long as only refunds or a cancellation are known of it: it counts as nothing until it is told. */
  told: boolean
  discount: number | null
  coupon: string | null
  refunds: readonly Refund[]
}

export type OrderChange = 'completed' | 'refunded' | 'cancelled'

const CHANGES: Partial<Record<CommerceName, OrderChange>> = {
  'Order Completed': 'completed',
  'Order Updated': 'completed',
  'Order Refunded': 'refunded',
  'Order Cancelled': 'cancelled',
}

export function orderChangeOf(input: EventInput): OrderChange | undefined {
  const name = commerceNameOfInput(input)
  return name && CHANGES[name]
}

/** The order that an event is about: its order_id; an order without one is an order of its own. */
export function orderIdOf({ id, event: { properties } }: EventInput): string {
  return readId(properties['order_id'] ?? properties['orderId']) ?? `message:${id}`
}

/** What products cost, or undefined where none of them has a price. */
function sumOf(
  products: readonly Pick<Product, 'price' | 'quantity'>[],
  currency: string,
): number | undefined {
  let sum: number | undefined
  for (const { price, quantity = 1 } of products) {
    const minor = toMinorUnits(price, currency)
    if (minor !== undefined) sum = (sum ?? 0) + Math.round(minor * quantity)
  }
  return Number.isSafeInteger(sum) ? sum : undefined
}

type OrderProperties = z.infer<(typeof COMMERCE_EVENTS)['Order Completed']>

/** Beyond it no till can print an amount; up to it the sum of a customer's orders stays an exact integer. */
const LARGEST_AMOUNT = 1_000_000_000_000

const plausible = (minor: number | undefined) =>
  minor !== undefined && Math.abs(minor) <= LARGEST_AMOUNT ? minor : undefined

/** The order's amount is its `total`, else its `revenue`, else the sum of its products. */
function amountOf({ total, revenue, products }: OrderProperties, currency: string): number | undefined {
  return (
    plausible(toMinorUnits(total, currency)) ??
    plausible(toMinorUnits(revenue, currency)) ??
    plausible(products && sumOf(products, currency))
  )
}

const blank = (id: string, at: number, currency: string, trusted: boolean): Order => ({
  id,
  at,
  currency,
  total: 0,
  refunded: 0,
  cancelled: false,
  trusted,
  told: false,
  discount: null,
  coupon: null,
  refunds: [],
})

/**
 * What a trusted source takes over of an order that only a browser has told of: that it is one, and nothing that counts
 * as money, unless the shop believes its browsers.
 */
function takeOver(order: Order, settings: Settings): Order {
  const { id, at, cancelled } = order
  // One that browsers have cancelled begins with the trusted word.
  const told = order.told && !cancelled
  return settings.browserOrdersAreRevenue
    ? { ...order, trusted: true }
    : { ...blank(id, at, settings.currency, true), told }
}

/**
 * The order after the event, or undefined where the event changes nothing: a repetition, or a browser's word on an order
 * that the server has told of. A refund or cancellation of an order that is not known yet waits for it: a shop's clocks
 * may differ, so that a refund may seem older than its order.
 */
export function changeOrder(
  known: Order | undefined,
  input: EventInput,
  settings: Settings,
): Order | undefined {
  const change = orderChangeOf(input)
  const read = readCommerce(input)
  if (!change || !read) return undefined
  const properties = read.properties as OrderProperties
  const trusted = input.source !== 'public'
  const isBelieved = trusted || !known?.trusted || settings.browserOrdersAreRevenue
  const stated = currencyOf(properties.currency)
  const order =
    known === undefined
      ? blank(orderIdOf(input), input.at, stated ?? settings.currency, trusted)
      : trusted && !known.trusted
        ? takeOver(known, settings)
        : known
  const isTelling = change === 'completed' && !order.told
  // A browser may still say that the order exists of which the server has told only a refund.
  if (known?.trusted && !trusted && !isTelling) return undefined
  let next = order
  if (change === 'cancelled') {
    next = { ...order, cancelled: true }
  } else if (change === 'refunded') {
    const currency = known?.told ? order.currency : (stated ?? order.currency)
    const amount = amountOf(properties, currency)
    // Some shops write what they give back as a negative amount. No amount: all of it.
    const refund = amount === undefined ? null : fromMinorUnits(Math.abs(amount), currency)
    next = { ...order, refunds: addRefund(order.refunds, properties.refund_id ?? '', refund) }
  } else {
    if (isTelling) next = { ...next, told: true, at: input.at }
    if (isBelieved) {
      const currency = stated ?? order.currency
      next = {
        ...next,
        currency,
        total: Math.max(0, amountOf(properties, currency) ?? order.total),
        discount: toMinorUnits(properties.discount, currency) ?? order.discount,
        coupon: properties.coupon ?? order.coupon,
      }
    }
  }
  next = { ...next, refunded: refundedOf(next) }
  return known && equalJson(known, next) ? undefined : next
}
