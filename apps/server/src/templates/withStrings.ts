import type { TemplateSource } from '@ciclo/templates'

type Strings = TemplateSource['strings']

const without = (texts: Readonly<Record<string, string>>, keys: Readonly<Record<string, string>>) =>
  Object.fromEntries(Object.entries(texts).filter(([key]) => !Object.hasOwn(keys, key)))

/** By the objects: what words a mail otherwise is the same from mail to mail, and so is what comes of it. */
const known = new WeakMap<TemplateSource, WeakMap<Strings, TemplateSource>>()

/**
 * A template with some of its strings in other words, in the languages that it has: formal and informal alike. A mail
 * with one string in a language that all others are not in would be nobody's.
 */
export function withStrings(source: TemplateSource, strings: Strings): TemplateSource {
  const made = known.get(source)?.get(strings)
  if (made) return made
  const { formal } = source
  const worded: TemplateSource = {
    ...source,
    strings: Object.fromEntries(
      Object.entries(source.strings).map(([locale, texts]) => [locale, { ...texts, ...strings[locale] }]),
    ),
    ...(formal
      ? {
          formal: Object.fromEntries(
            Object.entries(formal).map(([locale, texts]) => [locale, without(texts, strings[locale] ?? {})]),
          ),
        }
      : {}),
  }
  const ofSource = known.get(source) ?? new WeakMap<Strings, TemplateSource>()
  known.set(source, ofSource.set(strings, worded))
  return worded
}
