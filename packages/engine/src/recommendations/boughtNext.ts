import { DAY } from '../duration.ts'
import { likelihoodRatio } from './likelihoodRatio.ts'
import { customersOf, type Purchases } from './purchases.ts'
import { best, FEWEST_CUSTOMERS, type Recommended } from './recommended.ts'

/** What is bought later has little to do with the first order. */
const WINDOW = 180 * DAY
/** The lines of a first order and of the next that count. */
const MOST_LINES = 20

/** The products of the order at a place, and where the next begins. */
function orderAt({ orders, products }: Purchases, from: number, to: number) {
  let end = from
  while (end < to && orders[end] === orders[from]) end += 1
  return { products: products.subarray(from, Math.min(end, from + MOST_LINES)), end }
}

/**
 * What customers went on to: for each product of a first order what stood in the next one within 180 days, with how many
 * customers did so, out of those who have ordered again.
 */
export function* boughtNext(
  purchases: Purchases,
  excluded: (product: number) => boolean,
): Generator<{ product: number; items: Recommended[] }, void> {
  const pairs = new Map<number, Map<number, number>>()
  const began = new Map<number, number>()
  const followed = new Map<number, number>()
  let all = 0
  for (const [from, to] of customersOf(purchases)) {
    const first = orderAt(purchases, from, to)
    if (first.end === to) continue
    if ((purchases.times[first.end] ?? 0) - (purchases.times[from] ?? 0) > WINDOW) continue
    const next = orderAt(purchases, first.end, to)
    all += 1
    for (const product of next.products) followed.set(product, (followed.get(product) ?? 0) + 1)
    for (const product of first.products) {
      began.set(product, (began.get(product) ?? 0) + 1)
      const counts = pairs.get(product) ?? new Map<number, number>()
      for (const other of next.products) counts.set(other, (counts.get(other) ?? 0) + 1)
      pairs.set(product, counts)
    }
  }
  for (const product of [...pairs.keys()].toSorted((one, other) => one - other)) {
    const of = began.get(product) ?? 0
    const candidates: Recommended[] = []
    for (const [other, customers] of pairs.get(product) ?? []) {
      if (customers < FEWEST_CUSTOMERS || excluded(other)) continue
      const score = likelihoodRatio(customers, of, followed.get(other) ?? 0, all)
      if (score > 0) candidates.push({ product: other, customers, of, score })
    }
    if (candidates.length > 0) yield { product, items: best(candidates) }
  }
}
