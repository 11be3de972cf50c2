import type { TemplateValue } from '../../templates/templateQueries.ts'

const LOOKUP = /\{\{\s*(?:'([^']*)'|"([^"]*)")\s*\|\s*t\s*\}\}/g
/** Every mail has them, whether its MJML shows them or not. */
const ALWAYS = ['subject', 'preheader'] as const

export interface StringKey {
  key: string
  isUsed: boolean
}

/** The texts of a template in the order in which its mail shows them, and behind them those that it does not show. */
export function stringKeys({ mjml, strings, formal = {} }: TemplateValue): StringKey[] {
  const used = new Set<string>(ALWAYS)
  for (const [, single, double] of mjml.matchAll(LOOKUP)) used.add(single ?? double ?? '')
  const written = [...Object.values(strings), ...Object.values(formal)].flatMap((texts) => Object.keys(texts))
  return [
    ...[...used].map((key) => ({ key, isUsed: true })),
    ...[...new Set(written)].filter((key) => !used.has(key)).map((key) => ({ key, isUsed: false })),
  ]
}

/** The language whose texts stand where another has none: English, else the first by its name. */
export const fallbackOf = ({ strings }: Pick<TemplateValue, 'strings'>): string =>
  'en' in strings ? 'en' : (Object.keys(strings).toSorted()[0] ?? 'en')

/** The texts of one language, or of its formal variant. */
export interface StringColumn {
  locale: string
  isFormal: boolean
}

export const textOf = (value: TemplateValue, { locale, isFormal }: StringColumn, key: string) =>
  (isFormal ? value.formal : value.strings)?.[locale]?.[key]

/** Writes one text; an empty one is none, and another stands in its place. */
export function withText(
  value: TemplateValue,
  { locale, isFormal }: StringColumn,
  key: string,
  text: string,
): TemplateValue {
  const kind = isFormal ? 'formal' : 'strings'
  const { [key]: _before, ...others } = value[kind]?.[locale] ?? {}
  const known = value[kind]?.[locale] ?? {}
  // What is changed keeps its place.
  const texts = text === '' ? others : { ...known, [key]: text }
  const all: TemplateValue['strings'] = { ...value[kind], [locale]: texts }
  if (!isFormal) return { ...value, strings: all }
  const formal = Object.fromEntries(Object.entries(all).filter(([, inner]) => Object.keys(inner).length > 0))
  if (Object.keys(formal).length > 0) return { ...value, formal }
  const { formal: _none, ...rest } = value
  return rest
}

/** The template without a text in all of its languages. */
export const withoutKey = (value: TemplateValue, key: string): TemplateValue =>
  Object.keys(value.strings).reduce(
    (rest, locale) =>
      withText(withText(rest, { locale, isFormal: true }, key, ''), { locale, isFormal: false }, key, ''),
    value,
  )

/** The template without a language. */
export function withoutLocale(value: TemplateValue, locale: string): TemplateValue {
  const { [locale]: _texts, ...strings } = value.strings
  const { [locale]: _formal, ...formal } = value.formal ?? {}
  const { formal: _all, ...rest } = value
  return { ...rest, strings, ...(Object.keys(formal).length > 0 ? { formal } : {}) }
}
