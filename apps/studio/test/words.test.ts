import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { STUDIO_LOCALES } from '../src/words/studioLocale.ts'

const folder = new URL('../src/words/', import.meta.url)
const NAMESPACES = readdirSync(new URL('en/', folder))
/** Beside `other`, which forms a language has (CLDR): a word that counts has each of them. */
const FORMS: Record<string, readonly string[]> = {
  en: ['one'],
  es: ['one', 'many'],
  pl: ['one', 'few', 'many'],
  ro: ['one', 'few'],
}

/** Every word by its place, and the names that are put into it. */
function wordsIn(value: unknown, place = ''): [place: string, text: string][] {
  if (typeof value === 'string') return [[place, value]]
  return Object.entries(value as Record<string, unknown>).flatMap(([name, inner]) =>
    wordsIn(inner, place === '' ? name : `${place}.${name}`),
  )
}

const read = (locale: string, namespace: string) =>
  new Map(wordsIn(JSON.parse(readFileSync(new URL(`${locale}/${namespace}`, folder), 'utf8'))))
const withoutForm = (place: string) => place.replace(/_(zero|one|two|few|many|other)$/, '')
const namesIn = (text: string) =>
  Array.from(text.matchAll(/\{\{\s*(\w+)/g), ([, name = '']) => name).toSorted((one, other) =>
    one.localeCompare(other),
  )

it.each(
  Object.keys(STUDIO_LOCALES).flatMap((locale) =>
    NAMESPACES.map((namespace) => [locale, namespace] as const),
  ),
)('In %s nothing is missing in %s', (locale, namespace) => {
  const english = read('en', namespace)
  const words = read(locale, namespace)
  const counted = [...english.keys()].filter((place) => place.endsWith('_other'))
  const expected = new Set([
    ...[...english.keys()].filter((place) => place === withoutForm(place)),
    ...counted,
    ...counted.flatMap((place) => (FORMS[locale] ?? []).map((form) => `${withoutForm(place)}_${form}`)),
  ])
  expect([...words.keys()].toSorted()).toEqual([...expected].toSorted())
  for (const [place, text] of words) {
    expect(text.trim(), place).not.toBe('')
    const original = english.get(place) ?? english.get(`${withoutForm(place)}_other`) ?? ''
    // "One customer" may do without the number.
    const names = namesIn(original).filter((name) => name !== 'count')
    expect(
      namesIn(text).filter((name) => name !== 'count'),
      place,
    ).toEqual(names)
  }
})
