import { z } from 'zod'
import type { MapContext, Mapped, PlatformEvent } from '../platform.ts'
import {
  amountField,
  idField,
  linkOf,
  listField,
  MOST_LINES,
  optionalTime,
  readPayload,
  stated,
  sumAmounts,
  textField,
  timeField,
} from '../readFields.ts'
import { whoOf } from '../whoOf.ts'

const LineSchema = z.object({
  product_id: idField.nullish(),
  variation_id: idField.nullish(),
  sku: textField,
  name: textField,
  quantity: z.number().catch(1),
  price: amountField,
  image: z.object({ src: textField }).nullish().catch(undefined),
})

/** https://developer.woocommerce.com/docs/apis/rest-api/v3/orders/: webhooks tell an order in the same form. */
const OrderSchema = z.object({
  id: idField,
  number: textField,
  order_key: textField,
  status: z.string(),
  currency: z.string().regex(/^[A-Za-z]{3}$/),
  date_created_gmt: timeField,
  date_modified_gmt: timeField,
  date_paid_gmt: optionalTime,
  date_completed_gmt: optionalTime,
  total: amountField,
  total_tax: amountField,
  shipping_total: amountField,
  discount_total: amountField,
  customer_id: idField.nullish(),
  payment_method: textField,
  billing: z
    .object({
      email: textField,
      first_name: textField,
      last_name: textField,
      country: textField,
      phone: textField,
    })
    .nullish()
    .catch(undefined),
  coupon_lines: listField(z.object({ code: textField })),
  line_items: listField(LineSchema),
  /** `total` is negative; the date is there where the refund itself was asked for. */
  refunds: listField(z.object({ id: idField, total: amountField, date_created_gmt: optionalTime })),
})

type Order = z.infer<typeof OrderSchema>

/** Placed, whether the money is there yet (`on-hold`: a transfer is awaited) or on delivery. */
const PLACED: ReadonlySet<string> = new Set(['processing', 'completed', 'on-hold', 'refunded'])
/** Somebody stands at the till: every way of paying begins with it. */
const AT_THE_TILL: ReadonlySet<string> = new Set(['pending', 'checkout-draft'])

const productsOf = (order: Order) =>
  order.line_items.slice(0, MOST_LINES).map((line) =>
    stated({
      product_id: line.product_id === '0' ? undefined : line.product_id,
      sku: line.sku,
      name: line.name,
      variant: line.variation_id === '0' ? undefined : line.variation_id,
      price: line.price,
      quantity: line.quantity,
      image_url: linkOf(line.image?.src),
    }),
  )

function propertiesOf(order: Order): Record<string, unknown> {
  return stated({
    order_id: order.id,
    order_name: order.number,
    checkout_id: order.order_key,
    currency: order.currency,
    total: order.total,
    shipping: order.shipping_total,
    tax: order.total_tax,
    discount: sumAmounts([order.discount_total], order.currency) > 0 ? order.discount_total : undefined,
    coupon: order.coupon_lines[0]?.code,
    products: productsOf(order),
  })
}

/** Woo's own number of "nobody". */
const idOrNone = (id: string | null | undefined) => (id === '0' ? undefined : id)

/**
 * What an order has come to. Every message shows all of it, under the ids that it would have had in an earlier one: so
 * none may be missing, or late.
 */
export function mapOrder(topic: string, payload: unknown, context: MapContext): Mapped {
  const order = readPayload(OrderSchema, topic, payload)
  const { id, status, date_created_gmt: createdAt, date_modified_gmt: modifiedAt } = order
  const who = whoOf(
    { orderId: id, customerId: idOrNone(order.customer_id), email: order.billing?.email },
    context,
  )
  if (who.userId === undefined && who.traits['email'] === undefined)
    return { events: [], products: [], ignored: 'it names no customer' }
  const about = { order_id: id }
  const tell = (
    what: string,
    at: number,
    name: string,
    properties: Record<string, unknown>,
  ): PlatformEvent => ({
    ...who,
    id: `woocommerce/order/${id}/${what}`,
    at,
    type: 'track',
    name,
    properties,
  })
  if (AT_THE_TILL.has(status)) {
    const { total, order_id: _order, ...rest } = propertiesOf(order)
    // A till comes before its order, also where the shop has one time for both.
    const at = createdAt - 1
    return {
      events: [tell('checkout', at, 'Checkout Started', stated({ ...rest, order_id: id, value: total }))],
      products: [],
    }
  }
  const events: PlatformEvent[] = []
  const cancelled = () => tell('cancelled', modifiedAt, 'Order Cancelled', about)
  if (PLACED.has(status)) {
    events.push(tell('completed', createdAt, 'Order Completed', propertiesOf(order)))
    events.push(tell(`updated/${modifiedAt}`, modifiedAt, 'Order Updated', propertiesOf(order)))
    if (status === 'on-hold') events.push(tell('pending', createdAt, 'Payment Pending', about))
    else if (order.date_paid_gmt !== undefined)
      events.push(tell('paid', order.date_paid_gmt, 'Payment Completed', about))
  } else if (status === 'cancelled' || status === 'trash') events.push(cancelled())
  else if (status === 'failed') events.push(tell(`failed/${modifiedAt}`, modifiedAt, 'Payment Failed', about))
  for (const refund of order.refunds) {
    const total = Math.abs(sumAmounts([refund.total], order.currency))
    if (total === 0) continue
    const at = refund.date_created_gmt ?? modifiedAt
    const properties = { ...about, refund_id: refund.id, total, currency: order.currency }
    events.push({ ...tell('', at, 'Order Refunded', properties), id: `woocommerce/refund/${refund.id}` })
  }
  if (status === 'refunded' && order.refunds.length === 0)
    events.push(tell('refunded', modifiedAt, 'Order Refunded', { ...about, refund_id: `order-${id}` }))
  if (status === 'completed')
    events.push(
      tell('shipped', order.date_completed_gmt ?? modifiedAt, 'Order Shipped', { ...about, parcel_id: id }),
    )
  return events.length > 0
    ? { events, products: [] }
    : { events, products: [], ignored: `nothing follows from an order that is ${status}` }
}

/** `order.deleted`: nothing but an id. */
export function mapOrderDeleted(topic: string, payload: unknown, context: MapContext): Mapped {
  const { id } = readPayload(z.object({ id: idField }), topic, payload)
  return {
    events: [
      {
        ...whoOf({ orderId: id }, context),
        id: `woocommerce/order/${id}/deleted`,
        at: context.at,
        type: 'track',
        name: 'Order Cancelled',
        properties: { order_id: id },
      },
    ],
    products: [],
  }
}
