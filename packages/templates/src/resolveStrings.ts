import { createEngine } from './createEngine.ts'
import { findStringKeys } from './findStringKeys.ts'
import { fallbackLocale } from './locale.ts'
import { parseLiquid } from './parseLiquid.ts'
import { TemplateError } from './templateError.ts'
import type { TemplateSource } from './templateSource.ts'

/** How the mails of a shop address people, where a language has two ways. */
export type Formality = 'informal' | 'formal'

/**
 * Each locale with all strings, the fallback's where its own is missing.
 * Throws `string-missing` if the fallback lacks a key that is used, and `liquid-invalid` if a string does not parse.
 */
export function resolveStrings(
  { name, mjml, strings, formal = {} }: TemplateSource,
  formality: Formality,
): ReadonlyMap<string, Readonly<Record<string, string>>> {
  const locales = Object.keys(strings)
  const fallback = fallbackLocale(locales)
  const always = ['subject', 'preheader'].map((key) => ({ key, line: undefined }))
  for (const { key, line } of [...always, ...findStringKeys(name, mjml)]) {
    if (Object.hasOwn(strings[fallback] ?? {}, key)) continue
    const place = { template: name, locale: fallback, key, line }
    throw new TemplateError('string-missing', place, `expected this string at least in "${fallback}"`)
  }

  // Parsed alone, so that an error names the string and an open `{% if %}` cannot reach into the mail.
  // This engine has no filter `t`: strings cannot refer to each other in a circle.
  const engine = createEngine({ escape: false })
  for (const [locale, texts] of [...Object.entries(strings), ...Object.entries(formal)])
    for (const [key, text] of Object.entries(texts))
      parseLiquid(engine, text, { template: name, locale, key, hasLines: true })

  const own = (locale: string) => ({ ...strings[locale], ...(formality === 'formal' ? formal[locale] : {}) })
  return new Map(locales.map((locale) => [locale, { ...own(fallback), ...own(locale) }]))
}
