/** The languages every shipped e-mail is written in. A shop's own templates may be in any other, too. */
export const LOCALES = ['en', 'es', 'pl', 'ro'] as const

export type Locale = (typeof LOCALES)[number]

/** A value for each language of the shipped e-mails. */
export function perLocale<Value>(make: (locale: Locale) => Value): Record<Locale, Value> {
  return { en: make('en'), es: make('es'), pl: make('pl'), ro: make('ro') }
}

/** The language the others of a template fall back to: English, or where a template has none its first by name. */
export function fallbackLocale(locales: readonly string[]): string {
  return locales.includes('en') ? 'en' : (locales.toSorted()[0] ?? 'en')
}

/**
 * The language of a template that somebody gets.
 *
 * @param wished BCP 47 tags, the best first: `['pt-BR', 'es']`. Only their language is looked at.
 */
export function chooseLocale(locales: readonly string[], wished: readonly string[]): string {
  for (const tag of wished) {
    const language = tag.split(/[-_]/, 1)[0]?.toLowerCase() ?? ''
    if (locales.includes(language)) return language
  }
  return fallbackLocale(locales)
}

/** Languages that are written from right to left (Unicode CLDR, their default scripts). */
const RIGHT_TO_LEFT = new Set(['ar', 'ckb', 'dv', 'fa', 'he', 'ps', 'sd', 'ug', 'ur', 'yi'])

/** The value of HTML's `dir`. */
export const directionOf = (locale: string): 'ltr' | 'rtl' => (RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr')
