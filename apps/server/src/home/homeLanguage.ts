import { decimalsOf, DAY, HOUR, type SentenceLanguage } from '@ciclo/engine'
import type { Money } from '../store/queries/stageFigures.ts'
import type { HomeWords } from './homeWords.ts'
import { homeWordsEn } from './homeWordsEn.ts'
import { homeWordsEs } from './homeWordsEs.ts'
import { homeWordsPl } from './homeWordsPl.ts'
import { homeWordsRo } from './homeWordsRo.ts'

const WORDS: Readonly<Record<SentenceLanguage['language'], HomeWords>> = {
  en: homeWordsEn,
  es: homeWordsEs,
  pl: homeWordsPl,
  ro: homeWordsRo,
}

/** A language's words, and how it writes amounts, names and lengths of time. */
export interface HomeLanguage {
  words: HomeWords
  tag: string
  number: (value: number) => string
  /** `€9,400`, of several currencies `€9,400 + $20`, the largest first; null where there is none. */
  money: (money: Money) => string | null
  names: (names: readonly string[]) => string
  /** `3 hours`, `2 days`: whole ones, one at the least. */
  span: (milliseconds: number) => string
  ago: (milliseconds: number) => string
  day: (at: number, timeZone: string) => string
}

/** Nobody reads the cents of a large sum. */
const SMALL_SUM = 100

const whole = (milliseconds: number, unit: number) => Math.max(1, Math.floor(milliseconds / unit))

export function homeLanguage({ language, tag }: SentenceLanguage): HomeLanguage {
  const words = WORDS[language]
  const number = new Intl.NumberFormat(tag)
  const list = new Intl.ListFormat(tag, { type: 'conjunction' })
  const amount = (minor: number, currency: string) => {
    const decimals = decimalsOf(currency)
    const sum = minor / 10 ** decimals
    const digits = Math.abs(sum) >= SMALL_SUM ? 0 : decimals
    return new Intl.NumberFormat(tag, {
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
    }).format(sum)
  }
  return {
    words,
    tag,
    number: (value) => number.format(value),
    money: (money) => {
      const sums = Object.entries(money)
        .filter(([, minor]) => minor !== 0)
        .toSorted(([, one], [, other]) => other - one)
      return sums.length === 0 ? null : sums.map(([currency, minor]) => amount(minor, currency)).join(' + ')
    },
    names: (names) => list.format(names),
    span: (milliseconds) =>
      milliseconds >= 2 * DAY ? words.days(whole(milliseconds, DAY)) : words.hours(whole(milliseconds, HOUR)),
    ago: (milliseconds) =>
      milliseconds >= 2 * DAY
        ? words.daysAgo(whole(milliseconds, DAY))
        : words.hoursAgo(whole(milliseconds, HOUR)),
    day: (at, timeZone) =>
      new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long', timeZone }).format(at),
  }
}
