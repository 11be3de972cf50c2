import { Analytics as CustomerIo } from '@customerio/cdp-analytics-node'
import RudderStack from '@rudderstack/rudder-sdk-node'
import { Analytics as Segment } from '@segment/analytics-node'
import SegmentLegacy from 'analytics-node'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { readAllEvents } from '../support/readAllEvents.ts'
import { startFailingProxy } from '../support/startFailingProxy.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

/** What all of these clients can do; each has types of its own for it. */
interface Client {
  identify(event: { userId: string; anonymousId: string; traits: Record<string, string> }): unknown
  track(event: {
    userId: string
    event: string
    properties: { order_id: string; total: number; currency: string }
    timestamp?: Date
  }): unknown
  page(event: { anonymousId: string; name: string; properties: { url: string } }): unknown
  screen(event: { anonymousId: string; name: string }): unknown
  group(event: { userId: string; groupId: string; traits: Record<string, string> }): unknown
  alias(event: { userId: string; previousId: string }): unknown
}

interface Kind {
  name: string
  open: (url: string, key: string) => { client: Client; finish: () => Promise<unknown> }
}

/** A client's own view of delivery does not count: only what the server has stored. */
const ignore = () => {}

const KINDS: Kind[] = [
  {
    name: '@segment/analytics-node',
    open: (host, writeKey) => {
      const client = new Segment({ host, writeKey, flushInterval: 50 })
      return { client, finish: () => client.closeAndFlush({ timeout: 15_000 }) }
    },
  },
  {
    name: '@segment/analytics-node, one event a request, path with a slash',
    open: (host, writeKey) => {
      const client = new Segment({ host, writeKey, path: '/v1/import/', flushAt: 1 })
      return { client, finish: () => client.closeAndFlush({ timeout: 15_000 }) }
    },
  },
  {
    name: 'analytics-node',
    open: (host, writeKey) => {
      const client = new SegmentLegacy(writeKey, { host, flushInterval: 50, errorHandler: ignore })
      return { client, finish: () => client.flush() }
    },
  },
  {
    name: '@rudderstack/rudder-sdk-node, gzip',
    open: (host, writeKey) => {
      const client = new RudderStack(writeKey, {
        host,
        flushInterval: 50,
        logLevel: 'none',
        errorHandler: ignore,
      })
      return { client, finish: () => client.flush() }
    },
  },
  {
    name: '@rudderstack/rudder-sdk-node, plain',
    open: (host, writeKey) => {
      const client = new RudderStack(writeKey, {
        host,
        flushInterval: 50,
        logLevel: 'none',
        gzip: false,
        errorHandler: ignore,
      })
      return { client, finish: () => client.flush() }
    },
  },
  {
    name: '@customerio/cdp-analytics-node',
    open: (host, writeKey) => {
      const client = new CustomerIo({ host, writeKey, flushInterval: 50, maxRetries: 5 })
      return { client, finish: () => client.closeAndFlush({ timeout: 15_000 }) }
    },
  },
]

const BACKDATED = new Date('2020-01-01T00:00:00.000Z')

/** Everything that a shop's server has to say, for a customer of this name; returns what should be stored. */
function sendAll(client: Client, who: string) {
  const userId = who
  const anonymousId = `browser of ${who}`
  const order = (number: number) => ({ order_id: `${who}-${number}`, total: 27.5, currency: 'USD' })
  const first = { userId, event: 'Order Completed', properties: order(1) }
  const older = { userId, event: 'Order Completed', properties: order(0), timestamp: BACKDATED }
  client.identify({ userId, anonymousId, traits: { email: `${who}@example.com`, firstName: 'Añá' } })
  client.track(first)
  client.track(older)
  client.page({ anonymousId, name: 'Home', properties: { url: 'https://shop.example/' } })
  client.screen({ anonymousId, name: 'Start' })
  client.group({ userId, groupId: 'g1', traits: { name: 'Acme' } })
  client.alias({ userId, previousId: anonymousId })
  return [
    ['alias', null, {}],
    ['group', null, {}],
    ['identify', null, {}],
    ['page', 'Home', { url: 'https://shop.example/' }],
    ['screen', 'Start', {}],
    ['track', 'Order Completed', older.properties],
    ['track', 'Order Completed', first.properties],
  ]
}

const storedOf = async (who: string) => {
  const stored = await readAllEvents(server.api)
  return stored.filter(({ customer }) => customer.userId === who)
}

const expectStored = async (who: string, expected: unknown[]) => {
  const stored = await vi.waitFor(
    async () => {
      const events = await storedOf(who)
      expect(events.length).toBeGreaterThanOrEqual(expected.length)
      return events
    },
    { timeout: 15_000, interval: 100 },
  )
  const orderOf = ({ type, properties }: (typeof stored)[number]) =>
    `${type} ${String(properties['order_id'])}`
  const told = stored.toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  expect(told.map(({ type, name, properties }) => [type, name, properties])).toEqual(expected)
  expect(new Set(stored.map(({ messageId }) => messageId)).size).toBe(expected.length)
  expect(stored.filter(({ timestamp }) => timestamp === BACKDATED.toISOString())).toHaveLength(1)
  expect(await server.api.customersWith({ userId: who })).toMatchObject([
    {
      email: `${who}@example.com`,
      userId: who,
      traits: { firstName: 'Añá' },
      orders: { count: 2, revenue: { USD: 5500 }, firstAt: BACKDATED.toISOString() },
    },
  ])
}

describe.each(KINDS)('$name', { concurrent: true }, ({ open }) => {
  const number = KINDS.findIndex((kind) => kind.open === open)

  it('delivers every kind of call', async () => {
    const { client, finish } = open(server.url, server.secretKey)
    const expected = sendAll(client, `plain${number}`)
    await finish()
    await expectStored(`plain${number}`, expected)
  })

  it('delivers every event exactly once through 503, 429 and an answer that is lost', async () => {
    const proxy = await startFailingProxy(server.url, [503, 'lost answer', 429])
    const { client, finish } = open(proxy.url, server.secretKey)
    const expected = sendAll(client, `retried${number}`)
    await finish()
    await expectStored(`retried${number}`, expected)
    expect(proxy.pending()).toBe(0)
    expect(proxy.failed()).toEqual({ 429: 1, 503: 2 })
    await proxy.stop()
  })
})
