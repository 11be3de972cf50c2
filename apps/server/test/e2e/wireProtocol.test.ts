import { createConnection } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSettingsRoutes } from '../../src/routes/settingsRoutes.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let server: TestServer
beforeAll(async () => {
  server = await startTestServer()
})
afterAll(() => server.stop())

const send = async (
  path: string,
  body: string | Uint8Array<ArrayBuffer>,
  headers: Record<string, string> = {},
  method = 'POST',
) => {
  const ask = () =>
    fetch(server.url + path, {
      method,
      headers,
      ...(method === 'GET' || method === 'HEAD' ? {} : { body }),
    })
  // A busy client may take up a connection in the moment in which the server ends it as idle: then on a new one.
  const response = await ask().catch((error: unknown) => {
    const { cause } = error as { cause?: { code?: string } }
    if (cause?.code !== 'UND_ERR_SOCKET') throw error
    return ask()
  })
  const text = await response.text()
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? {} : (JSON.parse(text) as object),
  }
}
const json = (value: object) => JSON.stringify(value)
const basic = (user: string) => ({ authorization: `Basic ${Buffer.from(user).toString('base64')}` })
let events = 0
/** The one event of a customer of its own. */
const track = (userId: string, more: object = {}) => ({
  type: 'track',
  event: 'Looked',
  userId,
  messageId: `wire-${(events += 1)}`,
  ...more,
})
const eventsOf = async (userId: string) =>
  await server.api.events((await server.api.customerWith({ userId })).id)

describe('Where a key may stand', () => {
  const ways: [title: string, (event: object) => ReturnType<typeof send>][] = [
    ['Basic user', (event) => send('/v1/track', json(event), basic(`${server.secretKey}:`))],
    ['Basic user without colon', (event) => send('/v1/track', json(event), basic(server.secretKey))],
    ['Basic user with a password', (event) => send('/v1/track', json(event), basic(`${server.secretKey}:x`))],
    [
      'Bearer token',
      (event) => send('/v1/track', json(event), { authorization: `Bearer ${server.secretKey}` }),
    ],
    ['body', (event) => send('/v1/track', json({ ...event, writeKey: server.secretKey }))],
    ['query', (event) => send(`/v1/track?writeKey=${server.secretKey}`, json(event))],
    [
      'first event',
      (event) => send('/v1/batch', json({ batch: [{ ...event, writeKey: server.secretKey }] })),
    ],
    [
      'body, behind a proxy with a Basic user of its own',
      (event) => send('/v1/track', json({ ...event, writeKey: server.secretKey }), basic('staging:password')),
    ],
  ]
  it.for(ways)('%s', async ([title, way]) => {
    expect((await way(track(title))).status).toBe(200)
    expect(await eventsOf(title)).toHaveLength(1)
  })

  it.for([
    ['none', {}],
    ['an empty one', basic(':')],
    ['one that is not Base64', { authorization: 'Basic %%%' }],
    ['another scheme', { authorization: 'Digest x' }],
    ['two that are wrong', { ...basic('wrong-key-one-0001:') }],
  ] as const)('%s is answered 401', async ([, headers]) => {
    const answer = await send('/v1/track?writeKey=', json(track('nobody')), headers)
    expect(answer).toMatchObject({ status: 401, body: { code: 'unknown-key' } })
  })
})

describe('Routes', () => {
  it.for([
    ...['/v1/batch', '/v1/b', '/v1/import', '/beacon/v1/batch'].map((path) => [path, 'batch'] as const),
    ...['/v1/track', '/v1/t'].map((path) => [path, 'track'] as const),
  ])('%s, with a slash at the end, and with one too many before it', async ([path, type]) => {
    const userId = `route ${path}`
    for (const each of [path, `${path}/`, `/${path}`, `${path}?writeKey=${server.secretKey}`]) {
      const body = type === 'batch' ? { batch: [track(userId)] } : track(userId)
      expect((await send(each, json({ ...body, writeKey: server.secretKey }))).status, each).toBe(200)
    }
    expect(await eventsOf(userId)).toHaveLength(4)
  })

  it.for([
    ['identify', 'i'],
    ['page', 'p'],
    ['screen', 's'],
    ['group', 'g'],
    ['alias', 'a'],
  ])('/v1/%s and /v1/%s, whatever type the body names', async ([type, short]) => {
    for (const path of [type!, short!]) {
      const event = { ...track(`type ${path}`), name: 'N', type: 'explode', writeKey: server.secretKey }
      expect((await send(`/v1/${path}`, json(event))).status).toBe(200)
      expect(await eventsOf(`type ${path}`)).toMatchObject([{ type }])
    }
  })

  it.for(['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH'])(
    '%s is not allowed where events are posted',
    async (method) => {
      const answer = await send('/v1/batch', '{}', {}, method)
      expect(answer.status).toBe(405)
      expect(answer.headers.get('allow')).toBe('POST, OPTIONS')
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
      if (method !== 'HEAD') expect(answer.body).toMatchObject({ code: 'method-not-allowed' })
    },
  )

  it('an empty batch is accepted, and what comes after it too', async () => {
    expect((await send('/v1/batch', json({ writeKey: server.writeKey, batch: [] }))).status).toBe(200)
    expect((await send('/v1/track', json({ ...track('after'), writeKey: server.secretKey }))).status).toBe(
      200,
    )
    expect(await eventsOf('after')).toHaveLength(1)
  })

  it('what a client measures of itself is thrown away', async () => {
    expect((await send('/v1/m', json({ series: [{ type: 'Counter' }] }))).status).toBe(200)
  })
})

describe('Settings for clients', () => {
  it('name the public address, and nothing that the caller has not said', async () => {
    const { status, headers, body } = await send(`/v1/projects/${server.writeKey}/settings`, '', {}, 'GET')
    expect(status).toBe(200)
    expect(headers.get('access-control-allow-origin')).toBe('*')
    expect(body).toMatchObject({
      integrations: {
        'Segment.io': {
          apiKey: server.writeKey,
          apiHost: `${new URL(server.url).host}/v1`,
          protocol: 'http',
        },
      },
      plan: { track: { __default: { enabled: true } } },
      metrics: { sampleRate: 0 },
    })
    expect(json(body)).not.toContain(server.secretKey)
  })

  it('lead to a server below a path of another host', async () => {
    const routes = createSettingsRoutes({
      findKey: async () => ({ id: 'k', workspaceId: 'w', kind: 'write', prefix: 'some', origins: [] }),
      clientOf: () => ({ address: '203.0.113.1', limitedAs: '203.0.113.1/32', isLocal: false }),
      publicUrl: () => 'https://shop.example/ciclo',
    })
    const response = await routes.request('/v1/projects/some-write-key-01/settings')
    expect(await response.json()).toMatchObject({
      integrations: { 'Segment.io': { apiHost: 'shop.example/ciclo/v1', protocol: 'https' } },
    })
  })

  it('are the same for RudderStack’s clients, by Basic user or query', async () => {
    for (const [path, headers] of [
      ['/sourceConfig/', basic(`${server.writeKey}:`)],
      [`/sourceConfig?p=npm&writeKey=${server.writeKey}`, {}],
    ] as const) {
      const answer = await send(path, '', headers, 'GET')
      expect(answer).toMatchObject({ status: 200, body: { source: { enabled: true, destinations: [] } } })
      expect(answer.headers.get('access-control-allow-origin')).toBe('*')
    }
  })

  it.for(['secret', 'unknown'])('are not given for a key that is %s, and do not repeat it', async (kind) => {
    const key = kind === 'secret' ? server.secretKey : 'nobody-has-this-key'
    for (const path of [`/v1/projects/${key}/settings`, `/sourceConfig/?writeKey=${key}`]) {
      const answer = await send(path, '', {}, 'GET')
      expect(answer).toMatchObject({ status: 401, body: { code: 'unknown-key' } })
      expect(json(answer.body)).not.toContain(key)
    }
  })
})

describe('What a browser asks first', () => {
  it.for(['/v1/batch', '/v1/t', '/beacon/v1/batch', '/sourceConfig/', '/v1/projects/x/settings'])(
    '%s: any origin, any header that it names, for a day',
    async (path) => {
      const { headers, status } = await fetch(server.url + path, {
        method: 'OPTIONS',
        headers: {
          origin: 'https://shop.example',
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'AnonymousId, authorization,x-other\u00e9',
          'access-control-request-private-network': 'true',
        },
      })
      expect(status).toBe(204)
      expect(headers.get('access-control-allow-origin')).toBe('*')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('access-control-allow-methods')).toBe('GET,POST,OPTIONS')
      expect(headers.get('access-control-allow-headers')).toMatch(
        /^authorization,content-type,x-retry-count,anonymousid,/,
      )
      expect(headers.get('access-control-max-age')).toBe('86400')
      expect(headers.get('access-control-allow-private-network')).toBe('true')
    },
  )
})

describe('A body', () => {
  const packed = (userId: string) => Buffer.from(json({ ...track(userId), writeKey: server.secretKey }))
  const ways: [title: string, encoding: string, pack: (body: Buffer) => Buffer][] = [
    ['gzip', 'gzip', gzipSync],
    ['gzip by its old name', 'X-Gzip', gzipSync],
    ['gzip, not declared', '', gzipSync],
    ['gzip, declared and not applied', 'gzip', (body) => body],
    ['brotli, declared and not applied', 'br', (body) => body],
    ['gzip, declared as something else', 'br', gzipSync],
    ['deflate', 'deflate', deflateSync],
    ['deflate without its envelope', 'deflate', deflateRawSync],
    ['brotli', 'br', brotliCompressSync],
    ['zstd', 'zstd', zstdCompressSync],
    ['identity', 'identity', (body) => body],
    ['a byte order mark', '', (body) => Buffer.concat([Buffer.from('\uFEFF'), body])],
  ]
  it.for(ways)('is read: %s', async ([title, encoding, pack]) => {
    const headers = encoding === '' ? {} : { 'content-encoding': encoding }
    expect(await send('/v1/track', Uint8Array.from(pack(packed(title))), headers)).toMatchObject({
      status: 200,
    })
    expect(await eventsOf(title)).toHaveLength(1)
  })

  it.for([
    ['an unknown compression', 'compress', Buffer.from('xx'), /compress.*gzip, deflate, br or zstd/],
    ['brotli that is none', 'br', Buffer.from([1, 2, 3]), /inflated as br/],
    ['truncated gzip', 'gzip', gzipSync('{"a":1}').subarray(0, 12), /inflated as gzip/],
    ['deflate that is none', 'deflate', Buffer.from([0x78, 0x9c, 0xff]), /inflated as deflate/],
  ] as const)('is refused with 400: %s', async ([, encoding, body, message]) => {
    const answer = await send('/v1/track', Uint8Array.from(body), { 'content-encoding': encoding })
    expect(answer).toMatchObject({
      status: 400,
      body: { code: 'bad-request', message: expect.stringMatching(message) as string },
    })
  })

  it.for([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
    ['zstd', zstdCompressSync],
  ] as const)(
    'that inflates more than a hundredfold, to less than the limit, is refused: %s',
    async ([encoding, pack]) => {
      const bomb = pack(json({ ...track('bomb'), writeKey: server.secretKey, x: ' '.repeat(300_000) }))
      expect(bomb.length).toBeLessThan(3_000)
      const answer = await send('/v1/track', Uint8Array.from(bomb), { 'content-encoding': encoding })
      expect(answer).toMatchObject({
        status: 413,
        body: { code: 'too-large', message: expect.stringMatching(/100-fold/) as string },
      })
      expect(await server.api.customersWith({ userId: 'bomb' })).toEqual([])
    },
  )

  it('that is as repetitive as real batches are is taken', async () => {
    const batch = Array.from({ length: 400 }, () => track('repetitive', { properties: { path: '/p/1' } }))
    const body = gzipSync(json({ writeKey: server.secretKey, batch }))
    expect((await send('/v1/batch', Uint8Array.from(body))).status).toBe(200)
  })

  it('that would fill the memory does not: bombs by the hundred leave it as it was', async () => {
    const memory = async () => {
      const text = await (await fetch(`${server.url}/metrics`)).text()
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1])
    }
    const spread = Buffer.alloc(24_000_000, '{"a":')
    const bombs = Object.entries({ gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync }).map(
      ([encoding, pack]) => ({ encoding, body: Uint8Array.from(pack(spread)) }),
    )
    const storm = async () => {
      for (let round = 0; round < 5; round += 1) {
        const answers = await Promise.all(
          Array.from({ length: 24 }, (_, index) => {
            const { body, encoding } = bombs[index % bombs.length]!
            return send('/v1/batch', body, { 'content-encoding': encoding })
          }),
        )
        expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([413]))
      }
    }
    await storm()
    const before = await memory()
    await storm()
    expect(before).toBeGreaterThan(1_000_000)
    // Inflated whole, a single round would come to 576 MB.
    expect((await memory()) - before).toBeLessThan(64_000_000)
  })
})

describe('An event', () => {
  const batch = (body: object) => send('/v1/batch', json({ writeKey: server.secretKey, ...body }))

  it('that is refused is named by its place and its messageId', async () => {
    const good = track('named')
    const answer = await batch({
      batch: [{ ...track('named'), event: '', messageId: 'bad-1' }, null, good, { type: 'x' }],
    })
    expect(answer).toMatchObject({
      status: 200,
      body: {
        rejected: [
          {
            index: 0,
            messageId: 'bad-1',
            code: 'bad-request',
            message: expect.stringContaining('event') as string,
          },
          { index: 1, messageId: null, code: 'bad-request' },
          { index: 3, messageId: null, code: 'bad-request' },
        ],
      },
    })
    const none = await batch({ batch: [{ ...good, event: '', messageId: 'bad-2' }] })
    expect(none).toMatchObject({
      status: 400,
      body: { code: 'bad-request', rejected: [{ index: 0, messageId: 'bad-2' }] },
    })
  })

  it('keeps ids that are longer than a number can be, so that two of them stay two', async () => {
    const send18 = (userId: string, order: string) =>
      send(
        '/v1/batch',
        `{"writeKey":"${server.secretKey}","batch":[{"type":"track","event":"Order Completed","userId":${userId},
          "properties":{"order_id" : ${order},"total":1,"currency":"USD","note":"\\"userId\\":12345678901234567890"}}]}`,
      )
    expect((await send18('123456789012345678', '9007199254740993')).status).toBe(200)
    expect((await send18('123456789012345678', '9007199254740992')).status).toBe(200)
    expect((await send18('123456789012345679', '9007199254740993')).status).toBe(200)
    const customer = await server.api.customerWith({ userId: '123456789012345678' })
    expect(customer.orders.count).toBe(2)
    expect(await eventsOf('123456789012345679')).toMatchObject([
      { properties: { order_id: '9007199254740993', note: '"userId":12345678901234567890' } },
    ])
  })

  it('may carry empty lists where PHP has nothing to say, and empty texts where others have not', async () => {
    const event = track('php', {
      properties: [],
      traits: [],
      context: [],
      anonymousId: '',
      groupId: '',
      name: '',
    })
    expect(
      (await batch({ batch: [{ ...event, sentAt: '', timestamp: '', messageId: '' }], context: [] })).status,
    ).toBe(200)
    expect(await eventsOf('php')).toMatchObject([{ properties: {}, traits: {} }])
  })

  it('may have numbers for ids and messageId', async () => {
    expect((await batch({ batch: [{ ...track('x'), userId: 42, messageId: 4242 }] })).status).toBe(200)
    expect(await eventsOf('42')).toMatchObject([{ messageId: '4242' }])
  })

  it('has the traits of its context where it identifies, as RudderStack sends them, and its own above them', async () => {
    const context = { traits: { email: 'rudder@example.com', firstName: 'Context', city: 'Cracow' } }
    const event = { ...track('rudder'), type: 'identify', context, traits: { firstName: 'Own' } }
    expect((await batch({ batch: [event] })).status).toBe(200)
    expect(await server.api.customerWith({ userId: 'rudder' })).toMatchObject({
      email: 'rudder@example.com',
      traits: { firstName: 'Own', city: 'Cracow' },
    })
  })

  it('has the context of its batch, key by key, and a null of its own changes nothing', async () => {
    const context = {
      locale: 'pl-PL',
      traits: { email: 'shared@example.com', firstName: 'Shared', city: 'Cracow' },
    }
    const event = {
      ...track('shared'),
      type: 'identify',
      context: { locale: null, traits: { firstName: 'Own' } },
    }
    expect((await batch({ batch: [event], context })).status).toBe(200)
    expect(await server.api.customerWith({ userId: 'shared' })).toMatchObject({
      email: 'shared@example.com',
      locale: 'pl',
      traits: { firstName: 'Own', city: 'Cracow' },
    })
  })

  it('has its category as a property, where no library has put it there', async () => {
    expect(
      (await batch({ batch: [{ ...track('page'), type: 'page', name: 'Home', category: 'Docs' }] })).status,
    ).toBe(200)
    expect(await eventsOf('page')).toMatchObject([{ name: 'Home', properties: { category: 'Docs' } }])
  })

  it('is at its timestamp, where RudderStack’s client states when it was called beside it', async () => {
    const now = new Date().toISOString()
    const event = track('old', { timestamp: '2020-01-01T00:00:00Z', originalTimestamp: now, sentAt: now })
    expect((await batch({ batch: [event] })).status).toBe(200)
    expect(await eventsOf('old')).toMatchObject([{ timestamp: '2020-01-01T00:00:00.000Z' }])
  })

  it('stays what it is with numbers that JSON cannot write', async () => {
    const body = `{"writeKey":"${server.secretKey}","type":"track","event":"E","userId":"numbers","properties":{"a":1e400,"b":-0,"c":1e308}}`
    expect((await send('/v1/track', body)).status).toBe(200)
    expect((await eventsOf('numbers'))[0]?.properties).toEqual({ a: null, b: 0, c: 1e308 })
  })

  it('has an order’s total only where a till could print it, so that figures stay whole', async () => {
    const order = (order_id: string, total: number | string) =>
      track('rich', { event: 'Order Completed', properties: { order_id, total, currency: 'USD' } })
    const totals = [1e308, 90_071_992_547_409, 90_071_992_547_409, '9007199254740991', 10_000_000_000, 12.5]
    expect((await batch({ batch: totals.map((total, index) => order(`o${index}`, total)) })).status).toBe(200)
    const { orders } = await server.api.customerWith({ userId: 'rich' })
    expect(orders).toMatchObject({ count: 6, revenue: { USD: 1_000_000_001_250 } })
  })

  it('cannot be hidden in a context that is deeper than any stack', async () => {
    const deep = '{"a":'.repeat(60_000) + '1' + '}'.repeat(60_000)
    const body = `{"writeKey":"${server.secretKey}","context":${deep},"batch":[${json(track('deep'))}]}`
    expect(await send('/v1/batch', body)).toMatchObject({
      status: 400,
      body: { message: expect.stringMatching(/context: nested deeper than 32/) as string },
    })
  })
})

it('a client that goes away in the middle of a body leaves a server that answers', async () => {
  const { hostname, port } = new URL(server.url)
  await Promise.all(
    Array.from(
      { length: 20 },
      (_, index) =>
        new Promise<void>((resolve, reject) => {
          const socket = createConnection(Number(port), hostname, () => {
            socket.write(
              `POST /v1/batch HTTP/1.1\r\nhost: x\r\n${index % 2 === 0 ? 'content-length: 500000' : 'transfer-encoding: chunked'}\r\n\r\n`,
            )
            socket.write(index % 2 === 0 ? '{"batch":[' : '5\r\n{"bat\r\nzz')
            setImmediate(() => socket.destroy())
          })
          socket.on('close', () => resolve())
          socket.on('error', reject)
        }),
    ),
  )
  expect((await send('/v1/track', json({ ...track('gone'), writeKey: server.secretKey }))).status).toBe(200)
  expect(server.output()).not.toMatch(/unhandled|uncaught/i)
})
