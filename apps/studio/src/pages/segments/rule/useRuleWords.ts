import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormats } from '../../../formats/useFormats.ts'
import { useSession } from '../../../session/useSession.ts'
import { durationText } from './durations.ts'
import { describeLeaf, type RuleWords } from './describeLeaf.ts'
import type { Leaf } from './isShowable.ts'

/** The sentences of rules in the reader's language. */
export function useRuleWords(): { describe: (leaf: Leaf) => string; words: RuleWords } {
  const { t, i18n } = useTranslation(['segments', 'states'])
  const formats = useFormats()
  const { currency } = useSession().workspace
  const locale = i18n.language
  return useMemo(() => {
    const either = new Intl.ListFormat(locale, { type: 'disjunction' })
    const languages = new Intl.DisplayNames(locale, { type: 'language' })
    const countries = new Intl.DisplayNames(locale, { type: 'region' })
    const figure = new Intl.NumberFormat(locale, { maximumFractionDigits: 20 })
    const words: RuleWords = {
      t,
      number: (value) => figure.format(value),
      percent: (share) => formats.percent(share),
      money: (minorUnits, inCurrency) => moneyOr(formats.money, minorUnits, inCurrency ?? currency),
      duration: (milliseconds) => durationText(milliseconds, locale),
      either: (texts) => either.format(texts),
      language: (code) => named(languages, code),
      country: (code) => named(countries, code),
    }
    return { words, describe: (leaf) => describeLeaf(leaf, words) }
  }, [t, locale, formats, currency])
}

/** What is no code of a language or country yet, while it is typed or because it was saved so, stays as it is. */
function named(names: Intl.DisplayNames, code: string): string {
  try {
    return names.of(code) ?? code
  } catch {
    return code
  }
}

function moneyOr(
  money: (value: number, currency: string) => string,
  value: number,
  currency: string | null,
): string {
  try {
    return money(value, currency ?? 'EUR')
  } catch {
    return `${value} ${currency ?? ''}`.trim()
  }
}
