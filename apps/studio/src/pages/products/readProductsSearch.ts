/** As the server has them. */
export const STOCK_LEVELS = ['in', 'low', 'out'] as const
export type StockLevel = (typeof STOCK_LEVELS)[number]

/** What the list's address says: which products are shown. */
export interface ProductsSearch {
  text?: string
  stock?: StockLevel
}

export function readProductsSearch(given: Record<string, unknown>): ProductsSearch {
  // The router reads what looks like a number as one.
  const text = typeof given['text'] === 'number' ? String(given['text']) : given['text']
  const stock = STOCK_LEVELS.find((level) => level === given['stock'])
  return {
    ...(typeof text === 'string' && text.trim() !== '' ? { text: text.slice(0, 200) } : {}),
    ...(stock ? { stock } : {}),
  }
}
