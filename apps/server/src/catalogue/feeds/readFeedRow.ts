import type { CataloguePrice } from '@ciclo/engine'
import { readFeedPrice } from './readFeedPrice.ts'

type Fields = ReadonlyMap<string, readonly string[]>

/** What one row says of what it costs and whether it can be bought; stock is undefined where it says nothing. */
export interface ReadFeedRow {
  prices: CataloguePrice[] | undefined
  stock: number | null | undefined
}

const BUYABLE = new Set([
  'in_stock',
  'available',
  'available_for_order',
  'preorder',
  'pre_order',
  'backorder',
])
const GONE = new Set(['out_of_stock', 'sold_out', 'discontinued'])

/** Google writes the zone without its colon, which no parser of dates promises to read. */
const instantOf = (text: string) => Date.parse(text.trim().replace(/([+-]\d{2})(\d{2})$/, '$1:$2'))

/** `2026-02-24T11:07+0100 / 2026-02-29T23:07+0100`; undefined where it is no such interval. */
function isWithin(interval: string, at: number): boolean | undefined {
  const [from = Number.NaN, until = Number.NaN] = interval.split('/').map(instantOf)
  return Number.isNaN(from) || Number.isNaN(until) ? undefined : at >= from && at <= until
}

function readStock(fields: Fields): number | null | undefined | { problem: string } {
  const [word] = fields.get('availability') ?? []
  const [text] = fields.get('quantity') ?? []
  const quantity = text === undefined ? undefined : Number(text)
  if (quantity !== undefined && !(Number.isInteger(quantity) && quantity >= 0))
    return { problem: `quantity: given ${JSON.stringify(text)}, expected a whole number from 0` }
  if (word === undefined) return quantity
  const plain = word.toLowerCase().replaceAll(/[\s-]+/g, '_')
  if (GONE.has(plain)) return 0
  if (BUYABLE.has(plain)) return quantity === undefined || quantity === 0 ? null : quantity
  return {
    problem: `availability: given ${JSON.stringify(word.slice(0, 60))}, expected in_stock, out_of_stock, preorder or backorder`,
  }
}

function readPrices(
  fields: Fields,
  at: number,
  currency: string | undefined,
): CataloguePrice[] | undefined | { problem: string } {
  const fallback = fields.get('currency')?.[0] ?? currency
  const read = (field: string) => {
    const [text] = fields.get(field) ?? []
    return text === undefined ? undefined : readFeedPrice(field, text, fallback)
  }
  const [price, sale, previous] = [read('price'), read('sale_price'), read('previous_price')]
  for (const one of [price, sale, previous]) if (one && 'problem' in one) return one
  if (!price || 'problem' in price) return undefined
  const [interval] = fields.get('sale_price_effective_date') ?? []
  const isNow = interval === undefined ? true : isWithin(interval, at)
  if (isNow === undefined)
    return {
      problem: `sale_price_effective_date: given ${JSON.stringify(interval?.slice(0, 80))}, expected two times with a / between them`,
    }
  const [now, before] =
    sale && !('problem' in sale) && isNow
      ? [sale, price]
      : [price, previous && !('problem' in previous) ? previous : undefined]
  if (before && before.currency !== now.currency)
    return { problem: `price: given in ${before.currency} and in ${now.currency}, expected one currency` }
  return [{ ...now, previous: before && before.price > now.price ? before.price : null }]
}

/**
 * What a row costs and has in stock, or why that cannot be said.
 *
 * @param at whether a reduced price holds already, or still: epoch milliseconds
 * @param currency ISO 4217: of prices that name none
 */
export function readFeedRow(
  fields: Fields,
  at: number,
  currency: string | undefined,
): ReadFeedRow | { problem: string } {
  const prices = readPrices(fields, at, currency)
  if (prices && 'problem' in prices) return prices
  const stock = readStock(fields)
  if (stock !== null && typeof stock === 'object') return stock
  return { prices, stock }
}
