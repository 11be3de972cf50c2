import { sortPurchases, type Purchases } from '@ciclo/engine'
import { seededRandom } from '../../apps/server/test/crash.random.ts'

const DAY = 86_400_000

/** Products of one topic, such as all for coffee: who buys one of them buys others. */
const TOPIC = 100
/** Of all lines those that anybody buys, whatever they like otherwise. */
const COMMON = 0.15
const DAYS = 365

export interface Generated {
  /** As they came: rows in no order. */
  rows: Purchases
  customerCount: number
  start: number
  end: number
}

/** A number from 0 to `count`, small ones more often: the density falls as 1/x. */
const zipf = (random: () => number, count: number) => Math.floor(count ** random()) - 1

/**
 * A shop's purchases with the structure that shops have: some products sell far more than others, and customers have one
 * to three topics that they keep to, and come back to. Seeded: the same each time.
 */
export function generatePurchases(productCount: number, lines: number, seed = 10): Generated {
  const random = seededRandom(seed)
  const topics = Math.floor(productCount / TOPIC)
  const customers = new Int32Array(lines)
  const products = new Int32Array(lines)
  const orders = new Int32Array(lines)
  const times = new Float64Array(lines)
  const start = Date.UTC(2025, 0, 1)
  let [line, customer, order] = [0, 0, 0]
  while (line < lines) {
    const likes = Array.from({ length: 1 + Math.floor(random() * 3) }, () => zipf(random, topics))
    let at = start + random() * DAYS * DAY
    const many = 1 + Math.floor(random() ** 2 * 6)
    for (let placed = 0; placed < many && at < start + DAYS * DAY && line < lines; placed += 1) {
      const topic = likes[Math.floor(random() * likes.length)] ?? 0
      const wanted = 1 + Math.floor(random() * 4)
      for (let piece = 0; piece < wanted && line < lines; piece += 1) {
        customers[line] = customer
        orders[line] = order
        times[line] = at
        products[line] = random() < COMMON ? zipf(random, productCount) : topic * TOPIC + zipf(random, TOPIC)
        line += 1
      }
      order += 1
      at += (5 + random() * 70) * DAY
    }
    customer += 1
  }
  return {
    rows: { customers, products, orders, times, productCount },
    customerCount: customer,
    start,
    end: start + DAYS * DAY,
  }
}

/** The rows before a time, sorted; and those after it, by their customer. */
export function splitAt({ rows }: Generated, at: number) {
  const places = [...rows.customers.keys()]
  const pick = (kept: readonly number[]): Purchases =>
    sortPurchases({
      customers: Int32Array.from(kept, (place) => rows.customers[place] ?? 0),
      products: Int32Array.from(kept, (place) => rows.products[place] ?? 0),
      orders: Int32Array.from(kept, (place) => rows.orders[place] ?? 0),
      times: Float64Array.from(kept, (place) => rows.times[place] ?? 0),
      productCount: rows.productCount,
    })
  return {
    before: pick(places.filter((place) => (rows.times[place] ?? 0) < at)),
    after: pick(places.filter((place) => (rows.times[place] ?? 0) >= at)),
  }
}
