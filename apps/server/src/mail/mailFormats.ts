import { decimalsOf, fromMinorUnits } from '@ciclo/engine'

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
function formattingLocale(language: string, wished: string): string {
  const tag = wished.replaceAll('_', '-')
  try {
    return new Intl.Locale(tag).language === language ? tag : language
  } catch {
    return language
  }
}

/** Making one of `Intl` takes longer than rendering a whole mail: each is made once, where it is needed. */
function remember<Made>(make: (key: string) => Made): (key: string) => Made {
  const made = new Map<string, Made>()
  return (key) => {
    const known = made.get(key) ?? make(key)
    made.set(key, known)
    return known
  }
}

/**
 * @param language the language of the mail
 * @param wished the customer's locale, of which the language was taken
 * @param timeZone IANA
 */
function createMailFormats(language: string, wished: string, timeZone: string): MailFormats {
  const locale = formattingLocale(language, wished)
  const numbers = remember(() => new Intl.NumberFormat(locale, { maximumFractionDigits: 6 }))
  const amounts = remember((currency) => {
    const decimals = decimalsOf(currency)
    const digits = { minimumFractionDigits: decimals, maximumFractionDigits: decimals }
    return new Intl.NumberFormat(locale, { style: 'currency', currency, ...digits })
  })
  const days = remember((zone) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: zone }))
  const instants = remember(
    (zone) => new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short', timeZone: zone }),
  )
  const money = (amount: number, currency: string) => amounts(currency).format(amount)
  return {
    number: (value) => numbers('').format(value),
    money,
    minorUnits: (amount, currency) => money(fromMinorUnits(amount, currency), currency),
    instant: (at) => instants(timeZone).format(at),
    day: (value) => {
      const isDay = typeof value === 'string' && DAY.test(value)
      if (typeof value === 'string' && !isDay && !INSTANT.test(value)) return undefined
      const at = typeof value === 'number' ? value : Date.parse(value)
      // Dates end 8.64e15 milliseconds after 1970.
      if (!(Math.abs(at) <= 8.64e15)) return undefined
      return days(isDay ? 'UTC' : timeZone).format(at)
    },
  }
}

/** Shops write to a few locales; who sends others on purpose must not fill the memory. */
const FORMATS = 100

/** `createMailFormats` that makes each once. */
export function createFormatsCache(): typeof createMailFormats {
  const known = new Map<string, MailFormats>()
  return (language, wished, timeZone) => {
    const key = `${language} ${wished} ${timeZone}`
    const made = known.get(key)
    if (made) return made
    if (known.size >= FORMATS) known.clear()
    const formats = createMailFormats(language, wished, timeZone)
    known.set(key, formats)
    return formats
  }
}
