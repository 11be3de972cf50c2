import type { EditableSource } from './editableSource.ts'

const LOOKUP = /\{\{\s*(?:'([^']*)'|"([^"]*)")\s*\|\s*t\s*\}\}/g

/** The keys of the strings that a piece of MJML shows, each once, in their order. */
export function keysIn(mjml: string): string[] {
  return [...new Set([...mjml.matchAll(LOOKUP)].map(([, single, double]) => single ?? double ?? ''))]
}

/** Shows strings by other keys. */
export function renameKeys(mjml: string, names: ReadonlyMap<string, string>): string {
  return mjml.replace(LOOKUP, (whole, single?: string, double?: string) => {
    const name = names.get(single ?? double ?? '')
    return name === undefined ? whole : `{{ '${name}' | t }}`
  })
}

/** `base`, or with a number behind it that no string of the template has. */
export function freeKey({ mjml, strings, formal = {} }: EditableSource, base: string): string {
  const taken = new Set([
    'subject',
    'preheader',
    ...keysIn(mjml),
    ...[...Object.values(strings), ...Object.values(formal)].flatMap((texts) => Object.keys(texts)),
  ])
  const stem = base.replace(/\d+$/, '').slice(0, 90)
  let key = base
  for (let number = 2; taken.has(key); number += 1) key = `${stem}${number}`
  return key
}

type PerLocale = EditableSource['strings']

/** The strings with others put in, per language. */
export function withStrings<Source extends EditableSource>(source: Source, added: PerLocale): Source {
  const strings = { ...source.strings }
  for (const [locale, texts] of Object.entries(added)) strings[locale] = { ...strings[locale], ...texts }
  return { ...source, strings }
}

/** Changes what one string says in one language. */
export const editText = <Source extends EditableSource>(
  source: Source,
  key: string,
  locale: string,
  text: string,
): Source => withStrings(source, { [locale]: { [key]: text } })

/** Another MJML, and no longer the strings that only the one before showed. */
export function withMjml<Source extends EditableSource>(source: Source, mjml: string): Source {
  const left = new Set(['subject', 'preheader', ...keysIn(mjml)])
  const gone = new Set(keysIn(source.mjml).filter((key) => !left.has(key)))
  if (gone.size === 0) return { ...source, mjml }
  const without = (locales: PerLocale): PerLocale =>
    Object.fromEntries(
      Object.entries(locales).map(([locale, texts]) => [
        locale,
        Object.fromEntries(Object.entries(texts).filter(([key]) => !gone.has(key))),
      ]),
    )
  return {
    ...source,
    mjml,
    strings: without(source.strings),
    ...(source.formal && { formal: without(source.formal) }),
  }
}

/** The language that customers of all others get where a string is missing. */
export const fallbackOf = ({ strings }: EditableSource): string =>
  Object.hasOwn(strings, 'en') ? 'en' : (Object.keys(strings).toSorted()[0] ?? 'en')
