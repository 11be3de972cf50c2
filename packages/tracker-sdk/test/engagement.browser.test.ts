import { expect, test } from 'vitest'
import { testWithBrowser } from './support/testWithBrowser.ts'
import { waitFor } from './support/waitFor.ts'

const tracker = '{{tracker data-key="shop-write-key" data-consent="granted" data-reading="engaged"}}'
const stage = testWithBrowser({
  '/': `${tracker}<main>${'<p>A long page</p>'.repeat(400)}</main>`,
  '/next': tracker,
  '/off': '{{tracker data-key="shop-write-key" data-consent="granted"}}',
})

const engaged = () => stage.ingest.stored().filter(({ event }) => event === 'Page Engaged')

test('each page is summed up once when it is left, with how far it was scrolled', async () => {
  const tab = await stage.visit('/')
  await tab.evaluate(() => scrollTo(0, document.documentElement.scrollHeight))
  await tab.evaluate(() => new Promise(requestAnimationFrame))
  await tab.goto(`${stage.shop.origin}/next`)
  await waitFor(() => expect(engaged()).toHaveLength(1))
  expect(engaged()[0]).toMatchObject({ properties: { path: '/', scroll: 100 } })
  // As of the page that it is about, not of the next.
  expect(engaged()[0]?.context.page).toMatchObject({ path: '/' })
})

test('in a single-page application each view is summed up when the next begins', async () => {
  const tab = await stage.visit('/')
  await tab.evaluate(() => history.pushState(null, '', '/a'))
  await waitFor(() => expect(engaged().map(({ properties }) => properties?.['path'])).toEqual(['/']))
  await tab.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(engaged().map(({ properties }) => properties?.['path'])).toEqual(['/', '/a']))
})

test('time counts while there are signs of life, and at most ten seconds after one', async () => {
  const tab = await stage.context.newPage()
  await tab.clock.install()
  await tab.goto(`${stage.shop.origin}/`)
  await tab.clock.runFor(4_000)
  await tab.mouse.move(10, 10)
  await tab.clock.runFor(60_000)
  await tab.mouse.move(20, 20)
  await tab.clock.runFor(2_000)
  await tab.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(engaged()).toHaveLength(1))
  expect(engaged()[0]?.properties?.['seconds']).toBeCloseTo(16, 0)
})

test('time in the background does not count, and the last seconds before it do', async () => {
  const tab = await stage.context.newPage()
  await tab.clock.install()
  await tab.goto(`${stage.shop.origin}/`)
  const show = (hidden: boolean) =>
    tab.evaluate((isHidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => isHidden })
      document.dispatchEvent(new Event('visibilitychange'))
    }, hidden)
  await tab.clock.runFor(4_000)
  await show(true)
  await tab.clock.runFor(60_000)
  await show(false)
  await tab.clock.runFor(3_000)
  await tab.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(engaged()).toHaveLength(1))
  expect(engaged()[0]?.properties?.['seconds']).toBeCloseTo(7, 0)
})

test('nothing is summed up where it is switched off, or the visitor refuses to be watched', async () => {
  const off = await stage.visit('/off')
  await off.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(stage.ingest.stored()).toHaveLength(2))
  await stage.context.addInitScript(() =>
    Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', { get: () => true }),
  )
  await off.goto(`${stage.shop.origin}/`)
  await off.evaluate(() => window.ciclo.track('Done'))
  await off.goto(`${stage.shop.origin}/off`)
  await waitFor(() => expect(stage.ingest.stored().map(({ event }) => event)).toContain('Done'))
  expect(engaged()).toEqual([])
})
