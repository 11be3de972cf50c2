/** The languages every shipped e-mail is written in. `en` is the one the others fall back to. */
export const LOCALES = ['en', 'es', 'pl', 'ro'] as const

export type Locale = (typeof LOCALES)[number]

/** A value for each locale. */
export function perLocale<Value>(make: (locale: Locale) => Value): Record<Locale, Value> {
  return { en: make('en'), es: make('es'), pl: make('pl'), ro: make('ro') }
}

export const FALLBACK_LOCALE: Locale = 'en'

/** The value of HTML's `dir` per locale: a new right-to-left language cannot be added without deciding this. */
export const DIRECTIONS: Record<Locale, 'ltr' | 'rtl'> = { en: 'ltr', es: 'ltr', pl: 'ltr', ro: 'ltr' }
