import { directionOf } from './locale.ts'

/** The words for the sides of a line, by the direction in which it is read. */
const SIDES = { ltr: { start: 'left', end: 'right' }, rtl: { start: 'right', end: 'left' } } as const

/** What a template sees of the language that it is in. */
export function localeData(locale: string) {
  const direction = directionOf(locale)
  return { locale, direction, ...SIDES[direction] }
}

/**
 * Puts `{{ locale }}`, `{{ direction }}`, `{{ start }}` and `{{ end }}` in as text: each locale has its own parsed
 * document anyway.
 */
export function inlineLocale(document: string, locale: string): string {
  return Object.entries(localeData(locale)).reduce(
    (text, [name, value]) => text.replaceAll(`{{ ${name} }}`, value),
    document,
  )
}
