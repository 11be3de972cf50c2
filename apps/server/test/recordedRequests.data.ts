import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** One request as a client sent it. */
export interface RecordedRequest {
  method: string
  path: string
  headers: Record<string, string>
  body: unknown
}

export interface Recording {
  /** The client and what it did, as the file is named. */
  name: string
  requests: RecordedRequest[]
}

/** The key that the requests were recorded with. */
export const RECORDED_KEY = 'WK_TEST'

const SENT_AT = '2026-03-04T05:06:07.890Z'
const TIMESTAMP = '2026-03-04T05:06:07.800Z'

const basic = { authorization: `Basic ${Buffer.from(`${RECORDED_KEY}:`).toString('base64')}` }
const id = (client: string, number: number) =>
  `${client}-1772600767800-00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

const PAGE = { path: '/p/1', referrer: '', search: '', title: 'Shop', url: 'https://shop.example/p/1' }

/** What a browser sends of one visitor: a page, a sign-in, a product, a group, an alias. */
function browserEvents(anonymousId: string, first: number) {
  const event = (number: number, more: { type: string; [key: string]: unknown }) => ({
    timestamp: TIMESTAMP,
    integrations: { 'Segment.io': true },
    context: { page: PAGE, locale: 'en-US', library: { name: 'analytics.js', version: 'npm:next-1.84.3' } },
    messageId: id('ajs-next', first + number),
    anonymousId,
    writeKey: RECORDED_KEY,
    userId: 'u1',
    _metadata: { bundled: ['Segment.io'], unbundled: [], bundledIds: [] },
    ...more,
  })
  return [
    event(1, {
      type: 'page',
      name: 'PDP',
      category: 'Product',
      properties: { ...PAGE, name: 'PDP', category: 'Product' },
      userId: null,
    }),
    event(2, { type: 'identify', traits: { email: 'a@example.com' } }),
    event(3, { type: 'track', event: 'Product Added', properties: { product_id: 'p1', price: 10 } }),
    event(4, { type: 'group', groupId: 'g1', traits: { name: 'Acme' } }),
    event(5, { type: 'alias', previousId: 'u1' }),
  ]
}

function serverEvents() {
  const event = (number: number, more: object) => ({
    timestamp: TIMESTAMP,
    integrations: {},
    context: { library: { name: '@segment/analytics-node', version: '3.1.0' } },
    messageId: id('node-next', number),
    _metadata: { nodeVersion: 'v24.0.0', jsRuntime: 'node' },
    ...more,
  })
  const anonymousId = 'anon1'
  const userId = 'u1'
  const products = [{ product_id: 'p1', price: 10, quantity: 2 }]
  return [
    event(1, { type: 'identify', userId, anonymousId, traits: { email: 'a@example.com', firstName: 'A' } }),
    event(2, {
      type: 'track',
      event: 'Order Completed',
      userId,
      properties: { order_id: 'o1', total: 27.5, currency: 'USD', products },
    }),
    event(3, { type: 'page', name: 'Home', anonymousId, properties: { url: 'https://shop.example/' } }),
    event(4, { type: 'screen', name: 'S', anonymousId, properties: {} }),
    event(5, { type: 'group', userId, groupId: 'g1', traits: { name: 'Acme' } }),
    event(6, { type: 'alias', userId, previousId: anonymousId }),
    event(7, {
      type: 'track',
      event: 'Backdated',
      anonymousId,
      properties: {},
      timestamp: '2020-01-01T00:00:00.000Z',
      messageId: 'custom-1',
    }),
  ]
}

function generate(): Recording[] {
  const text = { ...basic, 'content-type': 'text/plain', origin: 'https://shop.example' }
  const json = { ...basic, 'content-type': 'application/json' }
  const post = (path: string, headers: Record<string, string>, body: object): RecordedRequest => ({
    method: 'POST',
    path,
    headers,
    body: { ...body, writeKey: RECORDED_KEY, sentAt: SENT_AT },
  })
  const retried = {
    type: 'track',
    event: 'Retry Me',
    userId: 'u1',
    properties: {},
    timestamp: TIMESTAMP,
    messageId: id('node-next', 99),
  }
  return [
    {
      name: 'segment-analytics-next-batching',
      requests: [post('/v1/b', text, { batch: browserEvents('browser-1', 0) })],
    },
    {
      name: 'segment-analytics-next-standard',
      requests: [
        { method: 'GET', path: `/v1/projects/${RECORDED_KEY}/settings`, headers: {}, body: '' },
        ...browserEvents('browser-2', 10).map((event) => post(`/v1/${event.type[0]}`, text, event)),
      ],
    },
    { name: 'segment-analytics-node', requests: [post('/v1/batch', json, { batch: serverEvents() })] },
    {
      name: 'segment-analytics-node-retry503',
      requests: [0, 1, 2].map((count) =>
        post('/v1/batch', { ...json, 'x-retry-count': String(count) }, { batch: [retried] }),
      ),
    },
  ].map((recording) => JSON.parse(JSON.stringify(recording)) as Recording)
}

/**
 * Requests of real clients, recorded: in the folder that CICLO_TEST_DATA names, else beside the repository, else
 * generated in the same shape.
 */
export function readRecordings(): { kind: 'recorded' | 'generated'; recordings: Recording[] } {
  const data =
    process.env['CICLO_TEST_DATA'] ?? fileURLToPath(new URL('../../../../shared/data', import.meta.url))
  const folder = join(data, 'requests')
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.json')) : []
  if (files.length === 0) return { kind: 'generated', recordings: generate() }
  const recordings = files.toSorted().map((file) => ({
    name: file.replace(/\.json$/, ''),
    requests: JSON.parse(readFileSync(join(folder, file), 'utf8')) as RecordedRequest[],
  }))
  return { kind: 'recorded', recordings }
}
