import { expect, test } from 'vitest'
import { compileTemplate, loadShippedTemplates, renderTemplate } from '../../src/index.ts'
import { storyData } from './storyData.ts'

const SIDES =
  /text-align:(?:left|right)|direction:\w+|align="(?:left|right)"|(?:padding|margin|border)-(?:left|right):(?!\s*0)[^;"]*/g
const MIRRORED: Record<string, string> = { left: 'right', right: 'left', ltr: 'rtl', rtl: 'ltr' }

const isBalanced = (style: string, styles: readonly string[]) => {
  const mirrored = style.replace(/left|right/g, (side) => MIRRORED[side] ?? side)
  return styles.includes(mirrored)
}

/** The sides that the body of a mail names, in their order; its style sheet treats both alike. */
const sidesOf = (html: string) => html.slice(html.indexOf('<body')).match(SIDES) ?? []

const sheetOf = (html: string) => html.slice(0, html.indexOf('<body')).match(SIDES) ?? []

test('a mail in a language that is written from right to left is its mirror', async () => {
  const sources = await loadShippedTemplates()
  for (const name of [
    'order-confirmation',
    'order-shipped',
    'cross-sell',
    'points-summary',
    'why-you-left',
    'welcome',
  ]) {
    const source = sources.find((one) => one.name === name) ?? expect.fail(`${name} is not shipped`)
    const { en } = source.strings
    const compiled = await compileTemplate({ ...source, strings: { en, ar: en } })
    const render = (locale: string) =>
      renderTemplate(compiled, { locale, data: storyData(name, 'en', 'marketing'), link: (url) => url }).html
    const [left, right] = [render('en'), render('ar')]
    expect(right).toContain('<html lang="ar" dir="rtl"')
    const mirrored = sidesOf(left).map((style) =>
      style.replace(/left|right|ltr|rtl/g, (side) => MIRRORED[side] ?? side),
    )
    expect(mirrored.length).toBeGreaterThan(10)
    expect(sidesOf(right), name).toEqual(mirrored)
    const sheet = sheetOf(right)
    expect(sheet.filter((style) => !isBalanced(style, sheet))).toEqual([])
  }
})
