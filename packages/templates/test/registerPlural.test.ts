import { describe, expect, test } from 'vitest'
import { compileTemplate, renderTemplate, TemplateError, type Locale } from '../src/index.ts'
import { minimalSource } from './minimalSource.ts'
import { sampleData, sampleRequest } from './sampleData.ts'

const FORMS = {
  en: "one: '# point', other: '# points'",
  es: "one: '# punto', other: '# puntos'",
  pl: "one: '# punkt', few: '# punkty', other: '# punktów'",
  ro: "one: '# punct', few: '# puncte', other: '# de puncte'",
}

async function write(balance: string | number, locale: Locale, forms = FORMS[locale]): Promise<string> {
  const body = `<mj-text>[{{ event.balance | plural: ${forms} }}]</mj-text>`
  const data = sampleData({ event: { balance } })
  const { text } = renderTemplate(
    await compileTemplate(minimalSource({ body })),
    sampleRequest({ locale, data }),
  )
  return /\[(.*)\]/.exec(text)?.[1] ?? text
}

describe('the filter plural', () => {
  test.each<[Locale, number | string, string]>([
    ['en', 1, '1 point'],
    ['en', 0, '0 points'],
    ['en', 12_345, '12,345 points'],
    ['es', 1, '1 punto'],
    ['es', 1_000_000, '1.000.000 puntos'],
    ['pl', 1, '1 punkt'],
    ['pl', 2, '2 punkty'],
    ['pl', 5, '5 punktów'],
    ['pl', 12, '12 punktów'],
    ['pl', 22, '22 punkty'],
    ['pl', 101, '101 punktów'],
    ['ro', 1, '1 punct'],
    ['ro', 0, '0 puncte'],
    ['ro', 19, '19 puncte'],
    ['ro', 20, '20 de puncte'],
    ['ro', 101, '101 puncte'],
    ['ro', '120', '120 de puncte'],
  ])('in %s writes %s as %s', async (locale, balance, expected) => {
    expect(await write(balance, locale)).toBe(expected)
  })

  test('leaves what is no number as it is, also where it looks like a replacement', async () => {
    expect(await write("a few $& $'", 'pl')).toBe("a few $&amp; $'".replace('&amp;', '&') + ' punktów')
  })

  test('takes `other` where the form of a language is not given', async () => {
    expect(await write(2, 'pl', "other: '#'")).toBe('2')
  })

  test('that is misspelt does not compile', async () => {
    await expect(
      compileTemplate(minimalSource({ body: '<mj-text>{{ 1 | plurl }}</mj-text>' })),
    ).rejects.toThrow(TemplateError)
  })
})
