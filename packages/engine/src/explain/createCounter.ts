import type { SentenceLocale } from './sentenceLocale.ts'

/** The plural forms that whole numbers take in each language (CLDR). */
interface PluralForms {
  en: Record<'one' | 'other', string>
  es: Record<'one' | 'other', string>
  pl: Record<'one' | 'few' | 'many', string>
  ro: Record<'one' | 'few' | 'other', string>
}

/** What is said of nothing at all, where that needs words of its own. */
type Forms<Locale extends SentenceLocale> = PluralForms[Locale] & { zero?: string }

/**
 * Makes functions from a whole number to a pattern with the number in place of `#`, in the plural form that it takes in
 * the language.
 */
export function createCounter<Locale extends SentenceLocale>(locale: Locale) {
  const rules = new Intl.PluralRules(locale)
  const numbers = new Intl.NumberFormat(locale)
  return (forms: Forms<Locale>) => {
    const byCategory: Partial<Record<string, string>> = { ...forms }
    // Spanish has a form of its own for whole millions: of the things counted here, the usual plural will do.
    const usual = byCategory['other'] ?? byCategory['many'] ?? ''
    return (count: number): string => {
      const form = count === 0 ? byCategory['zero'] : undefined
      return (form ?? byCategory[rules.select(count)] ?? usual).replaceAll('#', numbers.format(count))
    }
  }
}
