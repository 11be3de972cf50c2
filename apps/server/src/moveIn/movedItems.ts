import { OWN_ID_PREFIX, REFUNDED_IN_ALL, type EventInput } from '@ciclo/engine'
import type { MovedOrder } from '../imports/formats/importFormat.ts'
import { importItems } from '../importOrders.ts'
import type { IngestItem } from '../ingest/ingestItem.ts'

/**
 * The events of an order from a file, under the ids that `import orders` gives: the same order is one, whichever file
 * tells it. What became of it is told when the file says so, else just after the order.
 */
export function orderItems(workspaceId: string, order: MovedOrder, receivedAt: number): IngestItem[] {
  const { orderId, at, products, discount, coupon, cancelledAt, refunded, currency } = order
  const items = importItems(workspaceId, [order], receivedAt)
  const [first] = items
  if (!first || first.input.kind !== 'event') return items
  const { event } = first.input
  event.properties = {
    ...event.properties,
    ...(products.length === 0 ? {} : { products }),
    ...(discount === undefined ? {} : { discount }),
    ...(coupon === undefined ? {} : { coupon }),
  }
  const { userId, traits } = event
  const after = (what: string, when: number, name: string, properties: Record<string, unknown>) => {
    const input: EventInput = {
      kind: 'event',
      id: `${OWN_ID_PREFIX}import/order/${orderId}/${what}`,
      at: Math.min(Math.max(when, at), receivedAt),
      receivedAt,
      source: 'import',
      event: {
        type: 'track',
        name,
        ...(userId === undefined ? {} : { userId }),
        properties: { order_id: orderId, ...properties },
        traits,
        context: {},
      },
    }
    items.push({ workspaceId, input })
  }
  if (refunded !== undefined)
    after('refunded', at + 1, 'Order Refunded', {
      refund_id: REFUNDED_IN_ALL,
      total: refunded,
      ...(currency === undefined ? {} : { currency }),
    })
  if (cancelledAt !== undefined) after('cancelled', cancelledAt, 'Order Cancelled', {})
  return items
}
