import { describe, expect, it } from 'vitest'
import { useSqlite } from '../support/useSqlite.ts'
import { useBrowser } from './pages.browser.ts'
import { lookAtPages } from './pages.look.ts'
import { useLinks } from './useLinks.ts'

const links = useLinks(useSqlite())
const browser = useBrowser(() => links.world.test)
const { mail, set } = links

describe('the pages that mails lead to', () => {
  it('can be read and used by everybody, on a phone and a desk, light and dark', async () => {
    const found = await lookAtPages(links, browser, [
      { width: 390, scheme: 'light', locales: ['pl'], formality: 'informal' },
      { width: 1_280, scheme: 'dark', locales: ['en'], formality: 'informal' },
    ])
    expect(found).toEqual([])
  }, 60_000)

  it('look like the shop, and need nothing that their policy refuses', async () => {
    await set({
      brand: {
        colours: { accent: '#b3261e', onAccent: '#ffffff', background: '#1b0f0e' },
        fonts: { heading: 'sans', body: 'serif' },
        radius: 24,
      },
    })
    const link = await mail('m1', { topic: 'news' })
    const context = await browser.world.browser.newContext()
    const page = await context.newPage()
    const problems: string[] = []
    page.on('console', (message) => problems.push(message.text()))
    await page.goto(browser.world.url + link('preferences'))
    const styleOf = async (selector: string, property: string) =>
      await page.evaluate<string>(
        `getComputedStyle(document.querySelector('${selector}')).getPropertyValue('${property}')`,
      )
    expect(await styleOf('button', 'background-color')).toBe('rgb(179, 38, 30)')
    expect(await styleOf('body', 'background-color')).toBe('rgb(27, 15, 14)')
    expect(await styleOf('.masthead', 'color')).toBe('rgb(255, 255, 255)')
    expect(await styleOf('body', 'font-family')).toContain('Georgia')
    await page.getByRole('checkbox', { name: 'Offers' }).click()
    await page.getByRole('button', { name: 'Save' }).click()
    await page.getByRole('status').waitFor()
    expect(await page.getByRole('checkbox', { name: 'Offers' }).isChecked()).toBe(false)
    expect(problems).toEqual([])
    await context.close()
  }, 30_000)
})
