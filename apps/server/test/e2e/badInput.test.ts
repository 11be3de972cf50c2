import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest'
import { createTestFolder } from '../support/createTestFolder.ts'
import { spawnTestServer, startTestServer, WRITE_KEY, type TestServer } from '../support/startTestServer.ts'

const HOUR = 3_600_000
const BODY_BYTES = 512 * 1024
const EVENT_BYTES = 32 * 1024

let server: TestServer
beforeAll(async () => {
  // A time without a zone must not mean the time of wherever the server stands.
  server = await startTestServer({ environment: { TZ: 'Asia/Tokyo' } })
})
afterAll(() => server.stop())

const post = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer> | ReadableStream,
  headers: Record<string, string> = {},
) => {
  const response = await fetch(`${server.url}${path}`, { method: 'POST', body, headers, duplex: 'half' })
  const text = await response.text()
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: JSON.parse(text) as unknown,
  }
}
const send = (path: string, body: unknown, headers?: Record<string, string>) =>
  post(path, JSON.stringify(body), headers)
const batch = (events: unknown, more: Record<string, unknown> = {}) =>
  send('/v1/batch', { writeKey: WRITE_KEY, batch: events, ...more })

const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(`${user}:`).toString('base64')}` })
/** An event of a browser that belongs to this userId alone. */
const track = (more: Record<string, unknown> = {}) => ({
  type: 'track',
  event: 'Looked',
  anonymousId: `browser of ${String(more['userId'])}`,
  ...more,
})
const nested = (depth: number): unknown => JSON.parse(`${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`)

/** Every accepted case has a userId of its own, which its browser claims. */
const eventsOf = async (userId: string) =>
  (await server.api.events((await server.api.customerWith({ userId })).id)).toReversed()

describe('What is refused leaves nothing behind, and says why', () => {
  const key = { writeKey: WRITE_KEY }
  const large = 'x'.repeat(BODY_BYTES)
  const refusals: [
    title: string,
    status: number,
    code: string,
    message: RegExp,
    () => ReturnType<typeof post>,
  ][] = [
    ['malformed JSON', 400, 'bad-json', /not JSON/, () => post('/v1/batch', `{"batch": [}`)],
    ['an empty body', 400, 'bad-json', /not JSON/, () => post('/v1/track', '')],
    ['a body that is an array', 400, 'bad-request', /object/, () => send('/v1/batch', [track()])],
    ['a body that is null', 400, 'bad-request', /object/, () => send('/v1/batch', null)],
    [
      'an unknown key',
      401,
      'unknown-key',
      /not known/,
      () => send('/v1/batch', { writeKey: 'nobody-has-this-key', batch: [track()] }),
    ],
    [
      'an unknown key as Basic user',
      401,
      'unknown-key',
      /not known/,
      () => send('/v1/track', track(), basic('nobody-has-this-key')),
    ],
    ['no key', 401, 'unknown-key', /No key/, () => send('/v1/batch', { batch: [track()] })],
    [
      'a key that is a number',
      401,
      'unknown-key',
      /No key/,
      () => send('/v1/batch', { writeKey: 1, batch: [track()] }),
    ],
    [
      'a body over the limit',
      413,
      'too-large',
      /524288 bytes/,
      () => send('/v1/batch', { ...key, batch: [track()], large }),
    ],
    [
      'a body over the limit, of unknown length',
      413,
      'too-large',
      /524288 bytes/,
      () => post('/v1/batch', new Blob([JSON.stringify({ ...key, batch: [track()], large })]).stream()),
    ],
    [
      'a gzip bomb',
      413,
      'too-large',
      /524288 bytes/,
      () =>
        post(
          '/v1/batch',
          gzipSync(JSON.stringify({ ...key, batch: [track()], bomb: ' '.repeat(40_000_000) })),
          { 'content-encoding': 'gzip' },
        ),
    ],
    [
      'what begins like gzip',
      400,
      'bad-request',
      /gzip/,
      () => post('/v1/batch', new Uint8Array([0x1f, 0x8b, 8, 0, 0, 0])),
    ],
    [
      '2,501 events',
      413,
      'too-large',
      /2501.*2500/,
      () => batch(Array.from({ length: 2501 }, () => track({ event: 'E' }))),
    ],
    ['no batch', 400, 'bad-request', /batch: .*array/, () => batch(undefined)],
    ['a batch that is an object', 400, 'bad-request', /batch: .*array/, () => batch({ 0: track() })],
    [
      'an event that is too large',
      413,
      'too-large',
      /32768/,
      () => batch([track({ properties: { x: 'é'.repeat(EVENT_BYTES / 2) } })]),
    ],
    ['an event that is null', 400, 'bad-request', /object/, () => batch([null])],
    ['an event that is a list', 400, 'bad-request', /object/, () => batch([[track()]])],
    ['an unknown type', 400, 'bad-request', /type/, () => batch([track({ type: 'explode' })])],
    ['no type', 400, 'bad-request', /type/, () => batch([track({ type: undefined })])],
    [
      'a track without a name',
      400,
      'bad-request',
      /name/,
      () => send('/v1/track', { ...key, anonymousId: 'a' }),
    ],
    ['an empty name', 400, 'bad-request', /event/, () => batch([track({ event: '' })])],
    ['a name that is a number', 400, 'bad-request', /event/, () => batch([track({ event: 7 })])],
    [
      'an event of nobody',
      400,
      'bad-request',
      /userId.*anonymousId/,
      () => batch([track({ anonymousId: undefined })]),
    ],
    [
      'an event of nobody, with nulls',
      400,
      'bad-request',
      /userId.*anonymousId/,
      () => batch([track({ anonymousId: null, userId: '' })]),
    ],
    [
      'an event of nobody, with an id in __proto__',
      400,
      'bad-request',
      /userId.*anonymousId/,
      () =>
        post(
          '/v1/batch',
          `{"writeKey":"${WRITE_KEY}","batch":[{"type":"track","event":"E","__proto__":{"anonymousId":"a"}}]}`,
        ),
    ],
    [
      'a userId that is an object',
      400,
      'bad-request',
      /userId/,
      () => batch([track({ userId: { $gt: '' } })]),
    ],
    [
      'an anonymousId that is true',
      400,
      'bad-request',
      /anonymousId/,
      () => batch([track({ anonymousId: true })]),
    ],
    [
      'a userId that is too long',
      400,
      'bad-request',
      /userId/,
      () => batch([track({ userId: 'u'.repeat(513) })]),
    ],
    [
      'a messageId that only Ciclo itself may use',
      400,
      'bad-request',
      /messageId: expected an id that does not begin with ciclo:/,
      () => batch([track({ messageId: 'ciclo:import/order/1' })]),
    ],
    [
      'a messageId that is too long',
      400,
      'bad-request',
      /messageId/,
      () => batch([track({ messageId: 'm'.repeat(101) })]),
    ],
    [
      'properties that are text',
      400,
      'bad-request',
      /properties/,
      () => batch([track({ properties: 'all' })]),
    ],
    [
      'properties that are a list',
      400,
      'bad-request',
      /properties/,
      () => batch([track({ properties: [1] })]),
    ],
    [
      'a time that is none',
      400,
      'bad-request',
      /timestamp.*yesterday.*ISO 8601/,
      () => batch([track({ timestamp: 'yesterday' })]),
    ],
    [
      'a time in words with a number',
      400,
      'bad-request',
      /timestamp.*"week 5"/,
      () => batch([track({ timestamp: 'week 5' })]),
    ],
    [
      '33 levels',
      400,
      'bad-request',
      /nested deeper than 32/,
      () => batch([track({ properties: nested(33) })]),
    ],
    [
      '50,000 levels',
      400,
      'bad-request',
      /nested deeper than 32/,
      () =>
        post(
          '/v1/track',
          `{"writeKey":"${WRITE_KEY}","anonymousId":"a","event":"E","properties":${'{"a":'.repeat(50_000)}1${'}'.repeat(50_000)}}`,
        ),
    ],
    ['an unknown path', 404, 'not-found', /POST \/v1\/explode/, () => send('/v1/explode', track(key))],
    [
      'a wrong query',
      400,
      'bad-request',
      /limit/,
      async () => {
        const response = await fetch(`${server.url}/api/customers?limit=1e9`, {
          headers: { authorization: `Bearer ${server.secretKey}` },
        })
        return {
          status: response.status,
          type: response.headers.get('content-type'),
          body: await response.json(),
        }
      },
    ],
    [
      'a wrong cursor',
      400,
      'bad-request',
      /cursor.*"%%"/,
      async () => {
        const response = await fetch(`${server.url}/api/customers?cursor=%25%25`, {
          headers: { authorization: `Bearer ${server.secretKey}` },
        })
        return {
          status: response.status,
          type: response.headers.get('content-type'),
          body: await response.json(),
        }
      },
    ],
  ]
  it.for(refusals)('%s: %i %s', async ([, status, code, message, request]) => {
    const answer = await request()
    expect(answer).toMatchObject({ status, type: 'application/problem+json', body: { status, code } })
    expect((answer.body as { message: unknown }).message).toMatch(message)
    expect((answer.body as { detail: unknown }).detail).toMatch(message)
    expect(await server.api.customers()).toEqual([])
  })
})

describe('What is odd and still clear is accepted', () => {
  const accepted = { status: 200, body: { success: true } }

  it('takes a batch without its too large event, and names it', async () => {
    const big = track({ userId: 'big', properties: { x: 'x'.repeat(EVENT_BYTES) } })
    const small = (name: string) => track({ userId: 'big', event: name })
    const answer = await batch([small('One'), big, small('Two'), { type: 'track' }, null])
    expect(answer).toMatchObject({
      status: 200,
      body: {
        success: true,
        rejected: [
          { index: 1, code: 'too-large' },
          { index: 3, code: 'bad-request' },
          { index: 4, code: 'bad-request' },
        ],
      },
    })
    expect((await eventsOf('big')).map(({ name }) => name)).toEqual(['One', 'Two'])
  })

  it('takes an event of exactly the limit', async () => {
    const event = track({ userId: 'exact', context: {}, properties: { x: '' } })
    const length = EVENT_BYTES - JSON.stringify(event).length
    expect(await batch([{ ...event, properties: { x: 'x'.repeat(length) } }])).toMatchObject(accepted)
    expect((await batch([{ ...event, properties: { x: 'x'.repeat(length + 1) } }])).status).toBe(413)
    expect(await eventsOf('exact')).toHaveLength(1)
  })

  it('inflates gzip, declared or not', async () => {
    const body = (event: string) =>
      gzipSync(JSON.stringify({ writeKey: WRITE_KEY, batch: [track({ userId: 'gzip', event })] }))
    expect(await post('/v1/batch', body('Silent'))).toMatchObject(accepted)
    expect(await post('/v1/batch', body('Declared'), { 'content-encoding': 'gzip' })).toMatchObject(accepted)
    expect(await post('/v1/b', body('As text'), { 'content-type': 'text/plain' })).toMatchObject(accepted)
    expect((await eventsOf('gzip')).map(({ name }) => name)).toEqual(['Silent', 'Declared', 'As text'])
  })

  it('finds the key wherever a client puts it', async () => {
    const event = (name: string) => ({ userId: 'keys', anonymousId: 'browser of keys', event: name })
    const withoutColon = { authorization: `Basic ${Buffer.from(WRITE_KEY).toString('base64')}` }
    const requests = [
      send('/v1/track', event('basic'), basic(WRITE_KEY)),
      send('/v1/t', event('basic without colon'), withoutColon),
      send('/v1/track', { ...event('body'), writeKey: WRITE_KEY }),
      send(`/v1/track?writeKey=${WRITE_KEY}`, event('query')),
      send('/v1/batch', { batch: [{ type: 'track', ...event('in the event'), writeKey: WRITE_KEY }] }),
    ]
    for (const answer of await Promise.all(requests)) expect(answer).toMatchObject(accepted)
    expect(await eventsOf('keys')).toHaveLength(requests.length)
  })

  it('reads explicit nulls as nothing, and numbers as ids', async () => {
    const nulls = {
      messageId: null,
      groupId: null,
      previousId: null,
      name: null,
      traits: null,
      context: null,
      timestamp: null,
      originalTimestamp: null,
      sentAt: null,
      integrations: null,
      properties: null,
    }
    expect(await batch([track({ ...nulls, userId: 4711 })], { context: null, sentAt: null })).toMatchObject(
      accepted,
    )
    expect(await eventsOf('4711')).toMatchObject([{ name: 'Looked', properties: {}, traits: {} }])
  })

  it('stores text without NUL and lone surrogates', async () => {
    const properties = { 'a\u0000b': 'x\u0000y', lone: 'x\ud800y', pair: '\ud83d\ude00', list: ['\udc00'] }
    expect(await batch([track({ userId: 'clean\u0000', event: 'Nul\u0000', properties })])).toMatchObject(
      accepted,
    )
    expect(await eventsOf('clean\ufffd')).toMatchObject([
      {
        name: 'Nul\ufffd',
        properties: { 'a\ufffdb': 'x\ufffdy', lone: 'x\ufffdy', pair: '\ud83d\ude00', list: ['\ufffd'] },
      },
    ])
  })

  it('drops __proto__ wherever it stands, and keeps what is beside it', async () => {
    const event = `{"type":"identify","anonymousId":"proto","userId":"proto","__proto__":{"type":"alias"},
      "traits":{"__proto__":{"polluted":1},"deep":{"__proto__":{"polluted":1},"kept":1},"constructor":{"prototype":{"polluted":1}}}}`
    expect(
      await post('/v1/batch', `{"writeKey":"${WRITE_KEY}","__proto__":{"batch":[]},"batch":[${event}]}`),
    ).toMatchObject(accepted)
    const [{ type, traits } = {}] = await eventsOf('proto')
    expect(type).toBe('identify')
    expect(JSON.stringify(traits)).toBe('{"deep":{"kept":1},"constructor":{"prototype":{"polluted":1}}}')
    const customer = await server.api.customerWith({ userId: 'proto' })
    expect(customer.traits).toEqual(traits)
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('gives every event of a batch the context of the batch, and lets the event overrule it', async () => {
    const identify = (context?: { locale: string }) =>
      batch([{ type: 'identify', userId: 'context', anonymousId: 'context', context }], {
        context: { locale: 'pl-PL' },
      })
    const locale = async () => (await server.api.customerWith({ userId: 'context' })).locale
    expect(await identify()).toMatchObject(accepted)
    expect(await locale()).toBe('pl')
    expect(await identify({ locale: 'ro' })).toMatchObject(accepted)
    expect(await locale()).toBe('ro')
  })

  it('counts a messageId once, whatever else changes', async () => {
    const event = track({ userId: 'once', messageId: 'the-same' })
    expect(await batch([event, event])).toMatchObject(accepted)
    expect(await batch([track({ userId: 'once', messageId: 'the-same', event: 'Other' })])).toMatchObject(
      accepted,
    )
    expect(await eventsOf('once')).toMatchObject([{ messageId: 'the-same', name: 'Looked' }])
  })
})

describe('The time of an event', () => {
  const noon = Date.UTC(2026, 0, 15, 12)
  const forms: [client: string, timestamp: unknown, at: number][] = [
    ['JavaScript', '2026-01-15T12:00:00.000Z', noon],
    ['Go, in nanoseconds', '2026-01-15T12:00:00.123456789Z', noon + 123],
    ['Python, in microseconds and with an offset', '2026-01-15T12:00:00.123456+00:00', noon + 123],
    ['Java, with another offset', '2026-01-15T14:00:00+02:00', noon],
    ['Swift, with an offset without colon', '2026-01-15T14:00:00.000+0200', noon],
    ['Ruby, without fractions', '2026-01-15T12:00:00Z', noon],
    ['a time without a zone, which is UTC', '2026-01-15T12:00:00.000', noon],
    ['a time without a zone, with a space', '2026-01-15 12:00:00', noon],
    ['a date alone, which is midnight UTC', '2026-01-15', noon - 12 * HOUR],
    ['milliseconds', noon, noon],
  ]
  it.for(forms)('is read as %s: %s', async ([, timestamp, at], { task }) => {
    expect((await batch([track({ userId: task.id, timestamp })])).status).toBe(200)
    const [event] = await eventsOf(task.id)
    expect(event?.timestamp).toBe(new Date(at).toISOString())
  })

  const iso = (at: number) => new Date(at).toISOString()
  it('is corrected by how far the clock of the client is off', async () => {
    const sentAt = iso(Date.now() + 48 * HOUR)
    const timestamp = iso(Date.now() + 47 * HOUR)
    expect((await batch([track({ userId: 'ahead', timestamp })], { sentAt })).status).toBe(200)
    expect(
      (
        await batch([
          track({
            userId: 'behind',
            timestamp: iso(Date.now() - 49 * HOUR),
            sentAt: iso(Date.now() - 48 * HOUR),
          }),
        ])
      ).status,
    ).toBe(200)
    for (const userId of ['ahead', 'behind']) {
      const [event] = await eventsOf(userId)
      expect(Math.abs(Date.parse(event!.timestamp) - (Date.now() - HOUR)), userId).toBeLessThan(10_000)
    }
  })

  it('is as stated where the clock is right, however long the event waited at the client', async () => {
    const sentAt = iso(Date.now())
    const timestamp = '2026-01-15T12:00:00.000Z'
    expect((await batch([track({ userId: 'waited', timestamp, sentAt })])).status).toBe(200)
    expect(await eventsOf('waited')).toMatchObject([{ timestamp }])
  })

  it('is never in the future', async () => {
    expect((await batch([track({ userId: 'future', timestamp: '2999-01-01T00:00:00Z' })])).status).toBe(200)
    const [event] = await eventsOf('future')
    expect(event?.timestamp).toBe(event?.receivedAt)
  })
})

it('a shop on another origin may send from its pages', async () => {
  for (const path of ['/v1/batch', '/v1/b', '/v1/t']) {
    const preflight = await fetch(`${server.url}${path}`, {
      method: 'OPTIONS',
      headers: {
        origin: 'https://shop.example',
        'access-control-request-method': 'POST',
        'access-control-request-headers': 'authorization,content-type',
      },
    })
    expect(preflight.status).toBe(204)
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*')
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST')
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'authorization,content-type,x-retry-count',
    )
  }
  const refused = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    body: '{',
    headers: { origin: 'https://shop.example' },
  })
  expect(refused.status).toBe(400)
  expect(refused.headers.get('access-control-allow-origin')).toBe('*')
  const api = await fetch(`${server.url}/api/customers`, { headers: { origin: 'https://shop.example' } })
  expect(api.headers.get('access-control-allow-origin')).toBeNull()
})

describe('A wrong configuration ends the start in one line', () => {
  const cases: [variable: string, environment: Record<string, string>, line: RegExp][] = [
    [
      'a database that does not answer',
      { DATABASE_URL: 'postgres://me:password@127.0.0.1:1/shop' },
      /^DATABASE_URL: Cannot open the PostgreSQL database shop on 127\.0\.0\.1:1: connect ECONNREFUSED .*$/,
    ],
    ['PORT', { PORT: 'abc' }, /^PORT: given "abc", expected a port number from 0 to 65535$/],
    [
      'CICLO_SECRET',
      { CICLO_SECRET: 'short-secret' },
      /^CICLO_SECRET: given 12 characters, expected at least 32 characters$/,
    ],
    [
      'DATABASE_URL',
      { DATABASE_URL: 'mysql://root:hunter2@localhost/shop' },
      /^DATABASE_URL: given 35 characters, expected file:.* or postgres:.*$/,
    ],
    [
      'MAIL_FROM',
      { MAIL_FROM: 'Shop <not an address>' },
      /^MAIL_FROM: given "Shop <not an address>", expected .*address.*$/,
    ],
    [
      'CICLO_CLOCK',
      { CICLO_CLOCK: 'test', HOST: '0.0.0.0' },
      /^CICLO_CLOCK: given "test", expected 'system' where HOST \(0\.0\.0\.0\) is not a loopback address$/,
    ],
  ]
  it.for(cases)('%s', async ([, environment, line]) => {
    const folder = createTestFolder()
    onTestFinished(folder.remove)
    const { child, ended, output } = spawnTestServer({ folder: folder.path, environment })
    await ended
    expect(output().trimEnd()).toMatch(line)
    expect(child.exitCode).toBe(1)
    expect(output()).not.toContain('hunter2')
  })
})
