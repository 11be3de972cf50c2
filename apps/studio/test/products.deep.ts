import { afterAll, beforeAll, expect, it } from 'vitest'
import { seriousProblems } from './support/lookAt.ts'
import { openFilledStudio, type FilledStudio } from './support/openFilledStudio.ts'

let studio: FilledStudio
beforeAll(async () => {
  studio = await openFilledStudio()
})
afterAll(() => studio.stop())

it('Products are found, looked at, taken off the shelves and put back', async () => {
  const problems = studio.problems().length
  await fetch(`${studio.server.url}/api/products`, {
    method: 'POST',
    headers: { authorization: `Bearer ${studio.server.secretKey}` },
    body: JSON.stringify({
      products: [
        {
          // An id may be any text.
          id: 'soap/100% olive?',
          name: 'Olive soap',
          stock: 2,
          prices: [{ currency: 'EUR', price: 500, previous: 700 }],
          variants: [{ id: 'v1', name: 'Small', stock: 0, prices: [{ currency: 'EUR', price: 500 }] }],
        },
      ],
    }),
  })
  const page = await studio.open('/products')
  const table = page.getByRole('table', { name: 'Products' })
  await table.getByText('Antigua').waitFor()
  await page.getByText('Few left').click()
  await table.getByText('Antigua').waitFor({ state: 'detached' })
  await page.getByRole('searchbox', { name: 'Search products' }).fill('olive')
  await page.waitForURL('**/products?*text=olive*')
  expect(await table.getByRole('row').count()).toBe(2)
  await table.getByRole('link', { name: 'Olive soap' }).click()
  await page.getByRole('heading', { level: 1, name: 'Olive soap' }).waitFor()
  await page.getByRole('table', { name: 'Variants' }).getByText('Sold out').waitFor()
  await page.getByText('€7.00').waitFor()
  await page.getByRole('button', { name: 'Take off the shelves' }).click()
  await page.getByText('Off the shelves', { exact: true }).waitFor()
  await page.getByRole('button', { name: 'Put back on the shelves' }).click()
  await page.getByRole('button', { name: 'Take off the shelves' }).waitFor()
  await page
    .getByText('Nothing yet: fewer than three customers')
    .or(page.getByText(/Bought .* by/))
    .first()
    .waitFor()
  await page.goto(`${studio.server.url}/products`)
  await page.getByRole('button', { name: 'Feed', exact: true }).click()
  await page.getByLabel('Address of the feed').fill('http://127.0.0.1:9/feed.xml')
  await page.getByRole('button', { name: 'Save and read' }).click()
  // The network that Ciclo runs in is nobody's shop.
  await page.getByText('It could not be read the last time').waitFor()
  expect(await seriousProblems(page)).toEqual([])
  await page.getByRole('button', { name: 'Read it no more' }).click()
  await page.getByRole('button', { name: 'Read it now' }).waitFor({ state: 'detached' })
  expect(studio.problems().slice(problems)).toEqual([])
  await page.close()
})
