import { randomUUID } from 'node:crypto'

/** One event, as clients send it. */
export interface ShopEvent {
  messageId: string
  type: string
  [property: string]: unknown
}

const EVENTS_PER_VISIT = 10

const product = {
  product_id: 'coffee-042',
  sku: 'COF-042-250',
  name: 'Finca La Aurora, whole beans, 250 g',
  category: 'Coffee/Filter',
  brand: 'Cafetal',
  variant: 'Whole beans',
  price: 14.9,
  quantity: 1,
  currency: 'EUR',
}

/** What a visitor does, event by event: two pages of three are only looked at, and every tenth visitor buys. */
function deedOf(visitor: number, place: number): Pick<ShopEvent, 'type'> & Record<string, unknown> {
  const page = {
    type: 'page',
    name: 'Product',
    properties: { path: '/products/la-aurora', title: product.name },
  }
  if (place === 2 || place === 4) return { type: 'track', event: 'Product Viewed', properties: product }
  if (place === 5)
    return { type: 'track', event: 'Product Added', properties: { cart_id: `c-${visitor}`, ...product } }
  if (place === 7 && visitor % 5 === 0) {
    return { type: 'identify', traits: { email: `visitor.${randomUUID()}@example.com`, firstName: 'Ana' } }
  }
  if (place === 9 && visitor % 10 === 0) {
    const order = {
      order_id: randomUUID(),
      total: 29.8,
      currency: 'EUR',
      products: [{ ...product, quantity: 2 }],
    }
    return { type: 'track', event: 'Order Completed', properties: order }
  }
  return page
}

/**
 * What `browsers` at once send to a shop: the event at `i` is from the browser `i % browsers`. After ten events another
 * visitor sits there, so that one event in ten makes a customer, unless `anonymousIdOf` names visitors who are known.
 * About 900 bytes of JSON each.
 */
export function shopEvents(
  count: number,
  browsers: number,
  anonymousIdOf?: (visitor: number) => string,
): ShopEvent[] {
  const run = randomUUID()
  const now = Date.now()
  return Array.from({ length: count }, (_, i) => {
    const turn = Math.floor(i / browsers)
    const visitor = Math.floor(turn / EVENTS_PER_VISIT) * browsers + (i % browsers)
    // One after the other, and none in the future.
    const timestamp = new Date(now - 60_000 + turn).toISOString()
    return {
      messageId: `ajs-next-${now - 60_000 + turn}-${randomUUID()}`,
      anonymousId: anonymousIdOf?.(visitor) ?? `${run}-${visitor}`,
      timestamp,
      ...deedOf(visitor, turn % EVENTS_PER_VISIT),
      context: {
        locale: 'es-ES',
        timezone: 'Europe/Madrid',
        userAgent:
          'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
        library: { name: 'ciclo.js', version: '0.1.0' },
        page: {
          path: '/products/la-aurora',
          referrer: 'https://shop.test/',
          search: '?utm_source=newsletter',
          title: 'Finca La Aurora',
          url: 'https://shop.test/products/la-aurora?utm_source=newsletter',
        },
        campaign: { source: 'newsletter', medium: 'email' },
      },
    }
  })
}
