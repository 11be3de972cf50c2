import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session/useSession.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

type Instant = string | number

export interface Formats {
  number: (value: number) => string
  /** A share of 1. */
  percent: (share: number, digits?: number) => string
  /** Integer minor units of a currency: 2997 EUR is €29.97. */
  money: (minorUnits: number, currency: string) => string
  date: (at: Instant) => string
  dateTime: (at: Instant) => string
  /** `3 days ago`, `in 2 hours`. */
  relative: (at: Instant, now?: number) => string
}

function createFormats(locale: string, timeZone: string): Formats {
  const whole = new Intl.NumberFormat(locale)
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  const currencies = new Map<string, Intl.NumberFormat>()
  const inCurrency = (currency: string) => {
    const known = currencies.get(currency) ?? new Intl.NumberFormat(locale, { style: 'currency', currency })
    currencies.set(currency, known)
    return known
  }
  return {
    number: (value) => whole.format(value),
    percent: (share, digits = 0) =>
      new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }).format(share),
    money: (minorUnits, currency) => {
      const format = inCurrency(currency)
      return format.format(minorUnits / 10 ** (format.resolvedOptions().maximumFractionDigits ?? 2))
    },
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    relative: (at, now = Date.now()) => {
      const difference = new Date(at).getTime() - now
      const size = Math.abs(difference)
      if (size < HOUR) return relative.format(Math.round(difference / MINUTE), 'minute')
      if (size < 2 * DAY) return relative.format(Math.round(difference / HOUR), 'hour')
      if (size < 60 * DAY) return relative.format(Math.round(difference / DAY), 'day')
      return relative.format(Math.round(difference / (30 * DAY)), 'month')
    },
  }
}

/** Numbers, money and times as the reader's language writes them, in the shop's time zone. */
export function useFormats(): Formats {
  const { i18n } = useTranslation()
  const { timeZone } = useSession().workspace
  return useMemo(() => createFormats(i18n.language, timeZone), [i18n.language, timeZone])
}
