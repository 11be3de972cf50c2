import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROME, createAttacker, signUp, type SentEvent } from '../support/createAttacker.ts'
import { forwardedFor, sendRaw, type Answer } from '../support/sendFrom.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const MINUTE = 60_000
/** What an attacker would like to have read, and what must never stand in a log. */
const CANARY = 'Canary-7f3a'

let smtp: SmtpCatcher
let server: TestServer
let attacker: ReturnType<typeof createAttacker>
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  server = await startTestServer({
    environment: {
      SMTP_URL: smtp.url,
      LOG_LEVEL: 'trace',
      // Buckets of 200 and of 250 events, so that a flood is short.
      LIMIT_EVENTS_PER_ADDRESS: '2',
      LIMIT_EVENTS_PER_CUSTOMER: '1',
    },
  })
  attacker = createAttacker(server)
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
})

const fromBrowser = (events: SentEvent[], from?: string) => attacker.fromBrowser(events, from)
const fromShop = (...events: SentEvent[]) => server.api.send(events)
const settle = () => server.api.passTime(1_000)

describe('mail-bombing through the public key', () => {
  it('spellings of one mailbox are one victim', async () => {
    const spellings = [
      'tagged@example.com',
      'tagged+1@example.com',
      'tagged+two@example.com',
      'Tagged+@example.com',
    ]
    for (const email of spellings) await fromBrowser([signUp(email, `tagger ${email}`)])
    await smtp.waitForMail('tagged@example.com')
    await settle()
    const bombed = smtp.mails.filter(({ envelope }) => envelope.to.some((to) => to.startsWith('tagged')))
    expect(bombed.map(({ envelope }) => envelope.to)).toEqual([['tagged@example.com']])
  })

  it('20 sign-ups an hour come from one address, whatever else it claims to be', async () => {
    const from = attacker.anywhere()
    const attempt = (index: number) =>
      attacker.post(
        '/v1/track',
        { writeKey: server.writeKey, ...signUp(`list-${index}@example.com`, `list ${index}`) },
        `203.0.113.${index}, ${from}`,
      )
    const answers: Answer[] = []
    for (let index = 0; index < 25; index += 1) answers.push(await attempt(index))
    expect(answers.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 20 }, () => 200),
      ...Array.from({ length: 5 }, () => 429),
    ])
    expect(answers.at(-1)).toMatchObject({ body: { code: 'too-many-sign-ups' } })
    expect(answers.at(-1)?.headers['retry-after']).toMatch(/^1[78]\d$/)
    await settle()
    expect(await server.api.customersWith({ email: 'list-19@example.com' })).toHaveLength(1)
    expect(await server.api.customersWith({ email: 'list-20@example.com' })).toEqual([])

    // The rest of a batch passes.
    const mixed = await fromBrowser(
      [{ type: 'page', anonymousId: 'list 20' }, signUp('list-20@example.com', 'list 20')],
      from,
    )
    expect(mixed).toMatchObject({
      status: 200,
      body: { success: true, rejected: [{ index: 1, code: 'too-many-sign-ups' }] },
    })
  })
})

describe('floods', () => {
  it('of one address are refused as a whole batch, with the time to wait', async () => {
    const from = attacker.anywhere()
    const flood = (size: number) =>
      fromBrowser(
        Array.from({ length: size }, (_, place) => ({ type: 'page', anonymousId: `flood ${place}` })),
        from,
      )
    expect((await flood(190)).status).toBe(200)
    const refused = await flood(30)
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(5)
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(10)
    expect((await flood(5)).status).toBe(200)
    await server.api.passTime(1_000 * Number(refused.headers['retry-after']))
    expect((await flood(20)).status).toBe(200)
  })

  it('of one customer are refused, from however many addresses, and others go on', async () => {
    const flood = (size: number) =>
      Array.from({ length: size }, () => ({ type: 'page', anonymousId: 'much beset' }))
    for (let caller = 0; caller < 5; caller += 1) expect((await fromBrowser(flood(50))).status).toBe(200)
    const refused = await fromBrowser([...flood(10), { type: 'page', anonymousId: 'calm' }])
    expect(refused.body).toMatchObject({ success: true })
    expect(refused.body?.['rejected']).toHaveLength(10)
    expect(await fromBrowser(flood(10))).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
  })

  it('are no matter for the operator’s own machine, nor for the shop’s server', async () => {
    const events = Array.from({ length: 400 }, (_, place) => ({
      type: 'page',
      anonymousId: 'local',
      properties: { place },
    }))
    await server.api.send(events, server.writeKey)
    const secret = { writeKey: server.secretKey, batch: events }
    expect((await attacker.post('/v1/batch', secret, attacker.anywhere())).status).toBe(200)
  })
})

describe('taking over an identity by identify(victim)', () => {
  it('is answered the same whether the victim is known or not, with nothing of the victim', async () => {
    await fromShop({
      type: 'identify',
      userId: 'known',
      traits: { email: 'known@example.com', firstName: CANARY },
    })
    const answers = await Promise.all(
      ['known', 'unknown'].map((name) =>
        fromBrowser([
          {
            type: 'identify',
            anonymousId: `asker ${name}`,
            userId: name,
            traits: { email: `${name}@example.com` },
          },
          { type: 'alias', userId: name, previousId: `asker ${name}` },
        ]),
      ),
    )
    expect(answers.map(({ status, text }) => [status, text])).toEqual([
      [200, '{"success":true}'],
      [200, '{"success":true}'],
    ])
  })

  it('gives no hold on who comes later, not even by what the squatter did before', async () => {
    const owner = { email: 'late@example.com', userId: 'late-1' }
    const squat = { anonymousId: 'squatter', userId: owner.userId }
    await fromBrowser([
      {
        type: 'identify',
        ...squat,
        traits: { email: owner.email, firstName: CANARY, address: { street: CANARY } },
      },
      signUp(owner.email, 'squatter', { text: CANARY }),
      { type: 'track', event: 'Order Completed', ...squat, properties: { order_id: 'squat', total: 5_000 } },
    ])
    await fromShop({ type: 'identify', userId: owner.userId, traits: { email: owner.email } })
    await fromShop({
      type: 'track',
      event: 'Order Completed',
      userId: owner.userId,
      properties: { order_id: 'mine', total: 10, currency: 'USD' },
    })
    const mine = await server.api.customerWith({ email: owner.email })
    expect(mine).toMatchObject({
      ...owner,
      claims: {},
      traits: {},
      lifecycle: { stage: 'new', permission: 'none' },
      orders: { count: 1, revenue: { USD: 1_000 } },
    })
    await settle()
    const before = await attacker.allOf(mine.id)
    expect(JSON.stringify(before)).not.toContain(CANARY)
    await fromBrowser([
      { type: 'identify', ...squat, traits: { email: owner.email, firstName: CANARY } },
      { type: 'alias', userId: owner.userId, previousId: 'squatter', anonymousId: 'squatter' },
      { type: 'track', event: 'Unsubscribed', ...squat },
      { type: 'track', event: 'Subscription Confirmed', ...squat, properties: { email: owner.email } },
    ])
    await settle()
    expect(await attacker.allOf(mine.id)).toEqual(before)
    expect(smtp.mailsTo(owner.email)).toHaveLength(1)
  })
})

describe('forged orders', () => {
  it('and forged refunds, cancellations and updates of a real one never change what a trusted source said', async () => {
    const buyer = { userId: 'buyer', anonymousId: 'browser of buyer' }
    await fromShop(
      { type: 'identify', ...buyer, traits: { email: 'buyer@example.com' } },
      {
        type: 'track',
        event: 'Order Completed',
        userId: 'buyer',
        properties: { order_id: 'real', total: 49.9, currency: 'EUR' },
      },
    )
    const { id } = await server.api.customerWith({ userId: 'buyer' })
    const figures = async () => {
      const { orders, lifecycle } = await server.api.customerWith({ userId: 'buyer' })
      return { revenue: orders.revenue, lifecycle, count: orders.count }
    }
    await fromBrowser([{ type: 'page', anonymousId: buyer.anonymousId }])
    const before = await figures()
    expect(before).toMatchObject({ revenue: { EUR: 4_990 }, count: 1, lifecycle: { stage: 'new' } })

    const forge = (event: string, properties: SentEvent) => ({
      type: 'track',
      event,
      anonymousId: buyer.anonymousId,
      properties: { order_id: 'real', currency: 'EUR', ...properties },
    })
    await fromBrowser([
      forge('Order Refunded', { total: 49.9 }),
      forge('Order Cancelled', {}),
      forge('Order Updated', { total: 1 }),
      forge('Order Completed', { total: 0.01 }),
      forge('Order Completed', { total: 99_999, currency: 'USD' }),
      forge('Completed Order', { revenue: 99_999 }),
      forge('Order Refunded', { total: -1_000_000 }),
    ])
    expect(await figures()).toEqual(before)

    // Orders that only the browser knows: the money of none of them is ever there.
    const amounts: unknown[] = [99_999, '99999', -5, 1e308, '1e999', null, { total: 5 }, [7]]
    await fromBrowser(
      amounts.map((total, place) => forge('Order Completed', { order_id: `forged-${place}`, total })),
    )
    const after = await figures()
    expect(Object.values(after.revenue).filter((amount) => amount !== 0)).toEqual([4_990])
    expect(after.lifecycle.value).toBe('standard')
    expect((await server.api.events(id)).length).toBeGreaterThan(10)
  })
})

describe('mass assignment', () => {
  it('what only the edge may set has no effect, wherever a client writes it', async () => {
    await fromShop({ type: 'identify', userId: 'target', traits: { email: 'target@example.com' } })
    const target = await server.api.customerWith({ userId: 'target' })
    const forged = {
      proof: { userId: 'target', email: 'target@example.com' },
      bot: true,
      source: 'secret',
      kind: 'wake',
      id: 'mine',
      at: 0,
      receivedAt: '2001-01-01T00:00:00Z',
      customerId: target.id,
      workspaceId: 'other',
      parkedId: 'mine',
      outcome: { messageId: 'm', state: 'sent' },
      mergedInto: target.id,
      lifecycle: { value: { permission: 'subscribed' } },
      network: '203.0.113.0/24',
    }
    const event = { type: 'track', event: 'Assigned', messageId: 'assigned', anonymousId: 'assigner' }
    const answer = await attacker.post(
      '/v1/batch',
      {
        ...forged,
        writeKey: server.writeKey,
        context: forged,
        batch: [
          { ...event, ...forged, context: forged, properties: forged, traits: forged },
          { ...forged, type: 'identify', anonymousId: 'assigner', userId: 'assigner', traits: forged },
        ],
      },
      attacker.anywhere(),
    )
    expect(answer.status).toBe(200)
    const [assigner, ...others] = await server.api.customersWith({ userId: 'assigner' })
    expect(others).toEqual([])
    expect(assigner).toMatchObject({ email: null, userId: null, claims: { userId: 'assigner' } })
    expect(assigner?.lifecycle.permission).toBe('none')
    const events = await server.api.events(assigner!.id)
    expect(events).toHaveLength(2)
    for (const stored of events) {
      expect(stored).toMatchObject({ source: 'public', bot: false })
      expect(Math.abs(Date.parse(stored.receivedAt) - server.api.now())).toBeLessThan(MINUTE)
    }
    expect(events.map(({ messageId }) => messageId)).toContain('assigned')
    expect(await server.api.customerWith({ userId: 'target' })).toEqual(target)
    expect(await server.api.events(target.id)).toHaveLength(1)
  })
})

describe('bots', () => {
  const events = async (
    anonymousId: string,
    send: (events: SentEvent[]) => Promise<unknown>,
    more: SentEvent = {},
  ) => {
    const userId = `user of ${anonymousId}`
    await send([{ type: 'page', anonymousId, userId, ...more }])
    const { id, lifecycle } = await server.api.customerWith({ userId })
    const [event] = await server.api.events(id)
    return { bot: event?.bot, engagement: lifecycle.engagement }
  }
  const googlebot = 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)'
  const as =
    (userAgent: string, key = server.writeKey) =>
    (batch: SentEvent[]) =>
      attacker.post('/v1/batch', { writeKey: key, batch }, attacker.anywhere(), { 'user-agent': userAgent })

  it('are kept and marked, and warm nobody', async () => {
    const bot = { bot: true, engagement: 'unknown' }
    const human = { bot: false, engagement: 'warm' }
    expect(await events('b1', as(googlebot))).toEqual(bot)
    expect(await events('b2', as(CHROME))).toEqual(human)
    expect(await events('b3', as(CHROME), { context: { userAgent: googlebot } })).toEqual(bot)
    // A shop's back end that sends with the write key, and says nothing of its visitors.
    for (const library of ['analytics-node-next/latest', 'python-requests/2.32', 'node'])
      expect(await events(library, as(library))).toEqual(human)
    // What the event says of itself counts more than the proxy that passes it on.
    expect(await events('b4', as('node'), { context: { userAgent: CHROME } })).toEqual(human)
    expect(await events('b5', as('node', server.secretKey))).toEqual(human)
    expect(await events('b6', as('node', server.secretKey), { context: { userAgent: googlebot } })).toEqual(
      bot,
    )
  })
})

describe('body bombs (size, depth, gzip, __proto__)', () => {
  it('are refused, and the memory stays flat', async () => {
    const memory = async () => {
      const { text } = await sendRaw(server.url, '/metrics')
      return Number(/^process_resident_memory_bytes (\S+)$/m.exec(text)?.[1]) / 1024 / 1024
    }
    const key = `"writeKey":"${server.writeKey}"`
    const inflated = (size: number) => gzipSync(Buffer.alloc(size, ' '))
    const huge = inflated(200 * 1024 * 1024)
    const bombs: [title: string, status: number, body: string | Uint8Array][] = [
      ['size', 413, `{${key},"batch":[],"x":"${'x'.repeat(600 * 1024)}"}`],
      ['gzip', 413, huge],
      ['gzip of little, a thousandfold', 413, inflated(500_000)],
      ['depth', 400, `{${key},"batch":${'['.repeat(250_000)}${']'.repeat(250_000)}}`],
      ['depth of objects', 400, `{${key},"batch":[${'{"a":'.repeat(80_000)}1${'}'.repeat(80_000)}]}`],
      ['many members', 400, `{${key},"batch":[{"type":"track",${'"a":1,'.repeat(80_000)}"b":1}]}`],
      ['many events', 413, `{${key},"batch":[${'{},'.repeat(100_000)}{}]}`],
      ['__proto__', 400, `{${key},"batch":[{"__proto__":{"type":"page","anonymousId":"p"}}]}`],
      ['a number without end', 400, `{${key},"batch":[${'9'.repeat(500_000)}]}`],
    ]
    const explode = async () => {
      const answers = await Promise.all(
        bombs.map(([, , body]) => attacker.post('/v1/batch', body, attacker.anywhere())),
      )
      return answers.map(({ status, body }, place) => [
        bombs[place]?.[0],
        status,
        body?.['code'] !== undefined,
      ])
    }
    const expected = bombs.map(([title, status]) => [title, status, true])
    // What the process takes once for work of this kind; what it then takes more, it would go on taking.
    for (let round = 0; round < 3; round += 1) expect(await explode()).toEqual(expected)
    const before = await memory()
    for (let round = 0; round < 8; round += 1) expect(await explode()).toEqual(expected)
    const growth = (await memory()) - before
    // The gzip bombs alone would have come to 1.6 GB.
    expect(growth).toBeLessThan(200)
    expect((await fromBrowser([{ type: 'page', anonymousId: 'after the bombs' }])).status).toBe(200)
  }, 60_000)
})

describe('content-type confusion', () => {
  const types = [
    'text/plain',
    'text/html',
    'application/xml',
    'multipart/form-data; boundary=x',
    'image/svg+xml',
  ]

  it.for(types)(
    '%s: JSON is read as JSON, anything else is refused, and no answer is a page',
    async (type) => {
      const event = { writeKey: server.writeKey, type: 'page', anonymousId: type }
      const good = await attacker.post('/v1/page', event, attacker.anywhere(), { 'content-type': type })
      expect(good).toMatchObject({ status: 200 })
      const payload = `<svg onload=alert(1)><script>alert("${CANARY}")</script>`
      for (const body of [
        payload,
        `--x\r\ncontent-disposition: form-data; name="batch"\r\n\r\n[]\r\n--x--`,
        'batch[]=1',
      ]) {
        const bad = await attacker.post('/v1/batch', body, attacker.anywhere(), {
          'content-type': type,
          accept: 'text/html',
        })
        expect(bad).toMatchObject({ status: 400, body: { code: 'bad-json' } })
        expect(bad.headers['content-type']).toBe('application/problem+json')
        expect(bad.headers['x-content-type-options']).toBe('nosniff')
      }
    },
  )
})

describe('brute force of keys', () => {
  const guess = (index: number) => `guess-${CANARY}-${String(index).padStart(6, '0')}`
  const api = (key: string, from: string) =>
    sendRaw(server.url, '/api/customers?limit=1', {
      headers: { authorization: `Bearer ${key}`, ...forwardedFor(from) },
    })
  const ingest = (key: string, from: string) =>
    attacker.post('/v1/page', { writeKey: key, anonymousId: 'guesser' }, from)

  it('100 wrong keys a minute from an address, on all paths together; then not even the right one is told', async () => {
    const from = attacker.anywhere()
    const spoofed = (index: number) => `203.0.113.${index}, ${from}`
    const statuses: number[] = []
    for (let index = 0; index < 120; index += 1) {
      const ask = [api, ingest][index % 2]!
      statuses.push((await ask(guess(index), spoofed(index))).status)
    }
    expect(statuses.slice(0, 100)).toEqual(Array.from({ length: 100 }, () => 401))
    // A token flows in every 0.6 s.
    expect(statuses.slice(100).filter((status) => status === 429).length).toBeGreaterThan(10)
    for (let index = 0; index < 20; index += 1) await api(guess(index), from)

    const refused = await api(server.secretKey, from)
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests' } })
    expect(refused.headers['retry-after']).toBe('1')
    expect((await ingest(server.secretKey, from)).status).toBe(429)
    // People behind the same address go on, and so does everybody elsewhere.
    expect((await ingest(server.writeKey, from)).status).toBe(200)
    expect((await api(server.secretKey, attacker.anywhere())).status).toBe(200)
    await server.api.passTime(MINUTE)
    expect((await api(server.secretKey, from)).status).toBe(200)
  })
})

describe('key leaks', () => {
  it('no key, no address and nothing personal is in any line of the log, at its most talkative', async () => {
    // Errors that quote what was given.
    await attacker.post(
      '/v1/batch',
      `{"writeKey":"${server.secretKey}","email":"${CANARY}@example.com",,`,
      attacker.anywhere(),
    )
    await attacker.post(
      `/v1/track?writeKey=${server.secretKey}`,
      { event: CANARY, anonymousId: { is: CANARY } },
      attacker.anywhere(),
    )
    await attacker.post(
      '/v1/track',
      { writeKey: server.writeKey, event: 'E', anonymousId: 'a', timestamp: CANARY },
      attacker.anywhere(),
    )
    await sendRaw(server.url, `/api/customers/${CANARY}/events?cursor=${CANARY}`, {
      headers: { authorization: `Bearer ${server.secretKey}` },
    })
    await sendRaw(server.url, `/${CANARY}?writeKey=${server.secretKey}`)
    await settle()
    const log = server.output()
    expect(log.split('\n').length).toBeGreaterThan(50)
    for (const secret of [server.writeKey, server.secretKey, CANARY, 'example.com', '198.18.', '203.0.113.'])
      expect(log.split('\n').find((line) => line.includes(secret))).toBeUndefined()
  })

  it('no key and no client’s address is in the database, nor beside it', async () => {
    const files = readdirSync(server.folder, { recursive: true, withFileTypes: true }).filter((file) =>
      file.isFile(),
    )
    expect(files.map(({ name }) => name)).toEqual(expect.arrayContaining(['ciclo.db', 'ciclo.db-wal']))
    const stored = files
      .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1'))
      .join('\n')
    // A network may be there (198.18.0.0/24), an address of it may not.
    const found = /(198\.18|203\.0)\.\d+\.(?!0\/24)\d+/.exec(stored)?.[0]
    expect(found).toBeUndefined()
    for (const key of [server.writeKey, server.secretKey]) expect(stored.includes(key)).toBe(false)
    // What stands there for a search that finds nothing to mean something.
    expect(stored.includes('tagged@example.com')).toBe(true)
  })
})
