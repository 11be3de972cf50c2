import type { Message } from '@ciclo/engine'
import type { TemplateData } from '@ciclo/templates'
import type { MailFormats } from './mailFormats.ts'

/** Amounts, as docs/events.md names them: decimals of the event's currency. */
const AMOUNTS: ReadonlySet<string> = new Set([
  'total',
  'revenue',
  'price',
  'previous_price',
  'lowest_price_30d',
  'subtotal',
  'shipping',
  'tax',
  'discount',
])

const isWebAddress = (value: unknown) =>
  typeof value === 'string' && /^https?:\/\/[^\s"'<>]+$/i.test(value) && URL.canParse(value)

/** `12.5` or `'12.50'`; `'1.234,50'` could mean two amounts, and is none. */
export function decimalOf(value: string | number | boolean): number | undefined {
  if (typeof value === 'string' && !/^\s*-?\d+(\.\d+)?\s*$/.test(value)) return undefined
  const amount = typeof value === 'boolean' ? Number.NaN : Number(value)
  return Number.isFinite(amount) ? amount : undefined
}

type Scalar = string | number | boolean

/**
 * What the shop's server has said, as a mail can show it: amounts and days (`..._at`) are written in its language, and
 * what is called an address (`..._url`) is one of the web or left out, as is an amount that cannot be read.
 *
 * @param currency of the event's amounts where it names none itself
 */
export function eventWords(
  event: NonNullable<Message['data']['event']>,
  formats: MailFormats,
  currency: string,
): NonNullable<TemplateData['event']> {
  const stated = event['currency']
  const unit = typeof stated === 'string' && /^[a-z]{3}$/i.test(stated) ? stated.toUpperCase() : currency
  const wordOf = (name: string, value: Scalar): Scalar | undefined => {
    if (name.endsWith('url')) return isWebAddress(value) ? value : undefined
    if (name.endsWith('_at')) return typeof value === 'boolean' ? undefined : (formats.day(value) ?? value)
    if (!AMOUNTS.has(name)) return value
    const amount = decimalOf(value)
    return amount === undefined ? undefined : formats.money(amount, unit)
  }
  const words = Object.entries(event).flatMap(([name, value]): [string, Scalar][] => {
    const word = wordOf(name, value)
    return word === undefined ? [] : [[name, word]]
  })
  const { previous_price: previous, ...others } = Object.fromEntries(words)
  // What it cost before is shown only with the lowest price of the 30 days before (Directive 98/6/EC, art. 6a).
  const isReduced = previous !== undefined && others['lowest_price_30d'] !== undefined
  return isReduced ? { ...others, previous_price: previous } : others
}
