import { createEngine } from './createEngine.ts'
import { findStringKeys } from './findStringKeys.ts'
import { FALLBACK_LOCALE, LOCALES, perLocale } from './locale.ts'
import { parseLiquid } from './parseLiquid.ts'
import { TemplateError } from './templateError.ts'
import type { TemplateSource } from './templateSource.ts'

/**
 * Each locale with all strings, the fallback's where its own is missing.
 * Throws `string-missing` if the fallback lacks a key that is used, and `liquid-invalid` if a string does not parse.
 */
export function resolveStrings({ name, mjml, strings }: TemplateSource): TemplateSource['strings'] {
  const fallback = strings[FALLBACK_LOCALE]
  const always = ['subject', 'preheader'].map((key) => ({ key, line: undefined }))
  for (const { key, line } of [...always, ...findStringKeys(name, mjml)]) {
    if (Object.hasOwn(fallback, key)) continue
    const place = { template: name, locale: FALLBACK_LOCALE, key, line }
    throw new TemplateError('string-missing', place, `expected this string at least in "${FALLBACK_LOCALE}"`)
  }

  // Parsed alone, so that an error names the string and an open `{% if %}` cannot reach into the mail.
  // This engine has no filter `t`: strings cannot refer to each other in a circle.
  const engine = createEngine({ escape: false })
  for (const locale of LOCALES) {
    for (const [key, text] of Object.entries(strings[locale])) {
      parseLiquid(engine, text, { template: name, locale, key, hasLines: true })
    }
  }
  return perLocale((locale) => ({ ...fallback, ...strings[locale] }))
}
