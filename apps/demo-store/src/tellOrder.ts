import { describeCart } from './describeCart.ts'
import type { Order } from './readOrder.ts'

export interface BackEnd {
  /** Ciclo's address, without a slash at its end. */
  cicloUrl: () => string
  /** The workspace's secret key, which no page ever knows. */
  secretKey: string
}

/**
 * Tells Ciclo of an order from the shop's own server, as shops do: what a browser says of orders is shown in no mail.
 * It names the address and not the browser, since anybody may type anybody's address. Rejects where it was not taken.
 */
export async function tellOrder(
  { cicloUrl, secretKey }: BackEnd,
  orderId: string,
  { name, email, cartId, lines }: Order,
  shopUrl: string,
): Promise<void> {
  const [firstName, ...others] = name.split(/\s+/)
  const lastName = others.join(' ')
  const batch = [
    { type: 'identify', traits: { email, firstName, ...(lastName !== '' && { lastName }) } },
    {
      type: 'track',
      event: 'Order Completed',
      properties: { order_id: orderId, email, ...describeCart(lines, cartId, shopUrl) },
    },
  ]
  const response = await fetch(`${cicloUrl()}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ batch }),
  })
  if (!response.ok) throw new Error(`The order ${orderId} was not taken: ${await response.text()}`)
}
