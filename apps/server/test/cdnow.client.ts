import { Analytics } from '@segment/analytics-node'
import type { CdnowOrder } from './cdnow.data.ts'

export interface ShopClient {
  /** The messageIds of every event that the server has acknowledged so far. */
  acknowledged: ReadonlySet<string>
  analytics: Analytics
  /** Sends what waits and resolves when all of it is acknowledged. Rejects where the client gave something up. */
  flush(): Promise<void>
}

export interface ShopClientOptions {
  url: string
  key: string
  /** Events in a request. */
  flushAt?: number
}

/** The client of a shop's own server as anybody installs it, which tries again whatever was not acknowledged. */
export function createShopClient({ url, key, flushAt = 50 }: ShopClientOptions): ShopClient {
  const acknowledged = new Set<string>()
  const failures: unknown[] = []
  const analytics = new Analytics({ writeKey: key, host: url, flushAt, flushInterval: 50, maxRetries: 200 })
  analytics.on('error', (error) => failures.push(error.reason))
  analytics.on('http_response', ({ status, body }) => {
    if (status !== 200) return
    // What the client sent: read here, since its own callbacks come later than the answer.
    const { batch } = JSON.parse(body) as { batch: { messageId: string }[] }
    for (const { messageId } of batch) acknowledged.add(messageId)
  })
  return {
    acknowledged,
    analytics,
    flush: async () => {
      await analytics.flush({ timeout: 300_000 })
      if (failures.length > 0)
        throw new Error(`${failures.length} events were given up`, { cause: failures[0] })
    },
  }
}

export const messageIdOf = ({ row }: CdnowOrder) => `cdnow-message-${row}`

/** Tells of an order with its own time and id, as a shop does that sends its past. */
export function trackOrder({ analytics }: ShopClient, order: CdnowOrder): void {
  analytics.track({
    userId: order.userId,
    event: 'Order Completed',
    messageId: messageIdOf(order),
    timestamp: new Date(order.at),
    properties: { order_id: `cdnow-${order.row}`, total: order.cents / 100, currency: 'USD' },
  })
}
