import type { Delivery } from './delivery.ts'
import { TRANSITION } from './subscription.ts'
import { typeOf } from './wordsForSubscribers.ts'

/** An invented customer and event in the form in which real ones are told, so that a receiver can be tried out. */
export function sampleDelivery(id: string, event: string, now: number): Delivery {
  const timestamp = new Date(now).toISOString()
  const happened =
    event === TRANSITION
      ? { transition: { region: 'stage', from: 'active', to: 'atRisk', at: timestamp, cause: null } }
      : {
          event: {
            messageId: id,
            type: 'track',
            name: event,
            timestamp,
            source: 'secret',
            properties: { test: true, order_id: 'test-1', total: 29.97, currency: 'EUR' },
            traits: {},
          },
        }
  const customer = {
    id: 'test',
    email: 'ann@example.com',
    userId: 'test-1',
    lifecycle: {
      stage: 'atRisk',
      value: 'standard',
      engagement: 'warm',
      permission: 'subscribed',
      advocacy: 'none',
    },
  }
  const body = { type: typeOf(event), timestamp, data: { test: true, ...happened, customer } }
  return { id, customerId: 'test', event, body, isSample: true }
}
