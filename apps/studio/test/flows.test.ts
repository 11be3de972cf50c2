import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Page } from 'playwright-core'
import { settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 20 })
})
afterAll(() => studio.stop())

/** What has the focus, by its tag and words. */
const focused = (page: Page) =>
  page.evaluate<string>(
    "`${document.activeElement.tagName.toLowerCase()}: ${(document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent).trim().slice(0, 60)}`",
  )
const userMenu = (page: Page) => page.getByRole('button', { name: 'Demo' })

describe('With the keyboard alone', () => {
  it('the first Tab offers to skip the menu, and leads to the heading', async () => {
    const page = await studio.open('/customers')
    await settled(page)
    await page.keyboard.press('Tab')
    expect(await focused(page)).toBe('a: Skip to the content')
    const box = await page.getByRole('link', { name: 'Skip to the content' }).boundingBox()
    expect(box?.y).toBeGreaterThanOrEqual(0)
    await page.keyboard.press('Enter')
    expect(await focused(page)).toBe('h1: Customers')
    await page.close()
  })

  it('one goes to another page and begins at its heading, in a tab that is named for it', async () => {
    const page = await studio.open('/')
    await settled(page)
    for (const name of ['Customers', 'Segments', 'Messages', 'Set-up guide']) {
      const link = page.getByRole('navigation').getByRole('link', { name, exact: true })
      await link.focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name }).waitFor()
      await expect.poll(() => focused(page)).toBe(`h1: ${name}`)
      expect(await page.title()).toBe(`${name} · Ciclo`)
      expect(await link.getAttribute('aria-current')).toBe('page')
    }
    await page.close()
  })

  it('one opens a customer from the list, and comes back', async () => {
    const page = await studio.open('/customers')
    await settled(page)
    const link = page.locator('main a[href^="/customers/"]').first()
    await link.focus()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/customers/0*')
    await settled(page)
    await expect.poll(() => focused(page)).toMatch(/^h1: /)
    await page.goBack()
    await page.getByRole('heading', { level: 1, name: 'Customers' }).waitFor()
    await page.close()
  })

  it('everything that has the focus can be seen to have it', async () => {
    const page = await studio.open('/guide')
    await settled(page)
    const unseen: string[] = []
    for (let count = 0; count < 30; count += 1) {
      await page.keyboard.press('Tab')
      const isSeen = await page.evaluate<boolean>(`(() => {
        const looks = (element) => {
          const { outlineStyle, outlineWidth, boxShadow, borderColor, backgroundColor } = getComputedStyle(element)
          return { ring: (outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none', borderColor, backgroundColor }
        }
        const element = document.activeElement
        if (element === document.body) return true
        const now = looks(element)
        if (now.ring) return true
        element.blur()
        const then = looks(element)
        element.focus()
        return now.borderColor !== then.borderColor || now.backgroundColor !== then.backgroundColor
      })()`)
      if (!isSeen) unseen.push(await focused(page))
    }
    expect(unseen).toEqual([])
    await page.close()
  })

  it('the menu of the person opens, is walked through by arrows, and gives the focus back', async () => {
    const page = await studio.open('/')
    await settled(page)
    await userMenu(page).focus()
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('button: Your account')
    await page.keyboard.press('ArrowDown')
    expect(await focused(page)).toBe('button: Light')
    await page.keyboard.press('End')
    expect(await focused(page)).toBe('button: Română')
    await page.keyboard.press('Escape')
    await page.getByRole('menu').waitFor({ state: 'hidden' })
    expect(await focused(page)).toMatch(/^button: .*Demo/)
    await page.keyboard.press('Enter')
    await expect.poll(() => focused(page)).toBe('button: Your account')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/account')
    await page.close()
  })
})

describe('On a phone', () => {
  it('the menu opens, keeps the focus, closes by Escape and gives it back', async () => {
    const page = await studio.open('/', { width: 390 })
    await settled(page)
    const burger = page.getByRole('button', { name: 'Menu' })
    const link = page.getByRole('link', { name: 'Segments', exact: true })
    // Out of sight it is out of reach.
    for (let count = 0; count < 6; count += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate<boolean>("document.activeElement.closest('nav') === null")).toBe(true)
    }
    await burger.click()
    expect(await burger.getAttribute('aria-expanded')).toBe('true')
    await expect
      .poll(() => page.evaluate<boolean>("document.activeElement.closest('nav') !== null"))
      .toBe(true)
    for (let count = 0; count < 12; count += 1) {
      await page.keyboard.press('Tab')
      expect(await page.evaluate<boolean>("document.activeElement.closest('main') === null")).toBe(true)
    }
    await page.keyboard.press('Escape')
    expect(await burger.getAttribute('aria-expanded')).toBe('false')
    expect(await focused(page)).toBe('button: Menu')
    await burger.click()
    await link.click()
    await page.waitForURL('**/segments')
    expect(await burger.getAttribute('aria-expanded')).toBe('false')
    await expect.poll(() => focused(page)).toBe('h1: Segments')
    await page.close()
  })
})

describe('What somebody has chosen', () => {
  it('turns all words to another language at once, and stays', async () => {
    const page = await studio.open('/guide', { isNew: true })
    await settled(page)
    await userMenu(page).click()
    await page.getByRole('menuitemradio', { name: 'Polski' }).click()
    await page.getByRole('heading', { level: 1, name: 'Pierwsze kroki' }).waitFor()
    expect(await page.getByRole('button', { name: 'Wstaw skrypt na swoje strony' }).count()).toBe(1)
    expect(await page.getByRole('link', { name: 'Klienci', exact: true }).count()).toBe(1)
    expect(await page.getAttribute('html', 'lang')).toBe('pl')
    await page.reload()
    await page.getByRole('heading', { level: 1, name: 'Pierwsze kroki' }).waitFor()
    await page.getByRole('link', { name: 'Klienci', exact: true }).click()
    await page.getByRole('heading', { level: 1, name: 'Klienci' }).waitFor()
    expect(await page.title()).toBe('Klienci · Ciclo')
    await page.close()
  })

  it('turns the studio dark, and stays so', async () => {
    const page = await studio.open('/', { isNew: true })
    await settled(page)
    const scheme = () => page.getAttribute('html', 'data-mantine-color-scheme')
    expect(await scheme()).toBe('light')
    await userMenu(page).click()
    await page.getByRole('menuitemradio', { name: 'Dark' }).click()
    await expect.poll(scheme).toBe('dark')
    await page.reload()
    await page.locator('h1').first().waitFor()
    expect(await scheme()).toBe('dark')
    await page.close()
  })

  it('has a page in another language from the start where the browser speaks it', async () => {
    const page = await studio.open('/', { isNew: true })
    await page.addInitScript("Object.defineProperty(navigator, 'languages', { get: () => ['es-MX', 'en'] })")
    await page.reload()
    await page.getByRole('link', { name: 'Clientes', exact: true }).waitFor()
    expect(await page.getAttribute('html', 'lang')).toBe('es')
    expect(studio.problems()).toEqual([])
    await page.close()
  })
})
