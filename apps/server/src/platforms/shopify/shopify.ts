import type { MapContext, Mapped, Platform } from '../platform.ts'
import { callIdOf, parseBody, refusedCall, verifyHmac } from '../verifyHmac.ts'
import { mapCheckout } from './mapCheckout.ts'
import { mapConsent, mapCustomer } from './mapCustomer.ts'
import { mapFulfillment, mapFulfillmentEvent } from './mapFulfillment.ts'
import { mapOrder } from './mapOrder.ts'
import { mapProduct, mapProductDeleted } from './mapProduct.ts'
import { mapRefund } from './mapRefund.ts'

type Map = (topic: string, payload: unknown, context: MapContext) => Mapped

const TOPICS: Readonly<Record<string, Map>> = {
  'orders/create': mapOrder,
  'orders/updated': mapOrder,
  'orders/paid': mapOrder,
  'orders/cancelled': mapOrder,
  'orders/fulfilled': mapOrder,
  'orders/partially_fulfilled': mapOrder,
  'refunds/create': mapRefund,
  'fulfillments/create': mapFulfillment,
  'fulfillments/update': mapFulfillment,
  'fulfillment_events/create': mapFulfillmentEvent,
  'checkouts/create': mapCheckout,
  'checkouts/update': mapCheckout,
  'customers/create': mapCustomer,
  'customers/update': mapCustomer,
  'customers/enable': mapCustomer,
  'customers/disable': mapCustomer,
  'customers_email_marketing_consent/update': mapConsent,
  'products/create': mapProduct,
  'products/update': mapProduct,
  'products/delete': mapProductDeleted,
}

/** The topics of webhooks that mean something here. */
export const SHOPIFY_TOPICS = Object.keys(TOPICS)

/** Its clock may be ahead of ours by so much. */
const SKEW = 10 * 60_000

/**
 * Shopify: https://shopify.dev/docs/apps/build/webhooks/subscribe/https. The body is signed by HMAC-SHA256 with the
 * app's client secret, or the one that the admin shows below its webhooks; headers are not signed.
 */
export const shopify: Platform = {
  readDelivery({ raw, header, secret, now }) {
    verifyHmac(raw, secret, header('x-shopify-hmac-sha256'), 'X-Shopify-Hmac-SHA256')
    const topic = header('x-shopify-topic')
    if (!topic) throw refusedCall('expected the header X-Shopify-Topic')
    const triggered = Date.parse(header('x-shopify-triggered-at') ?? '')
    const at = Number.isNaN(triggered) || triggered > now + SKEW ? now : triggered
    return { id: callIdOf(topic, raw), topic, payload: parseBody(raw), at }
  },
  map: (topic, payload, context) =>
    TOPICS[topic]?.(topic, payload, context) ?? {
      events: [],
      products: [],
      ignored: `nothing follows from ${topic}`,
    },
}
