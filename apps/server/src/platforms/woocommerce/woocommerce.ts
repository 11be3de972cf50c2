import type { MapContext, Mapped, Platform } from '../platform.ts'
import { callIdOf, parseBody, refusedCall, verifyHmac } from '../verifyHmac.ts'
import { mapCustomer } from './mapCustomer.ts'
import { mapOrder, mapOrderDeleted } from './mapOrder.ts'
import { mapProduct, mapProductDeleted } from './mapProduct.ts'

type Map = (topic: string, payload: unknown, context: MapContext) => Mapped

/** When a webhook is saved WooCommerce calls once with no more than its number, and without a signature. */
const PING_BODY = /^webhook_id=\d{1,20}$/

const TOPICS: Readonly<Record<string, Map>> = {
  'order.created': mapOrder,
  'order.updated': mapOrder,
  'order.restored': mapOrder,
  'order.deleted': mapOrderDeleted,
  'customer.created': mapCustomer,
  'customer.updated': mapCustomer,
  'product.created': mapProduct,
  'product.updated': mapProduct,
  'product.restored': mapProduct,
  'product.deleted': mapProductDeleted,
}

/** The topics of webhooks that mean something here. */
export const WOOCOMMERCE_TOPICS = Object.keys(TOPICS)

/**
 * WooCommerce: https://developer.woocommerce.com/docs/apis/rest-api/v3/webhooks/. The body is signed by HMAC-SHA256
 * with the webhook's secret; headers are not signed.
 */
export const woocommerce: Platform = {
  readDelivery({ raw, header, secret, now }) {
    const text = raw.length < 64 ? Buffer.from(raw).toString('utf8').trim() : ''
    if (PING_BODY.test(text)) return undefined
    verifyHmac(raw, secret, header('x-wc-webhook-signature'), 'X-WC-Webhook-Signature')
    const topic = header('x-wc-webhook-topic')
    if (!topic) throw refusedCall('expected the header X-WC-Webhook-Topic')
    return { id: callIdOf(topic, raw), topic, payload: parseBody(raw), at: now }
  },
  map: (topic, payload, context) =>
    TOPICS[topic]?.(topic, payload, context) ?? {
      events: [],
      products: [],
      ignored: `nothing follows from ${topic}`,
    },
}
