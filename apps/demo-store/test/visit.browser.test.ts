import { buildTracker } from '@ciclo/tracker-sdk/build'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { buildDemoStore } from '../build.ts'
import { openBrowser } from './support/openBrowser.ts'
import { serveDemoStore } from './support/serveDemoStore.ts'

let browser: Browser
let store: Awaited<ReturnType<typeof serveDemoStore>>

beforeAll(async () => {
  await Promise.all([buildTracker(), buildDemoStore()])
  store = await serveDemoStore()
  browser = await openBrowser()
}, 60_000)

afterAll(async () => {
  await browser.close()
  await store.close()
})

const watchErrors = (page: Page) => {
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()))
  return errors
}

test('a visit from the first look to the order arrives as events', { timeout: 60_000 }, async () => {
  const page = await browser.newPage({ viewport: { width: 390, height: 844 } })
  const errors = watchErrors(page)
  const get = (id: string) => page.getByTestId(id)

  await page.goto(`${store.origin}/demo`)
  expect(await get('product-card').count()).toBe(8)
  await get('product-card').filter({ hasText: 'Sidama' }).click()
  await page.getByLabel('Quantity').selectOption('2')
  await get('add-to-cart').click()
  expect(await get('cart-link').textContent()).toContain('2')

  await get('newsletter-email').fill('ana@example.com')
  await get('newsletter-submit').click()
  expect(await get('newsletter-email').isVisible(), 'without consent the form is not sent').toBe(true)
  await get('newsletter-consent').check()
  await get('newsletter-submit').click()
  await page.getByText('check your inbox').waitFor()

  await page.goto(`${store.origin}/demo/products/cup`)
  await get('add-to-cart').click()
  await get('cart-link').click()
  await page.getByRole('button', { name: 'Remove Stoneware Cup' }).click()
  expect(await get('cart-line').count()).toBe(1)
  await get('checkout-link').click()
  expect(await get('checkout-email').inputValue()).toBe('ana@example.com')
  await get('checkout-name').fill('Ana Ruiz')
  await get('place-order').click()
  await get('thank-you').waitFor()
  await vi.waitFor(async () => expect(await get('order-total').textContent()).toBe('€34.90'))
  expect(await get('cart-link').textContent()).toContain('0')

  await vi.waitFor(
    () => expect(store.events().at(-1)).toMatchObject({ properties: { path: '/demo/thank-you' } }),
    {
      timeout: 15_000,
    },
  )
  expect(errors).toEqual([])
  expect([...store.writeKeys]).toEqual(['demo-write-key'])
  const isSummary = ({ event }: { event?: string | undefined }) => event === 'Page Engaged'
  expect(store.events().filter(isSummary), 'one for each page that was left').toHaveLength(5)
  const events = store.events().filter((event) => !isSummary(event))
  expect(new Set(events.map(({ anonymousId }) => anonymousId)).size).toBe(1)
  expect(events.map(({ type, event }) => event ?? type)).toEqual([
    'page',
    'Product List Viewed',
    'page',
    'Product Viewed',
    'Product Added',
    'identify',
    'Subscribed',
    'page',
    'Product Viewed',
    'Product Added',
    'page',
    'Cart Viewed',
    'Product Removed',
    'page',
    'Checkout Started',
    'identify',
    'page',
  ])

  const find = (name: string) => events.find(({ event }) => event === name)
  const sidama = { product_id: 'sidama', sku: 'COF-SID-250', name: 'Sidama', price: 15, quantity: 2 }
  expect(find('Product List Viewed')?.properties?.products).toHaveLength(8)
  expect(find('Product Added')).toMatchObject({ properties: sidama })
  expect(find('Product Removed')).toMatchObject({ properties: { product_id: 'cup', quantity: 1 } })
  expect(find('Subscribed')).toMatchObject({
    properties: { email: 'ana@example.com', method: 'form', formId: 'newsletter' },
  })
  expect(find('Subscribed')?.properties?.text).toMatch(/^Yes, Cafetal may send me news/)
  expect(find('Checkout Started')).toMatchObject({
    properties: { value: 34.9, currency: 'EUR', products: [sidama] },
  })
  expect(events.findLast(({ type }) => type === 'identify')).toMatchObject({
    traits: { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz' },
  })
  // Of the order its own server tells, which knows no browser.
  expect(store.told).toMatchObject([
    { type: 'identify', traits: { email: 'ana@example.com', firstName: 'Ana', lastName: 'Ruiz' } },
    {
      event: 'Order Completed',
      properties: {
        order_id: expect.stringMatching(/^CAF-[0-9A-F]{8}$/) as string,
        email: 'ana@example.com',
        checkout_id: find('Checkout Started')?.properties?.checkout_id,
        total: 34.9,
        revenue: 30,
        shipping: 4.9,
        currency: 'EUR',
        products: [{ ...sidama, url: 'https://shop.example/demo/products/sidama' }],
      },
    },
  ])
  expect(store.told.map(({ anonymousId }) => anonymousId)).toEqual([undefined, undefined])
})

test('the shop works where the tracker is blocked', { timeout: 60_000 }, async () => {
  const page = await browser.newPage()
  await page.route('**/ciclo.js', (route) => route.abort())
  const failures: string[] = []
  page.on('pageerror', (error) => failures.push(error.message))
  await page.goto(`${store.origin}/demo/products/huila`)
  await page.getByTestId('add-to-cart').click()
  await page.goto(`${store.origin}/demo/checkout`)
  await page.getByTestId('checkout-name').fill('Ana')
  await page.getByTestId('checkout-email').fill('ana@example.com')
  await page.getByTestId('place-order').click()
  await page.getByTestId('thank-you').waitFor()
  expect(failures).toEqual([])
})
