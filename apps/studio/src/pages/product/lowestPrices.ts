import type { ProductDetail } from '../products/productQueries.ts'

const DAYS = 30 * 86_400_000

/** The lowest price of the last 30 days in each currency, and the day on which it was told. */
export function lowestPrices(
  history: ProductDetail['history'],
  now: number,
): ReadonlyMap<string, { price: number; at: string }> {
  const lowest = new Map<string, { price: number; at: string }>()
  for (const { currency, at, price } of history) {
    if (Date.parse(at) <= now - DAYS) continue
    const known = lowest.get(currency)
    if (!known || price < known.price) lowest.set(currency, { price, at })
  }
  return lowest
}
