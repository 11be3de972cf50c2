import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import { openStudio, type OpenedStudio, type PageLook } from './support/openStudio.ts'

const CUSTOMERS = 140

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: CUSTOMERS })
  await studio.server.api.send([
    {
      type: 'identify',
      userId: 'jozef',
      traits: { firstName: 'Józef', lastName: 'Łoś', email: 'jl@example.com' },
    },
    {
      type: 'identify',
      userId: 'long',
      traits: { firstName: 'Maximiliana'.repeat(12), lastName: '<b>Bold</b>' },
    },
    { type: 'page', anonymousId: 'browser-1' },
  ])
})
afterAll(() => studio.stop())

const open = async (path = '/customers', look: PageLook = {}) => {
  const page = await studio.open(path, look)
  await page.locator('[data-row-link]').first().or(page.getByText('Nobody fits')).waitFor()
  await settled(page)
  return page
}
/** As long as a locator waits. */
const waitFor = (check: () => unknown) => vi.waitFor(check, { timeout: 15_000 })
const rowsOf = (page: Page) => page.locator('tbody tr[data-row]')
const searchOf = (page: Page) => new URL(page.url()).searchParams
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? '')

describe('The list of customers', () => {
  it('shows everybody as a table, and counts them', async () => {
    const page = await open()
    await page
      .getByRole('status')
      .getByText(`${CUSTOMERS + 3} customers`)
      .waitFor()
    const names = await page.getByRole('columnheader').allTextContents()
    expect(names.slice(0, 3)).toEqual(['Customer', 'Stage', 'Permission'])
    expect(await rowsOf(page).count()).toBeLessThan(60)
    expect(await rowsOf(page).first().textContent()).toContain('Anonymous visitor')
    await page.close()
  })

  it('is found, walked and opened by keyboard alone', async () => {
    const page = await open()
    await page.keyboard.press('/')
    await page.keyboard.type('jozef lo', { delay: 5 })
    await rowsOf(page).getByText('Józef Łoś').waitFor()
    await waitFor(async () => expect(await rowsOf(page).count()).toBe(1))
    expect(searchOf(page).get('text')).toBe('jozef lo')
    await page.keyboard.press('ArrowDown')
    expect(await focusedText(page)).toBe('Józef Łoś')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/customers\/[^?]+$/)
    await page.goBack()
    await rowsOf(page).getByText('Józef Łoś').waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('jozef lo')
    await page.close()
  })

  it('leads through all rows by the arrows, and loads more on the way', async () => {
    const page = await open('/customers?sort=created')
    await page.keyboard.press('/')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const indexOf = () =>
      page.evaluate(() => document.activeElement?.closest('[data-index]')?.getAttribute('data-index'))
    expect(await indexOf()).toBe('1')
    await page.keyboard.press('End')
    await waitFor(async () => expect(await indexOf()).toBe('99'))
    await waitFor(async () => {
      await page.keyboard.press('End')
      expect(await indexOf()).toBe(String(CUSTOMERS + 2))
    })
    await page.keyboard.press('ArrowUp')
    await waitFor(async () => expect(await indexOf()).toBe(String(CUSTOMERS + 1)))
    await page.keyboard.press('Home')
    await waitFor(async () => expect(await indexOf()).toBe('0'))
    await page.close()
  })

  it('keeps the last answer when earlier ones come later', async () => {
    const page = await open()
    const held: (() => void)[] = []
    await page.route(/\/search\?.*text=jo(&|$)/, async (route) => {
      await new Promise<void>((resolve) => {
        held.push(resolve)
      })
      await route.continue().catch(() => {})
    })
    const box = page.getByRole('searchbox')
    await box.fill('jo')
    await waitFor(() => expect(held.length).toBeGreaterThan(0))
    await box.fill('celia')
    const others = rowsOf(page).filter({ hasNotText: 'Celia Fuentes' })
    await waitFor(async () => {
      expect(await rowsOf(page).filter({ hasText: 'Celia Fuentes' }).count()).toBeGreaterThan(0)
      expect(await others.count()).toBe(0)
    })
    for (const letGo of held) letGo()
    await page.waitForLoadState('networkidle')
    expect(await others.count()).toBe(0)
    expect(await rowsOf(page).count()).toBeGreaterThan(0)
    await page.close()
  })

  it('filters by what other pages link to, and by what is ticked by keyboard', async () => {
    const page = await open('/customers?stage=prospect,nonsense&value=none&segment=')
    expect(await rowsOf(page).count()).toBeGreaterThan(0)
    for (const text of await rowsOf(page).allTextContents()) expect(text).toContain('Prospect')
    await page.getByRole('button', { name: 'Stage: Prospect' }).press('Enter')
    await page.getByRole('checkbox', { name: 'Active', exact: true }).press('Space')
    await waitFor(() => expect(searchOf(page).get('stage')).toBe('prospect,active'))
    await page.keyboard.press('Escape')
    const button = page.getByRole('button', { name: 'Stage: Prospect +1' })
    await waitFor(async () =>
      expect(await button.evaluate((node) => node === document.activeElement)).toBe(true),
    )
    await page.getByRole('button', { name: 'Clear filters' }).press('Enter')
    await page
      .getByRole('status')
      .getByText(`${CUSTOMERS + 3} customers`)
      .waitFor()
    await page.close()
  })

  it('sorts by its headings, and says so', async () => {
    const page = await open()
    await page.getByRole('columnheader', { name: 'Revenue' }).getByRole('button').press('Enter')
    await page.locator('th[aria-sort="descending"]').getByText('Revenue').waitFor()
    await settled(page)
    const place = (await page.getByRole('columnheader').allTextContents()).indexOf('Revenue')
    const cells = await page.locator(`tbody tr[data-row] td:nth-child(${place + 1})`).allTextContents()
    const amounts = cells.map((text) => Number(text.replaceAll(/[^\d.]/g, '')))
    expect(amounts[0]).toBeGreaterThan(0)
    expect(amounts).toEqual(amounts.toSorted((one, other) => other - one))
    await page.close()
  })

  it('shows the columns that were chosen, also the next time', async () => {
    const page = await open()
    await page.getByRole('button', { name: 'Columns' }).press('Enter')
    await page.getByRole('checkbox', { name: 'Engagement' }).press('Space')
    await page.getByRole('columnheader', { name: 'Engagement' }).waitFor()
    await page.reload()
    await page.getByRole('columnheader', { name: 'Engagement' }).waitFor()
    expect(await page.getByRole('columnheader', { name: 'Advocacy' }).count()).toBe(0)
    await page.close()
  })

  it('says that nobody fits, and shows everybody again', async () => {
    const page = await open('/customers?text=nobody-at-all')
    await page.getByText('Nobody fits').waitFor()
    await page.getByRole('button', { name: 'Clear filters' }).last().press('Enter')
    await rowsOf(page).first().waitFor()
    expect([...searchOf(page)]).toEqual([])
    await page.close()
  })

  it('says what went wrong, and tries again', async () => {
    const page = await open()
    await page.route(/\/api\/customers\/search\?/, (route) =>
      route.fulfill({
        status: 400,
        contentType: 'application/problem+json',
        body: JSON.stringify({ code: 'bad-request', message: 'A test has refused this' }),
      }),
    )
    await page.getByRole('searchbox').fill('ana')
    await page.getByRole('alert').getByText('A test has refused this').waitFor()
    await page.unroute(/\/api\/customers\/search\?/)
    await page.getByRole('button', { name: 'Try again' }).click()
    await rowsOf(page).getByText('Ana García').first().waitFor()
    expect(await page.getByRole('alert').count()).toBe(0)
    await page.close()
  })

  it('keeps long names and markup as text in their place', async () => {
    const page = await open('/customers?text=maximiliana')
    const link = rowsOf(page).getByRole('link')
    expect(await link.textContent()).toContain('<b>Bold</b>')
    const [cell, row] = await Promise.all([link.boundingBox(), rowsOf(page).boundingBox()])
    expect(cell?.width ?? 0).toBeLessThan(300)
    expect(row?.height).toBeLessThan(60)
    await page.close()
  })

  it('exports whoever is looked for', async () => {
    const page = await open('/customers?text=celia')
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Export CSV' }).press('Enter'),
    ])
    const lines = (await readFile(await download.path(), 'utf8')).trimEnd().split('\r\n')
    expect(lines.length).toBe((await rowsOf(page).count()) + 1)
    expect(lines[1]).toContain('Celia Fuentes')
    await page.close()
  })

  it('is a list of two lines each on a telephone', async () => {
    const page = await open('/customers', { width: 390 })
    expect(await page.locator('table').count()).toBe(0)
    const items = page.getByRole('list', { name: 'Customers' }).getByRole('listitem')
    expect(await items.count()).toBeGreaterThan(5)
    await items.nth(2).click()
    await page.waitForURL(/\/customers\/[^?]+$/)
    await page.close()
  })

  it('writes nothing to the console', () => {
    expect(studio.problems().filter((problem) => !problem.includes('400'))).toEqual([])
  })
})

describe('The list of a shop without customers', () => {
  let empty: OpenedStudio
  beforeAll(async () => {
    empty = await openStudio()
  })
  afterAll(() => empty.stop())

  it('leads to the guide', async () => {
    const page = await empty.open('/customers')
    await page.getByText('No customers yet').waitFor()
    await page.getByRole('link', { name: 'Connect your shop' }).press('Enter')
    await page.waitForURL(/\/guide$/)
    expect(empty.problems()).toEqual([])
  })
})
