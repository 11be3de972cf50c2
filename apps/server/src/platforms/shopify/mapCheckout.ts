import { z } from 'zod'
import type { MapContext, Mapped } from '../platform.ts'
import {
  amountField,
  idField,
  listField,
  optionalTime,
  readPayload,
  stated,
  textField,
  timeField,
} from '../readFields.ts'
import { whoOf } from '../whoOf.ts'
import { productsOfLines } from './mapOrder.ts'
import { ShopifyLineSchema } from './shopifyOrder.ts'

/** https://shopify.dev/docs/api/admin-rest/latest/resources/abandoned-checkouts, as `checkouts/create` and `update` tell it. */
const CheckoutSchema = z.object({
  token: textField,
  id: idField.nullish(),
  cart_token: textField,
  email: textField,
  created_at: timeField,
  updated_at: timeField,
  completed_at: optionalTime,
  currency: textField,
  total_price: amountField,
  abandoned_checkout_url: textField,
  discount_codes: listField(z.object({ code: textField })),
  customer: z.object({ id: idField, email: textField }).nullish().catch(undefined),
  line_items: listField(ShopifyLineSchema),
})

/** A checkout as it stands: each change of it shows all of it again. */
export function mapCheckout(topic: string, payload: unknown, context: MapContext): Mapped {
  const checkout = readPayload(CheckoutSchema, topic, payload)
  const id = checkout.token ?? checkout.id
  const who = whoOf(
    { customerId: checkout.customer?.id, email: checkout.email ?? checkout.customer?.email },
    context,
  )
  if (!id) return { events: [], products: [], ignored: 'it has neither token nor id' }
  if (checkout.completed_at !== undefined) return { events: [], products: [], ignored: 'its order tells it' }
  if (who.userId === undefined && who.traits['email'] === undefined)
    return { events: [], products: [], ignored: 'nobody has said yet whose it is' }
  return {
    events: [
      {
        ...who,
        id: `shopify/checkout/${id}/${checkout.updated_at}`,
        at: checkout.updated_at,
        type: 'track',
        name: 'Checkout Started',
        properties: stated({
          checkout_id: id,
          cart_id: checkout.cart_token,
          currency: checkout.currency ?? context.currency,
          value: checkout.total_price,
          url: checkout.abandoned_checkout_url,
          coupon: checkout.discount_codes[0]?.code,
          products: productsOfLines(checkout.line_items),
        }),
      },
    ],
    products: [],
  }
}
