import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousProblems, settled } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'
import { openStudio, type OpenedStudio } from './support/openStudio.ts'

let studio: FilledStudio
let empty: OpenedStudio
beforeAll(async () => {
  studio = await openFilledStudio({ customers: 30 })
  empty = await openStudio()
})
afterAll(async () => {
  await studio.stop()
  await empty.stop()
})

const MAP = 'section:has(h2:text-is("Lifecycle"))'

it('says how the shop stands, what to do and where everybody is', async () => {
  const page = await studio.open('/')
  await settled(page)
  await page.getByText(/^Nothing is broken\. /).waitFor()
  const stages = page.locator(`${MAP} li a`)
  await stages.first().waitFor()
  const counts = await page.locator(`${MAP} li`).evaluateAll((cards) => cards.map((card) => card.textContent))
  expect(counts).toHaveLength(8)
  // Thirty customers are few: by name and number, without a percentage anywhere on the map.
  expect(counts.join(' ')).not.toContain('%')
  await page.locator(MAP).getByRole('link', { name: 'At risk' }).click()
  await page.waitForURL('**/customers?stage=atRisk')
  expect(studio.problems()).toEqual([])
  await page.close()
})

it('is a list where a picture would not fit', async () => {
  const page = await studio.open('/', { width: 390 })
  await settled(page)
  await expect.poll(() => page.locator(`${MAP} li`).count()).toBe(8)
  expect(await page.locator(`${MAP} marker`).count()).toBe(0)
  await page.close()
})

it('opens what a figure means by keyboard alone, and gives the focus back', async () => {
  const page = await studio.open('/')
  await settled(page)
  const mark = page.getByRole('button', { name: 'What “Churn rate” means' })
  await mark.focus()
  await page.keyboard.press('Enter')
  await page.getByText('the share that did not order in it').waitFor()
  await page.keyboard.press('Escape')
  await page.getByText('the share that did not order in it').waitFor({ state: 'detached' })
  expect(await mark.evaluate((button) => button === document.activeElement)).toBe(true)
  await page.close()
})

it('leads an empty shop to the set-up guide', async () => {
  const page = await empty.open('/')
  await settled(page)
  await page.getByText('Nothing has come in yet', { exact: false }).first().waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('link', { name: 'Open the set-up guide' }).click()
  await page.waitForURL('**/guide')
  expect(empty.problems()).toEqual([])
  await page.close()
})

it('switches a journey on where it is offered', async () => {
  const { url, secretKey } = studio.server
  // In the demo all journeys are on: one is archived, and its version is a draft again.
  for (const path of ['archive', 'versions/1/restore']) {
    const response = await fetch(`${url}/api/journeys/win-back/${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${secretKey}` },
    })
    expect(response.status).toBe(200)
  }
  const page = await studio.open('/')
  await settled(page)
  await page.locator(MAP).getByRole('button', { name: 'Switch on Win back' }).click()
  const dialog = page.getByRole('dialog', { name: 'Switch on “Win back”?' })
  await dialog.getByText('Those who are there already get nothing', { exact: false }).waitFor()
  await dialog.getByRole('button', { name: 'Switch it on' }).click()
  await page.getByText('“Win back” is on.').waitFor()
  await page.locator(MAP).getByTitle('Win back: live').waitFor()
  expect(studio.problems()).toEqual([])
  await page.close()
})
