import { DIRECTIONS, type Locale } from './locale.ts'

/** Puts `{{ locale }}` and `{{ direction }}` in as text: each locale has its own parsed document anyway. */
export function inlineLocale(document: string, locale: Locale): string {
  return document.replaceAll('{{ locale }}', locale).replaceAll('{{ direction }}', DIRECTIONS[locale])
}
