import { DAY } from '../duration.ts'
import { customersOf, type Purchases } from './purchases.ts'
import { best, FEWEST_CUSTOMERS, type Recommended } from './recommended.ts'

/** After so long a purchase counts half: what is bought now is what is popular. */
const HALF_LIFE = 30 * DAY

/**
 * What is bought most, of late: overall, and within each category. Each customer counts once for a product.
 *
 * @param at the time by which a purchase is old
 * @param categoryOf of a product by its number; undefined where nobody has said
 */
export function popular(
  purchases: Purchases,
  at: number,
  categoryOf: (product: number) => string | undefined,
  excluded: (product: number) => boolean,
): { category: string | null; items: Recommended[] }[] {
  const { products, times, productCount } = purchases
  const customers = new Int32Array(productCount)
  const scores = new Float64Array(productCount)
  for (const [row, product] of products.entries()) {
    const age = Math.max(0, at - (times[row] ?? 0))
    customers[product] = (customers[product] ?? 0) + 1
    scores[product] = (scores[product] ?? 0) + 0.5 ** (age / HALF_LIFE)
  }
  const of = [...customersOf(purchases)].length
  const groups = new Map<string | null, Recommended[]>([[null, []]])
  for (let product = 0; product < productCount; product += 1) {
    const many = customers[product] ?? 0
    if (many < FEWEST_CUSTOMERS || excluded(product)) continue
    const one = { product, customers: many, of, score: scores[product] ?? 0 }
    groups.get(null)?.push(one)
    const category = categoryOf(product)
    if (category === undefined) continue
    const group = groups.get(category)
    if (group) group.push(one)
    else groups.set(category, [one])
  }
  return [...groups].flatMap(([category, items]) =>
    items.length > 0 ? [{ category, items: best(items) }] : [],
  )
}
