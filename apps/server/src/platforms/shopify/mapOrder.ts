import type { MapContext, Mapped, PlatformEvent } from '../platform.ts'
import { MOST_LINES, readPayload, stated, sumAmounts } from '../readFields.ts'
import { fulfillmentEvents } from './mapFulfillment.ts'
import { refundEvents } from './mapRefund.ts'
import { ShopifyOrderSchema, type ShopifyLine, type ShopifyOrder } from './shopifyOrder.ts'
import { whoOf } from '../whoOf.ts'

/** The lines as products of the e-commerce specification. */
export const productsOfLines = (lines: readonly ShopifyLine[]): Record<string, unknown>[] =>
  lines.slice(0, MOST_LINES).map((line) =>
    stated({
      product_id: line.product_id,
      sku: line.sku,
      name: line.title,
      variant: line.variant_title ?? line.variant_id,
      brand: line.vendor,
      price: line.price,
      quantity: line.quantity,
    }),
  )

/**
 * `total_price` is before refunds and with what an edit has added: refunds are told beside it. Amounts are in the
 * shop's currency.
 */
function propertiesOf(order: ShopifyOrder) {
  return stated({
    order_id: order.id,
    order_name: order.name,
    checkout_id: order.checkout_token,
    cart_id: order.cart_token,
    currency: order.currency,
    total: order.total_price,
    subtotal: order.subtotal_price,
    shipping: order.total_shipping_price_set?.shop_money?.amount,
    tax: order.total_tax,
    discount: sumAmounts([order.total_discounts], order.currency) > 0 ? order.total_discounts : undefined,
    coupon: order.discount_codes[0]?.code,
    products: productsOfLines(order.line_items),
  })
}

const PAID: ReadonlySet<string> = new Set(['paid', 'partially_refunded', 'refunded'])
const UNPAID: ReadonlySet<string> = new Set(['pending', 'unpaid', 'authorized', 'partially_paid'])

/**
 * What an order has come to. Every message shows the whole order as it is by now, so each of them tells all that has
 * happened to it, under ids that are the same whichever of them comes first: none may be missing, or late.
 */
export function mapOrder(topic: string, payload: unknown, context: MapContext): Mapped {
  const order = readPayload(ShopifyOrderSchema, topic, payload)
  if (order.test) return { events: [], products: [], ignored: 'it is an order of a test' }
  const who = whoOf(
    {
      orderId: order.id,
      customerId: order.customer?.id,
      email: order.email ?? order.contact_email ?? order.customer?.email,
    },
    context,
  )
  if (who.userId === undefined && who.traits['email'] === undefined)
    return { events: [], products: [], ignored: 'it names no customer' }
  const locale = order.customer_locale?.slice(0, 2).toLowerCase()
  const properties = propertiesOf(order)
  const placedAt = order.processed_at ?? order.created_at
  const tell = (id: string, at: number, name: string, more: Record<string, unknown>): PlatformEvent => ({
    ...who,
    id: `shopify/order/${order.id}/${id}`,
    at,
    type: 'track',
    name,
    properties: more,
  })
  const events = [tell('completed', placedAt, 'Order Completed', properties)]
  // The first message says nothing that the order itself does not say.
  if (topic !== 'orders/create')
    events.push(
      tell(`updated/${order.updated_at}`, Math.max(order.updated_at, placedAt), 'Order Updated', properties),
    )
  const isUnpaid = UNPAID.has(order.financial_status ?? '')
  if (isUnpaid && order.cancelled_at === undefined)
    events.push(tell('pending', placedAt, 'Payment Pending', { order_id: order.id }))
  // An order that is paid at once needs no word on it; of any other each later message may be the first to say it.
  if (topic !== 'orders/create' && PAID.has(order.financial_status ?? ''))
    events.push(tell('paid', order.updated_at, 'Payment Completed', { order_id: order.id }))
  if (order.cancelled_at !== undefined)
    events.push(
      tell(
        'cancelled',
        order.cancelled_at,
        'Order Cancelled',
        stated({ order_id: order.id, reason: order.cancel_reason }),
      ),
    )
  for (const refund of order.refunds) events.push(...refundEvents(refund, order.id, who, order.currency))
  for (const parcel of order.fulfillments) events.push(...fulfillmentEvents(parcel, order.id, who))
  if (locale !== undefined && /^[a-z]{2}$/.test(locale) && who.traits['email'] !== undefined)
    events.push({
      ...who,
      id: `shopify/order/${order.id}/locale`,
      at: placedAt,
      type: 'identify',
      properties: {},
      traits: { ...who.traits, locale },
    })
  return { events, products: [] }
}
