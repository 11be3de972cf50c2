import { catalog } from './catalog.ts'
import { createSeededRandom } from './createSeededRandom.ts'
import { DEMO_HABITS, DEMO_PLACES, type DemoHabit } from './demoPeople.ts'
import { describeProduct } from './describeProduct.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const YEAR = 365 * DAY

/** One thing that a made-up customer has done, in the words of the Segment specification. */
export interface DemoEvent {
  messageId: string
  userId: string
  /** Epoch milliseconds. */
  at: number
  type: 'identify' | 'track' | 'page'
  name?: string
  properties: Record<string, unknown>
  traits: Record<string, unknown>
}

export interface DemoHistoryOptions {
  /** The end of the history, in epoch milliseconds. */
  now: number
  customers: number
  /** The same history for the same seed. */
  seed: number
  shopUrl: string
}

const plain = (name: string) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replace(/[^a-z]/g, '')

/**
 * A year of a shop with made-up customers, in the order in which it happened: they sign up, look, buy at their own pace,
 * leave carts behind, stay away, come back, and a few want no more mail. Nobody of them exists: their addresses are of a
 * domain that is reserved for examples (RFC 2606).
 */
export function demoHistory({ now, customers, seed, shopUrl }: DemoHistoryOptions): DemoEvent[] {
  const random = createSeededRandom(seed)
  const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)] as Item
  const between = (least: number, most: number) => least + random() * (most - least)
  const events: DemoEvent[] = []
  const tell = (userId: string, at: number, event: Partial<DemoEvent> & Pick<DemoEvent, 'type'>) => {
    if (at >= now) return
    const messageId = `demo-history-${seed}-${events.length}`
    events.push({ messageId, userId, at: Math.floor(at), properties: {}, traits: {}, ...event })
  }

  const habitOf = (): DemoHabit => {
    let rest = random()
    return (
      DEMO_HABITS.find(({ share }) => {
        rest -= share
        return rest < 0
      }) ?? (DEMO_HABITS[0] as DemoHabit)
    )
  }

  const order = (userId: string, number: number, at: number, pieces: number) => {
    const chosen = new Set(Array.from({ length: 1 + Math.floor(random() * 3) }, () => pick(catalog)))
    const products = [...chosen].map((product) =>
      describeProduct(product, 1 + Math.floor(random() * pieces), shopUrl),
    )
    const [first] = products
    tell(userId, at - between(3, 40) * MINUTE, {
      type: 'track',
      name: 'Product Viewed',
      properties: { ...first },
    })
    tell(userId, at - 2 * MINUTE, {
      type: 'track',
      name: 'Product Added',
      properties: { ...first, cart_id: `cart-${userId}-${number}` },
    })
    const cents = products.reduce((sum, { price, quantity }) => sum + Math.round(price * 100) * quantity, 0)
    tell(userId, at, {
      type: 'track',
      name: 'Order Completed',
      properties: {
        order_id: `${userId}-${number}`,
        cart_id: `cart-${userId}-${number}`,
        total: (cents / 100).toFixed(2),
        currency: 'EUR',
        products,
      },
    })
  }

  for (let place = 0; place < customers; place += 1) {
    const userId = `demo-${place + 1}`
    const habit = habitOf()
    const { locale, country, cities, first, last } = pick(DEMO_PLACES)
    const [firstName, lastName] = [pick(first), pick(last)]
    const email = `${plain(firstName)}.${plain(lastName)}.${place + 1}@example.com`
    let at = now - between(10 * DAY + habit.quiet * DAY, YEAR)
    const traits = { email, firstName, lastName, locale, address: { city: pick(cities), country } }
    tell(userId, at, { type: 'identify', traits })
    const isReader = random() < 0.78
    if (isReader)
      tell(userId, at + MINUTE, {
        type: 'track',
        name: 'Subscribed',
        properties: { email, topic: 'news', method: 'form', text: 'Yes, send me news of Cafetal' },
      })
    if (habit.gap !== null) {
      const end = now - habit.quiet * DAY
      at += between(0, 6) * DAY
      for (let number = 1; number <= habit.orders && at < end; number += 1) {
        order(userId, number, at, habit.pieces)
        at += habit.gap * DAY * between(0.6, 1.5)
      }
    }
    if (habit.quiet === 0 && random() < 0.45) {
      const visit = now - between(0.1, 25) * DAY
      tell(userId, visit, {
        type: 'page',
        name: 'Cafetal',
        properties: { url: shopUrl, path: '/', title: 'Cafetal' },
      })
      const product = describeProduct(pick(catalog), 1, shopUrl)
      tell(userId, visit + 2 * MINUTE, { type: 'track', name: 'Product Viewed', properties: { ...product } })
      if (random() < 0.25)
        tell(userId, visit + 5 * MINUTE, {
          type: 'track',
          name: 'Product Added',
          properties: { ...product, cart_id: `cart-${userId}-left` },
        })
    }
    if (isReader && random() < 0.07)
      tell(userId, now - between(1, 90) * DAY, { type: 'track', name: 'Unsubscribed', properties: { email } })
  }
  return events.toSorted((one, other) => one.at - other.at)
}
