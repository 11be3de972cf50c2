import { decimalsOf } from '@ciclo/engine'

export type ReadAmount = { ok: true; amount: string } | { ok: false; expected: string }

const refused = (expected: string): ReadAmount => ({ ok: false, expected })

const hasThreeDecimals = (currency: string | undefined) =>
  currency !== undefined && decimalsOf(currency.toUpperCase()) === 3

/**
 * An order's total as a decimal with a dot. A comma is taken for a decimal one where it can be nothing else: alone,
 * with one or two digits behind it, since groups of thousands have three. What may mean two amounts is refused, for a
 * wrong guess would be off by a factor of a thousand.
 *
 * @param currency ISO 4217, where it is known: 1.234 is an amount in KWD, and a riddle in USD
 */
export function readAmount(text: string, currency: string | undefined): ReadAmount {
  if (/^\d{1,12}(\.\d{1,10})?$/.test(text)) {
    return /^[1-9]\d{0,2}\.\d{3}$/.test(text) && !hasThreeDecimals(currency)
      ? refused('an amount of which it is clear whether the dot is a decimal one (1234 or 1.23)')
      : { ok: true, amount: text }
  }
  if (/^\.\d{1,10}$/.test(text)) return { ok: true, amount: `0${text}` }
  if (/^\d{1,12},\d{1,2}$/.test(text)) return { ok: true, amount: text.replace(',', '.') }
  if (/^\d[\d.,]*$/.test(text)) {
    return refused('an amount without separators of thousands, of at most 12 digits, such as 1234.56')
  }
  if (/^-\s*[\d.,]+$/.test(text)) return refused('zero or more: a refund is not an order')
  return refused('a decimal such as 1234.56')
}
