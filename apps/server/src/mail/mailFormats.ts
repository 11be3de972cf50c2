import { decimalsOf, fromMinorUnits } from '@ciclo/engine'
import type { Locale } from '@ciclo/templates'

/** How numbers, money and times are written in one mail. */
export interface MailFormats {
  number(value: number): string
  /** Decimals as ISO 4217 has them: `Intl` leaves them out for currencies that people write without. */
  money(amount: number, currency: string): string
  minorUnits(amount: number, currency: string): string
  /** A point in time as a day and a time of day, by the shop's clock. */
  instant(at: number): string
  /** `2026-12-01` as the day that it names, a time as its day by the shop's clock; else undefined. */
  day(value: string | number): string | undefined
}

const DAY = /^\d{4}-\d\d-\d\d$/
/** With its zone: a time without one would be another on every machine. */
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)$/i

/** The customer's own country may write dates in another way: `en-GB` for a mail in `en`, where `Intl` knows it. */
function formattingLocale(language: Locale, wished: string): string {
  const tag = wished.replaceAll('_', '-')
  try {
    return new Intl.Locale(tag).language === language ? tag : language
  } catch {
    return language
  }
}

/**
 * @param language the language of the mail
 * @param wished the customer's locale, of which the language was taken
 * @param timeZone IANA
 */
export function createMailFormats(language: Locale, wished: string, timeZone: string): MailFormats {
  const locale = formattingLocale(language, wished)
  const date = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, options).format(at)
  const money = (amount: number, currency: string) => {
    const decimals = decimalsOf(currency)
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits }).format(amount)
  }
  return {
    number: (value) => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }).format(value),
    money,
    minorUnits: (amount, currency) => money(fromMinorUnits(amount, currency), currency),
    instant: (at) => date(at, { dateStyle: 'long', timeStyle: 'short', timeZone }),
    day: (value) => {
      const isDay = typeof value === 'string' && DAY.test(value)
      if (typeof value === 'string' && !isDay && !INSTANT.test(value)) return undefined
      const at = typeof value === 'number' ? value : Date.parse(value)
      // Dates end 8.64e15 milliseconds after 1970.
      if (!(Math.abs(at) <= 8.64e15)) return undefined
      return date(at, { dateStyle: 'long', timeZone: isDay ? 'UTC' : timeZone })
    },
  }
}
