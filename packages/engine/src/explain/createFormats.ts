import { decimalsOf } from '../money.ts'

/** Beyond, there are no dates (ECMA-262, time values). */
const LATEST = 8_640_000_000_000_000

/** How dates and money are written in a language, as seen from a time zone at an instant. */
export interface Formats {
  /** A day, with its year where that is not the current one; undefined for what is no instant. */
  date: (at: number | null | undefined) => string | undefined
  /** Minor units; undefined where amount or currency is not known. */
  money: (minor: number | undefined, currency: unknown) => string | undefined
  number: (value: number) => string
}

/**
 * @param tag the language, BCP 47
 * @param timeZone IANA: that of the shop
 * @param now epoch milliseconds
 */
export function createFormats(tag: string, timeZone: string, now: number): Formats {
  const yearOf = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })
  const day = new Intl.DateTimeFormat(tag, { timeZone, day: 'numeric', month: 'long' })
  const dayOfYear = new Intl.DateTimeFormat(tag, { timeZone, day: 'numeric', month: 'long', year: 'numeric' })
  const number = new Intl.NumberFormat(tag)
  const thisYear = yearOf.format(now)
  return {
    date: (at) => {
      if (typeof at !== 'number' || !(Math.abs(at) <= LATEST)) return undefined
      return (yearOf.format(at) === thisYear ? day : dayOfYear).format(at)
    },
    money: (minor, currency) => {
      if (minor === undefined || typeof currency !== 'string' || !/^[A-Z]{3}$/.test(currency))
        return undefined
      const decimals = decimalsOf(currency)
      const style = {
        style: 'currency',
        currency,
        minimumFractionDigits: decimals,
        maximumFractionDigits: decimals,
      } as const
      return new Intl.NumberFormat(tag, style).format(minor / 10 ** decimals)
    },
    number: (value) => number.format(value),
  }
}
