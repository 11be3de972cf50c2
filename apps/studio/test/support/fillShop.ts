import type { ApiClient } from '../../../server/test/support/createApiClient.ts'

const DAY = 86_400_000

const NAMES = [
  ['Ana', 'García'],
  ['Bogdan', 'Ionescu'],
  ['Celia', 'Fuentes'],
  ['Dawid', 'Nowak'],
  ['Elena', 'Popa'],
  ['Filip', 'Zieliński'],
  ['Grace', 'Okafor'],
  ['Hugo', 'Martín'],
  ['Irina', 'Dumitru'],
  ['Jonas', 'Berg'],
  ['Katarzyna', 'Wiśniewska'],
  ['Liam', 'O’Connor'],
] as const

const PRODUCTS = [
  { id: 'huila', name: 'Huila, washed', price: 14.9 },
  { id: 'yirga', name: 'Yirgacheffe, natural', price: 17.5 },
  { id: 'house', name: 'House espresso, 1 kg', price: 32 },
  { id: 'filters', name: 'Paper filters, 100', price: 6.4 },
] as const

/** Numbers between 0 and 1 that are the same for the same seed (mulberry32, public domain). */
function createRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export interface FillOptions {
  api: ApiClient
  /** The end of the history, in epoch milliseconds. */
  now: number
  customers?: number
  seed?: number
}

/**
 * A shop with a history of a year: customers in every stage, with names, languages and addresses, orders, visits, carts,
 * refusals and consents. The same for the same seed.
 *
 * @returns the userIds, in order
 */
export async function fillShop({ api, now, customers = 60, seed = 7 }: FillOptions): Promise<string[]> {
  const random = createRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const batch: Record<string, unknown>[] = []
  let count = 0
  const say = (userId: string, at: number, event: Record<string, unknown>) => {
    count += 1
    batch.push({
      messageId: `fill-${seed}-${count}`,
      userId,
      timestamp: new Date(at).toISOString(),
      ...event,
    })
  }
  const users: string[] = []
  for (let place = 0; place < customers; place += 1) {
    const userId = `customer-${place + 1}`
    users.push(userId)
    const [firstName, lastName] = NAMES[place % NAMES.length] as (typeof NAMES)[number]
    const email = `${firstName}.${lastName}.${place}@example.com`
      .normalize('NFD')
      .toLowerCase()
      .replace(/[^a-z0-9.@]/g, '')
    const beganAt = now - (20 + Math.floor(random() * 340)) * DAY
    say(userId, beganAt, {
      type: 'identify',
      traits: {
        email,
        firstName,
        lastName,
        locale: pick(['en', 'es', 'pl', 'ro']),
        city: pick(['Madrid', 'Kraków', 'Cluj', 'Leeds']),
      },
    })
    if (random() < 0.8)
      say(userId, beganAt + 60_000, {
        type: 'track',
        event: 'Subscribed',
        properties: { email, topic: 'news', method: 'form', text: 'Send me news' },
      })
    let at = beganAt
    const orders = Math.floor(random() ** 2 * 9)
    for (let order = 0; order < orders; order += 1) {
      at += (3 + Math.floor(random() * 50)) * DAY
      if (at >= now) break
      const product = pick(PRODUCTS)
      const quantity = 1 + Math.floor(random() * 3)
      const line = { product_id: product.id, name: product.name, price: product.price, quantity }
      say(userId, at - 600_000, { type: 'track', event: 'Product Viewed', properties: line })
      say(userId, at, {
        type: 'track',
        event: 'Order Completed',
        properties: {
          order_id: `${userId}-${order + 1}`,
          total: Number((product.price * quantity).toFixed(2)),
          currency: 'EUR',
          products: [line],
        },
      })
    }
    if (random() < 0.1)
      say(userId, Math.min(now - DAY, at + DAY), {
        type: 'track',
        event: 'Unsubscribed',
        properties: { email },
      })
    if (random() < 0.3)
      say(userId, now - Math.floor(random() * 5) * DAY - 3_600_000, {
        type: 'page',
        name: 'Home',
        properties: { path: '/', title: 'Home' },
      })
  }
  const inOrder = batch.toSorted((one, other) =>
    String(one['timestamp']).localeCompare(String(other['timestamp'])),
  )
  for (let place = 0; place < inOrder.length; place += 100) await api.send(inOrder.slice(place, place + 100))
  return users
}
