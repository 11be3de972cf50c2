import { likelihoodRatio } from './likelihoodRatio.ts'
import { customersOf, type Purchases } from './purchases.ts'
import { best, FEWEST_CUSTOMERS, type Recommended } from './recommended.ts'

/** Of a customer who has bought more the last ones count: a reseller's thousand products go with nothing. */
const MOST_EACH = 60

/** Which rows each product has: one after the other in one array. */
function rowsByProduct({ products, productCount }: Purchases) {
  const starts = new Int32Array(productCount + 1)
  for (const product of products) starts[product + 1] = (starts[product + 1] ?? 0) + 1
  for (let product = 0; product < productCount; product += 1)
    starts[product + 1] = (starts[product + 1] ?? 0) + (starts[product] ?? 0)
  const rows = new Int32Array(products.length)
  const next = starts.slice()
  for (const [row, product] of products.entries()) {
    const place = next[product] ?? 0
    rows[place] = row
    next[product] = place + 1
  }
  return { starts, rows }
}

/**
 * What was bought by the same customers, in one order or in several: for each product the others that go with it more often
 * than by chance, with how many customers have bought both.
 *
 * @param excluded products that are never recommended, by their number
 */
export function* boughtTogether(
  purchases: Purchases,
  excluded: (product: number) => boolean,
): Generator<{ product: number; items: Recommended[] }, void> {
  const { products, productCount } = purchases
  const { starts, rows } = rowsByProduct(purchases)
  const from = new Int32Array(products.length)
  const to = new Int32Array(products.length)
  let all = 0
  for (const [start, end] of customersOf(purchases)) {
    from.fill(Math.max(start, end - MOST_EACH), start, end)
    to.fill(end, start, end)
    all += 1
  }
  const counts = new Int32Array(productCount)
  for (let product = 0; product < productCount; product += 1) {
    const [first = 0, last = 0] = [starts[product], starts[product + 1]]
    const buyers = last - first
    if (buyers < FEWEST_CUSTOMERS) continue
    const touched: number[] = []
    for (let place = first; place < last; place += 1) {
      const row = rows[place] ?? 0
      for (let beside = from[row] ?? 0; beside < (to[row] ?? 0); beside += 1) {
        const other = products[beside] ?? 0
        if (other === product) continue
        if (counts[other] === 0) touched.push(other)
        counts[other] = (counts[other] ?? 0) + 1
      }
    }
    const candidates: Recommended[] = []
    for (const other of touched) {
      const customers = counts[other] ?? 0
      counts[other] = 0
      if (customers < FEWEST_CUSTOMERS || excluded(other)) continue
      const buyersOfOther = (starts[other + 1] ?? 0) - (starts[other] ?? 0)
      const score = likelihoodRatio(customers, buyers, buyersOfOther, all)
      if (score > 0) candidates.push({ product: other, customers, of: buyers, score })
    }
    if (candidates.length > 0) yield { product, items: best(candidates) }
  }
}
