import { z } from 'zod'
import type { MapContext, Mapped, PlatformEvent } from '../platform.ts'
import { idField, readPayload, stated, textField, timeField } from '../readFields.ts'
import { whoOf } from '../whoOf.ts'
import { ShopifyFulfillmentSchema, type ShopifyFulfillment } from './shopifyOrder.ts'

type Who = Pick<PlatformEvent, 'userId' | 'anonymousId' | 'traits'>

const DELIVERED = 'delivered'
const READY = 'ready_for_pickup'

const told = (
  id: string,
  state: string,
  at: number,
  name: string,
  who: Who,
  properties: Record<string, unknown>,
): PlatformEvent => ({
  ...who,
  id: `shopify/fulfillment/${id}/${state}`,
  at,
  type: 'track',
  name,
  properties,
})

/** What becomes of a parcel that leaves: a fulfilment that failed or was called off has sent none. */
export function fulfillmentEvents(parcel: ShopifyFulfillment, orderId: string, who: Who): PlatformEvent[] {
  if (parcel.status !== 'success') return []
  const about = { order_id: orderId, parcel_id: parcel.id }
  const at = parcel.updated_at ?? parcel.created_at
  const events = [
    told(parcel.id, 'shipped', parcel.created_at, 'Order Shipped', who, {
      ...about,
      ...stated({
        carrier: parcel.tracking_company,
        tracking_number: parcel.tracking_number,
        tracking_url: parcel.tracking_url,
      }),
    }),
  ]
  if (parcel.shipment_status === READY)
    events.push(told(parcel.id, 'ready', at, 'Order Ready for Pickup', who, about))
  if (parcel.shipment_status === DELIVERED)
    events.push(told(parcel.id, DELIVERED, at, 'Order Delivered', who, about))
  return events
}

/** `fulfillments/create`, `fulfillments/update`. */
export function mapFulfillment(topic: string, payload: unknown, context: MapContext): Mapped {
  const parcel = readPayload(ShopifyFulfillmentSchema, topic, payload)
  const { order_id: orderId, email } = parcel
  if (!orderId) return { events: [], products: [], ignored: 'it names no order' }
  const events = fulfillmentEvents(parcel, orderId, whoOf({ orderId, email }, context))
  return events.length > 0
    ? { events, products: [] }
    : { events, products: [], ignored: 'no parcel has left' }
}

/** https://shopify.dev/docs/api/admin-rest/latest/resources/fulfillmentevent */
const FulfillmentEventSchema = z.object({
  fulfillment_id: idField,
  order_id: idField,
  status: textField,
  happened_at: timeField,
})

/** `fulfillment_events/create`: what the carrier has said. */
export function mapFulfillmentEvent(topic: string, payload: unknown, context: MapContext): Mapped {
  const {
    fulfillment_id: id,
    order_id: orderId,
    status,
    happened_at: at,
  } = readPayload(FulfillmentEventSchema, topic, payload)
  const who = whoOf({ orderId }, context)
  const about = { order_id: orderId, parcel_id: id }
  if (status === DELIVERED)
    return { events: [told(id, DELIVERED, at, 'Order Delivered', who, about)], products: [] }
  if (status === READY)
    return { events: [told(id, 'ready', at, 'Order Ready for Pickup', who, about)], products: [] }
  return { events: [], products: [], ignored: `the parcel is ${status ?? 'somewhere'}` }
}
