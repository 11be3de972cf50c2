import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { openBrowser, openVisitor, type Visitor } from '../support/openVisitor.ts'
import { readAllEvents } from '../support/readAllEvents.ts'
import { serveClientPages, type ClientPages } from '../support/serveClientPages.ts'
import { startFailingProxy, type FailingProxy, type Failure } from '../support/startFailingProxy.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let browser: Browser
let pages: ClientPages
let server: TestServer

beforeAll(async () => {
  ;[browser, pages, server] = await Promise.all([
    openBrowser(),
    serveClientPages({
      segment: `import { AnalyticsBrowser } from '@segment/analytics-next'; window.Segment = AnalyticsBrowser`,
      rudder: `import { RudderAnalytics } from '@rudderstack/analytics-js/bundled'; window.Rudder = RudderAnalytics`,
    }),
    startTestServer(),
  ])
})
afterAll(async () => {
  await Promise.all([browser?.close(), pages?.stop(), server?.stop()])
})

/** Everything that a page has to say of a visitor who calls himself so, in the calls that all of these clients have. */
const calls = (who: string) => `
  client.page('Product', 'Sidama', { sku: 'S1' })
  client.identify('${who}', { email: '${who}@example.com', firstName: 'Añá' })
  client.track('Product Added', { product_id: 'p1', price: 10 })
  client.track('Order Completed', { order_id: '${who}-1', total: 27.5, currency: 'USD' })
  client.group('g1', { name: 'Acme' })
  client.alias('${who}-new')`

const EXPECTED = ['alias', 'group', 'identify', 'page Sidama', 'track Order Completed', 'track Product Added']

/** The visitor's events, once all have arrived: none is there twice, and all are of one customer. */
const expectStored = async (who: string) => {
  const events = await vi.waitFor(
    async () => {
      const all = await readAllEvents(server.api)
      const theirs = all.filter(({ customer }) => customer.claims.email === `${who}@example.com`)
      expect(theirs.map(({ type, name }) => (name === null ? type : `${type} ${name}`)).toSorted()).toEqual(
        EXPECTED,
      )
      return theirs
    },
    { timeout: 25_000, interval: 100 },
  )
  const [id = '', ...others] = new Set(events.map((event) => event.customer.id))
  expect(others).toEqual([])
  // Read again: the one beside the events was read before them, and the last may have come in between.
  const customer = await server.api.customer(id)
  expect(events.every(({ source }) => source === 'public')).toBe(true)
  expect(customer).toMatchObject({
    email: null,
    userId: null,
    traits: { firstName: 'Añá' },
    lifecycle: { stage: 'new', engagement: 'warm' },
    orders: { count: 1 },
  })
  const page = events.find(({ type }) => type === 'page')
  expect(page?.properties).toMatchObject({ sku: 'S1', category: 'Product', title: 'Shop' })
  const added = events.find(({ name }) => name === 'Product Added')
  expect(added?.properties).toMatchObject({ product_id: 'p1', price: 10 })
}

/** Every failure has happened, and the client has been told at last that all is well. */
const expectDelivered = (proxy: FailingProxy) =>
  vi.waitFor(
    () => {
      expect(proxy.pending()).toBe(0)
      expect(proxy.answers.at(-1)).toBe(200)
      expect(proxy.failed()).toEqual({ 429: 1, 503: 2 })
    },
    { timeout: 20_000, interval: 50 },
  )

const open = async (path: string): Promise<{ visitor: Visitor; page: Page }> => {
  const visitor = await openVisitor(browser)
  return { visitor, page: await visitor.open(`${pages.url}${path}`) }
}

const BATCHING = { deliveryStrategy: { strategy: 'batching', config: { size: 10, timeout: 100 } } }

describe('@segment/analytics-next in a browser, on a page of another origin', () => {
  const load = async (page: Page, who: string, settings: object, options: object) => {
    await page.evaluate(
      `{ const client = Segment.load(${JSON.stringify(settings)}, ${JSON.stringify(options)}); ${calls(who)} }`,
    )
  }
  const plain = { writeKey: '', cdnURL: '' }
  const own = () => ({ ...plain, writeKey: server.writeKey, cdnURL: server.url })

  it.for([
    ['one request for each event', 'standard', {}],
    ['batching', 'batching', BATCHING],
  ] as const)('needs nothing but the key and the address of Ciclo: %s', async ([, who, segmentIo]) => {
    const { visitor, page } = await open('/segment')
    await load(page, who, own(), { integrations: { 'Segment.io': segmentIo } })
    await expectStored(who)
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
  })

  it('takes its settings from the page, as without a CDN', async () => {
    const { visitor, page } = await open('/segment')
    const apiHost = `${new URL(server.url).host}/v1`
    const settings = {
      writeKey: server.writeKey,
      cdnSettings: { integrations: { 'Segment.io': { apiKey: server.writeKey } } },
    }
    await load(page, 'embedded', settings, { integrations: { 'Segment.io': { apiHost, protocol: 'http' } } })
    await expectStored('embedded')
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
  })

  it.for([
    ['one request for each event', 'failing', {}],
    ['batching', 'failing-batch', BATCHING],
  ] as const)(
    'delivers exactly once through 503, 429 and an answer that is lost: %s',
    async ([, who, segmentIo]) => {
      const failures: Failure[] = [503, 'lost answer', 429]
      const proxy = await startFailingProxy(server.url, failures)
      const { visitor, page } = await open('/segment')
      const apiHost = `${new URL(proxy.url).host}/v1`
      await load(page, who, own(), {
        integrations: { 'Segment.io': { ...segmentIo, apiHost, protocol: 'http' } },
      })
      await expectDelivered(proxy)
      await expectStored(who)
      await visitor.context.close()
      await proxy.stop()
    },
  )
})

describe('@rudderstack/analytics-js in a browser, on a page of another origin', () => {
  const load = async (page: Page, who: string, dataPlaneUrl: string, options: object) => {
    const given = JSON.stringify({ configUrl: server.url, logLevel: 'ERROR', ...options })
    await page.evaluate(
      `{ const client = new Rudder(); client.load('${server.writeKey}', '${dataPlaneUrl}', ${given}); ${calls(who)} }`,
    )
  }

  it.for([
    ['requests', 'rudder', {}],
    [
      'batches',
      'rudder-batch',
      { queueOptions: { batch: { enabled: true, maxItems: 6, flushInterval: 200 } } },
    ],
    [
      'beacons',
      'rudder-beacon',
      { useBeacon: true, beaconQueueOptions: { maxItems: 3, flushQueueInterval: 200 } },
    ],
  ] as const)('needs nothing but the key and the address of Ciclo: %s', async ([, who, options]) => {
    const { visitor, page } = await open('/rudder')
    await load(page, who, server.url, options)
    await expectStored(who)
    expect(visitor.problems).toEqual([])
    await visitor.context.close()
  })

  it('delivers exactly once through 503, 429 and an answer that is lost', async () => {
    const proxy = await startFailingProxy(server.url, [503, 'lost answer', 429])
    const { visitor, page } = await open('/rudder')
    await load(page, 'rudder-failing', proxy.url, {})
    await expectDelivered(proxy)
    await expectStored('rudder-failing')
    await visitor.context.close()
    await proxy.stop()
  })
})
