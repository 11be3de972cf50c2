import { expect, test } from 'vitest'
import type { Page } from 'playwright-core'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const stage = testWithBrowser({
  '/pending': '{{tracker data-key="shop-write-key"}}',
  '/denied': '{{tracker data-key="shop-write-key" data-consent="denied"}}',
  '/nonsense': '{{tracker data-key="shop-write-key" data-consent="yes"}}',
  '/granted': '{{tracker}}<a id="marked" data-ciclo-event="Marked">Marked</a>',
  '/form': '{{tracker}}<form id="sign-up"><input type="email"></form>',
})

const readStored = (page: Page) =>
  page.evaluate(() => ({ cookie: document.cookie, keys: Object.keys(localStorage) }))

const nothing = { cookie: '', keys: [] }

test.each(['/pending', '/denied', '/nonsense'])('%s writes nothing and sends nothing', async (path) => {
  const page = await stage.visit(path)
  await page.evaluate(() => {
    window.ciclo.track('Product Viewed', { product_id: '7' })
    window.ciclo.identify('u1', { email: 'ana@example.com' })
    window.ciclo.reset()
  })
  expect(await readStored(page)).toEqual(nothing)
  // Leaving the page is when the tracker sends what it has, and the next page sends what the last one stored.
  await page.goto(`${stage.shop.origin}/granted`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(1))
  expect(stage.ingest.stored()[0]).toMatchObject({ type: 'page', properties: { path: '/granted' } })
  expect(stage.ingest.requests).toHaveLength(1)
})

test('consent sends what was held, with the time, page and identity of each call', async () => {
  const page = await stage.visit('/pending')
  const before = await page.evaluate(() => {
    window.ciclo.track('First')
    window.ciclo.identify('u1', { email: 'ana@example.com' })
    window.ciclo.track('Second')
    window.ciclo.reset()
    window.ciclo.track('Third')
    history.replaceState(null, '', '/elsewhere')
    return Date.now()
  })
  await page.evaluate(() => window.ciclo.consent(true))
  await waitFor(() => expect(stage.ingest.stored().filter(({ type }) => type === 'track')).toHaveLength(3))
  const [view, first, identify, second, third] = stage.ingest.stored()
  expect(view).toMatchObject({ type: 'page', properties: { path: '/pending' } })
  expect(first).toMatchObject({ event: 'First', anonymousId: view!.anonymousId })
  expect(first).not.toHaveProperty('userId')
  expect(identify).toMatchObject({ type: 'identify', userId: 'u1', traits: { email: 'ana@example.com' } })
  expect(second).toMatchObject({ event: 'Second', userId: 'u1', context: { page: { path: '/pending' } } })
  expect(third!.anonymousId).not.toBe(first!.anonymousId)
  expect(third).not.toHaveProperty('userId')
  expect(Date.parse(third!.timestamp)).toBeLessThanOrEqual(before)
})

test('denying clears the cookie and the storage, with what waits there', async () => {
  stage.ingest.answers.push({ status: 503 })
  const page = await stage.visit('/granted')
  await waitFor(() => expect(stage.ingest.requests).toHaveLength(1))
  const stored = await readStored(page)
  expect(stored.cookie).toContain('ciclo_id=')
  expect(stored.keys.filter((key) => key.startsWith('ciclo.q.shop-write-key.'))).toHaveLength(1)
  await page.evaluate(() => window.ciclo.consent(false))
  expect(await readStored(page)).toEqual(nothing)
  await page.evaluate(() => window.ciclo.track('Dropped'))
  expect(await readStored(page)).toEqual(nothing)

  await page.evaluate(() => {
    window.ciclo.consent('granted')
    window.ciclo.track('After')
  })
  await waitFor(() => expect(stage.ingest.stored().map(({ event }) => event)).toEqual(['After']))
})

test('opting out outlives the page, whatever the page grants, until it is taken back', async () => {
  const page = await stage.visit('/granted')
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(1))
  await page.evaluate(() => window.ciclo.optOut())
  await page.goto(`${stage.shop.origin}/granted`)
  await page.evaluate(() => {
    window.ciclo.consent(true)
    window.ciclo.track('Dropped')
  })
  expect(await readStored(page)).toEqual({ cookie: '', keys: ['ciclo.out'] })

  await page.evaluate(() => window.ciclo.optOut(false))
  await page.goto(`${stage.shop.origin}/granted`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(2))
  expect(stage.ingest.stored()[1]!.anonymousId).not.toBe(stage.ingest.stored()[0]!.anonymousId)
})

test('Global Privacy Control refuses page views and clicks, but not a form that is submitted', async () => {
  await stage.context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  const page = await stage.visit('/granted')
  await page.click('#marked')
  await page.evaluate(() => window.ciclo.page('Home'))
  expect(await readStored(page)).toEqual(nothing)
  await page.goto(`${stage.shop.origin}/form`)
  await page.fill('[type=email]', 'ana@example.com')
  await page.press('[type=email]', 'Enter')
  await waitFor(() =>
    expect(stage.ingest.stored().map(({ type, event }) => event ?? type)).toEqual(['identify', 'Subscribed']),
  )
})
