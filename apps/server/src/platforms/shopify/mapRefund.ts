import type { MapContext, Mapped, PlatformEvent } from '../platform.ts'
import { readPayload, sumAmounts } from '../readFields.ts'
import { whoOf } from '../whoOf.ts'
import { ShopifyRefundSchema, type ShopifyRefund } from './shopifyOrder.ts'

/**
 * What was given back, as far as the money is on its way: a refund may say first that it is pending. Its id names the
 * amount, so that the amount that is told last counts; nothing is told of one that only puts goods back on the shelf.
 */
export function refundEvents(
  refund: ShopifyRefund,
  orderId: string,
  who: Pick<PlatformEvent, 'userId' | 'anonymousId' | 'traits'>,
  currency: string,
): PlatformEvent[] {
  const given = refund.transactions.filter(
    ({ kind, status }) => kind === 'refund' && (status === 'success' || status === 'pending'),
  )
  const total = sumAmounts(
    given.map(({ amount }) => amount),
    currency,
  )
  if (total <= 0) return []
  return [
    {
      ...who,
      id: `shopify/refund/${refund.id}/${total}`,
      at: refund.processed_at ?? refund.created_at,
      type: 'track',
      name: 'Order Refunded',
      properties: { order_id: orderId, refund_id: refund.id, total, currency },
    },
  ]
}

/** `refunds/create`: it names its order and no customer. */
export function mapRefund(topic: string, payload: unknown, context: MapContext): Mapped {
  const refund = readPayload(ShopifyRefundSchema, topic, payload)
  const { order_id: orderId } = refund
  if (!orderId) return { events: [], products: [], ignored: 'it names no order' }
  const events = refundEvents(refund, orderId, whoOf({ orderId }, context), context.currency)
  return events.length > 0
    ? { events, products: [] }
    : { events, products: [], ignored: 'no money is given back' }
}
