import { currencyOf, toMinorUnits } from '@ciclo/engine'
import { readAmount } from '../../imports/readAmount.ts'

export type FeedPrice = { currency: string; price: number } | { problem: string }

/**
 * A price such as `12.00 EUR` or `EUR 12,00`, in minor units. What may mean two amounts is refused.
 *
 * @param fallback ISO 4217: of a price that names none
 */
export function readFeedPrice(field: string, text: string, fallback: string | undefined): FeedPrice {
  const refused = (expected: string) => ({
    problem: `${field}: given ${JSON.stringify(text.slice(0, 60))}, expected ${expected}`,
  })
  const [, before, digits, behind] = /^([A-Za-z]{3})?\s*([-\d.,]+)\s*([A-Za-z]{3})?$/.exec(text.trim()) ?? []
  if (digits === undefined || (before && behind)) return refused('a price such as 12.00 EUR')
  const currency = currencyOf(before ?? behind ?? fallback)
  if (currency === undefined) return refused('a price with its currency, such as 12.00 EUR')
  const amount = readAmount(digits, currency)
  if (!amount.ok) return refused(amount.expected)
  const price = toMinorUnits(amount.amount, currency)
  return price === undefined ? refused('a price such as 12.00 EUR') : { currency, price }
}
