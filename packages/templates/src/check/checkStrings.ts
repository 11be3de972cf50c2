import { findStringKeys } from '../findStringKeys.ts'
import { fallbackLocale } from '../locale.ts'
import type { TemplateSource } from '../templateSource.ts'
import type { TemplateProblem } from './templateProblem.ts'

/** Strings that are shown and not there, and those that are there and not shown. */
export function checkStrings(
  { name, mjml, strings, formal = {} }: TemplateSource,
  locales: readonly string[],
): TemplateProblem[] {
  const fallback = fallbackLocale(Object.keys(strings))
  const uses = new Map<string, number | undefined>([
    ['subject', undefined],
    ['preheader', undefined],
  ])
  for (const { key, line } of findStringKeys(name, mjml)) if (!uses.has(key)) uses.set(key, line)
  const problems: TemplateProblem[] = []
  for (const locale of new Set([...Object.keys(strings), ...locales])) {
    const texts = strings[locale]
    if (texts === undefined) {
      const message = `there are no strings in ${locale}: its customers get ${fallback}; expected ${locale}.json`
      problems.push({ severity: 'warning', code: 'missing-string', locale, place: {}, message })
      continue
    }
    for (const [key, line] of uses) {
      if (Object.hasOwn(texts, key)) continue
      const isFallback = locale === fallback
      problems.push({
        severity: isFallback ? 'error' : 'warning',
        code: 'missing-string',
        locale,
        place: { key, ...(line === undefined ? {} : { line }) },
        message: isFallback
          ? `the string "${key}" is missing; expected it at least in ${fallback}`
          : `the string "${key}" is missing in ${locale}: its customers read it in ${fallback}`,
      })
    }
  }
  for (const [locale, texts] of [...Object.entries(strings), ...Object.entries(formal)])
    for (const key of Object.keys(texts))
      if (!uses.has(key))
        problems.push({
          severity: 'warning',
          code: 'unused-string',
          locale,
          place: { key },
          message: `the template does not show the string "${key}"; expected {{ '${key}' | t }} in it`,
        })
  return problems
}
