import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { headerOf, linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const DAY = 86_400_000

let smtp: SmtpCatcher
let server: TestServer
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  server = await startTestServer({ environment: { SMTP_URL: smtp.url } })
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
})

type Event = Record<string, unknown>
const fromBrowser = (...events: Event[]) => server.api.send(events, server.writeKey)
const fromShop = (...events: Event[]) => server.api.send(events)
const signUp = (email: string, anonymousId: string) => ({
  type: 'track',
  event: 'Subscribed',
  anonymousId,
  properties: { email, method: 'form' },
})
const order = (orderId: string, more: Event = {}) => ({
  type: 'track',
  event: 'Order Completed',
  ...more,
  properties: {
    order_id: orderId,
    total: 999,
    currency: 'USD',
    ...(more['properties'] as Event | undefined),
  },
})
/** Everything that the API knows of a customer. */
const allOf = async (id: string) => ({
  customer: (await server.api.customers()).find((customer) => customer.id === id),
  events: await server.api.events(id),
  transitions: await server.api.transitions(id),
  messages: await server.api.messages(id),
})
/** Resolves when every mail that is due has left: a moment of the clock later nothing is on its way. */
const settle = () => server.api.passTime(1_000)

describe('A browser that says it is somebody else', () => {
  const victim = { email: 'victim@example.com', userId: 'victim-1' }

  it('changes nothing of the victim, joins nothing, and causes one confirmation a day', async () => {
    await fromShop(
      {
        type: 'identify',
        userId: victim.userId,
        traits: { email: victim.email, firstName: 'Vera', plan: 'gold' },
      },
      // In this order: an order takes a welcome back that has not left yet.
      order('real-1', { userId: victim.userId }),
      { type: 'track', event: 'Subscribed', userId: victim.userId },
    )
    await smtp.waitForMail(victim.email)
    await settle()
    const { id } = await server.api.customerWith({ userId: victim.userId })
    const before = await allOf(id)
    expect(before.customer).toMatchObject({
      ...victim,
      lifecycle: { stage: 'new', permission: 'subscribed' },
    })
    const mails = smtp.mailsTo(victim.email).length

    const thief = { anonymousId: 'thief', userId: victim.userId }
    await fromBrowser(
      { type: 'identify', ...thief, traits: { email: victim.email, firstName: 'Hacked', plan: 'free' } },
      { type: 'identify', userId: victim.userId, traits: { email: 'thief@example.com' } },
      { type: 'identify', anonymousId: 'thief-2', traits: { email: victim.email } },
      { type: 'identify', anonymousId: 'thief-3', context: { traits: { email: victim.email } } },
      { type: 'alias', userId: victim.userId, previousId: 'thief' },
      { type: 'alias', userId: 'thief', previousId: victim.userId, anonymousId: 'thief' },
      { type: 'group', ...thief, groupId: 'g', traits: { email: victim.email } },
      { type: 'page', ...thief, properties: { email: victim.email } },
      signUp(victim.email, 'thief'),
      signUp(victim.email, 'thief-2'),
      { type: 'track', event: 'Unsubscribed', ...thief, properties: { email: victim.email } },
      { type: 'track', event: 'Subscription Confirmed', ...thief, properties: { email: victim.email } },
      { type: 'track', event: 'Email Bounced', ...thief, properties: { permanent: true } },
      { type: 'track', event: 'Email Marked as Spam', ...thief },
      { type: 'track', event: 'Email Link Clicked', ...thief, properties: { class: 'human' } },
      { type: 'track', event: 'Customers Merged', ...thief, properties: { absorbed: id, into: 'thief' } },
      { type: 'track', event: 'Order Cancelled', ...thief, properties: { order_id: 'real-1' } },
      { type: 'track', event: 'Order Refunded', ...thief, properties: { order_id: 'real-1', total: 999 } },
      order('real-1', { ...thief, properties: { total: 1 } }),
    )
    await settle()
    expect(await allOf(id)).toEqual(before)
    expect(await server.api.customersWith({ email: victim.email })).toHaveLength(1)
    expect(
      smtp
        .mailsTo(victim.email)
        .slice(mails)
        .map((mail) => headerOf(mail, 'feedback-id')?.split(':')[0]),
    ).toEqual(['opt-in-confirmation'])
    expect(smtp.mailsTo('thief@example.com')).toEqual([])
  })

  it('gets no permission by confirming for itself', async () => {
    const customers = await server.api.customers()
    const thieves = customers.filter(({ email }) => email === null)
    expect(thieves.length).toBeGreaterThanOrEqual(4)
    for (const { lifecycle } of thieves)
      expect(['subscribed', 'suppressed']).not.toContain(lifecycle.permission)
  })
})

it('a hundred sign-ups from a hundred browsers are one mail a day to the one they name', async () => {
  const email = 'flooded@example.com'
  const spellings = [email, 'Flooded@Example.com', ` ${email} `, 'FLOODED@EXAMPLE.COM']
  const flood = (day: number) =>
    Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        fromBrowser(signUp(spellings[index % spellings.length]!, `flood-${day}-${index}`)),
      ),
    )
  await flood(1)
  await smtp.waitForMail(email)
  await settle()
  await server.api.passTime(DAY - 60_000)
  await flood(2)
  await settle()
  expect(smtp.mailsTo(email)).toHaveLength(1)
  await server.api.passTime(60_000)
  await flood(3)
  await smtp.waitForMail(email, 1)
  await settle()
  expect(smtp.mailsTo(email)).toHaveLength(2)

  const claimants = (await server.api.customers()).filter(({ claims }) => claims.email === email)
  expect(claimants.length).toBeGreaterThan(100)
  const refused = await server.api.messages(claimants.at(-1)!.id)
  expect(refused).toMatchObject([{ state: 'refused', reason: 'confirmation-sent-recently', sentAt: null }])
})

it('an order that only a browser reports is no revenue, whatever it says', async () => {
  await fromShop({
    type: 'identify',
    userId: 'buyer',
    anonymousId: 'buyer-browser',
    traits: { email: 'buyer@example.com' },
  })
  const huge = { total: 9_999_999, revenue: 9_999_999, currency: 'USD' }
  await fromBrowser(
    order('forged-1', { anonymousId: 'buyer-browser', properties: huge }),
    order('forged-2', { anonymousId: 'stranger', userId: 'buyer', properties: huge }),
  )
  const { id, orders, lifecycle } = await server.api.customerWith({ userId: 'buyer' })
  expect((await server.api.events(id)).map(({ name }) => name)).toEqual(['Order Completed', null])
  expect(orders.revenue).toEqual({ USD: 0 })
  expect(lifecycle.value).toBe('standard')

  await fromShop(order('forged-1', { userId: 'buyer', properties: { total: 20 } }))
  const { orders: trusted } = await server.api.customerWith({ userId: 'buyer' })
  expect(trusted).toMatchObject({ count: 1, revenue: { USD: 2000 } })
})

it('claiming an address first gives no hold on it when its owner comes', async () => {
  const owner = { email: 'owner@example.com', userId: 'owner-1' }
  await fromBrowser(
    {
      type: 'identify',
      anonymousId: 'squatter',
      userId: owner.userId,
      traits: { email: owner.email, firstName: 'Squat' },
    },
    signUp(owner.email, 'squatter'),
  )
  const squatter = await server.api.customerWith({ email: owner.email })
  expect(squatter).toMatchObject({
    email: null,
    userId: null,
    claims: owner,
    lifecycle: { permission: 'pending' },
  })

  await fromShop({
    type: 'identify',
    userId: owner.userId,
    traits: { email: owner.email, firstName: 'Olga' },
  })
  const mine = await server.api.customerWith({ email: owner.email })
  expect(mine).toMatchObject({
    ...owner,
    claims: {},
    traits: { firstName: 'Olga' },
    lifecycle: { permission: 'none' },
  })
  expect(mine.id).not.toBe(squatter.id)
  const before = await allOf(mine.id)

  await fromBrowser(
    {
      type: 'identify',
      anonymousId: 'squatter',
      userId: owner.userId,
      traits: { email: owner.email, firstName: 'Squat' },
    },
    { type: 'track', event: 'Unsubscribed', anonymousId: 'squatter', userId: owner.userId },
    order('squat-1', { anonymousId: 'squatter', userId: owner.userId }),
  )
  await settle()
  expect(await allOf(mine.id)).toEqual(before)
})

describe('A link of a mail', () => {
  it('works only byte for byte, for its own purpose, and leads nowhere else', async () => {
    const email = 'links@example.com'
    await fromBrowser(signUp(email, 'links'))
    const confirm = linkIn(await smtp.waitForMail(email), '/confirm/')
    await fetch(confirm, { method: 'POST' })
    const welcome = await smtp.waitForMail(email, 1)
    const click = linkIn(welcome, '/c/')
    const unsubscribe = linkIn(welcome, '/u/')
    const preferences = linkIn(welcome, '/p/')
    const target = (await fetch(click, { redirect: 'manual' })).headers.get('location') ?? ''
    expect(new URL(target).origin).toBe(server.url)
    await settle()
    const { id } = await server.api.customerWith({ email })
    const before = await allOf(id)

    const tokenOf = (link: string) => new URL(link).pathname.split('/')[2]!
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
    const mutations = (token: string) => [
      ...Array.from(token, (byte, index) => {
        // The neighbour in the alphabet differs in the lowest bit, which base64 may not even read.
        const other = byte === '.' ? '-' : alphabet[alphabet.indexOf(byte) ^ 1]!
        return token.slice(0, index) + other + token.slice(index + 1)
      }),
      token.slice(0, -1),
      token.slice(1),
      `${token}A`,
      `${token}.`,
      `${token}=`,
      `${token}%00`,
      token.split('.')[0]!,
      `${token.split('.')[0]}.`,
      `.${token.split('.')[1]}`,
      token.toUpperCase(),
    ]
    const refusals = [
      ...mutations(tokenOf(click)).map((token) => ['GET', `/c/${token}`] as const),
      ...mutations(tokenOf(unsubscribe)).map((token) => ['POST', `/u/${token}`] as const),
      ...mutations(tokenOf(confirm)).map((token) => ['POST', `/confirm/${token}`] as const),
      // Each kind of link with the tokens of all others.
      ...[click, unsubscribe, preferences, confirm].flatMap((link) =>
        (['c', 'u', 'p', 'confirm', 'o', 'v', 's', 'l', 'r'] as const)
          .filter((path) => !new URL(link).pathname.startsWith(`/${path}/`))
          .flatMap((path) => [
            ['GET', `/${path}/${tokenOf(link)}`] as const,
            ['POST', `/${path}/${tokenOf(link)}`] as const,
          ]),
      ),
    ]
    const wrong: unknown[] = []
    for (const [method, path] of refusals) {
      const answer = await fetch(server.url + path, { method, redirect: 'manual' })
      await answer.arrayBuffer()
      const location = answer.headers.get('location')
      if (answer.status !== 404 || location !== null)
        wrong.push({ method, path, status: answer.status, location })
    }
    expect(wrong).toEqual([])
    // Each byte of three tokens, eight other paths for four, by GET and POST.
    const bytes = [click, unsubscribe, confirm].reduce((sum, link) => sum + tokenOf(link).length, 0)
    expect(bytes).toBeGreaterThan(3 * 50)
    expect(refusals.length).toBe(bytes + 3 * 10 + 4 * 8 * 2)
    expect(await allOf(id)).toEqual(before)
  })
})

it('the write key, which everybody can read, opens nothing of the API', async () => {
  const { id } = await server.api.customerWith({ userId: 'victim-1' })
  const requests: [method: string, path: string][] = [
    ['GET', '/api/customers'],
    ['GET', '/api/customers?email=victim@example.com'],
    ['GET', `/api/customers/${id}`],
    ['GET', `/api/customers/${id}/events`],
    ['GET', `/api/customers/${id}/transitions`],
    ['GET', `/api/customers/${id}/messages`],
    ['POST', '/api/import/orders'],
  ]
  for (const [method, path] of requests) {
    const ask = async (authorization?: string) => {
      const response = await fetch(server.url + path, {
        method,
        ...(method === 'POST' ? { body: '{"orders":[]}' } : {}),
        headers: authorization === undefined ? {} : { authorization },
      })
      const text = await response.text()
      expect(text, path).not.toContain('Vera')
      return { status: response.status, ...(JSON.parse(text) as { code?: string }) }
    }
    expect(await ask(`Bearer ${server.writeKey}`), path).toMatchObject({ status: 403, code: 'forbidden' })
    expect(await ask('Bearer somebody-guessed-this'), path).toMatchObject({
      status: 401,
      code: 'unknown-key',
    })
    expect(await ask(), path).toMatchObject({ status: 401, code: 'unknown-key' })
    expect(await ask(`Basic ${btoa(`${server.secretKey}:`)}`), path).toMatchObject({ status: 401 })
  }
})

describe('What pretends to be one address', () => {
  const pretenders = [
    'a@b.example,c@d.example',
    'a@b.example, c@d.example',
    'a@b.example;c@d.example',
    'a@b.example c@d.example',
    'a@b.example\r\nBcc: x@y.example',
    'a@b.example\nBcc: x@y.example',
    'a@b.example\r\nRCPT TO:<x@y.example>',
    'a@b.example\u0000x@y.example',
    'a@b.example\u0001',
    'a\u007f@b.example',
    'a@b.example\u2028Bcc: x',
    'A <a@b.example>',
    '<a@b.example>',
    '"a@b.example" <x@y.example>',
    'a@b.example>',
    'group:a@b.example;',
    'a@[127.0.0.1]',
    'a@b',
    '@b.example',
    'a@@b.example',
    'a.example',
    `${'a'.repeat(65)}@b.example`,
    `a@${'b'.repeat(250)}.example`,
  ]

  it.for(pretenders)('is no address to anybody: %j', async (email, { task }) => {
    const mails = smtp.mails.length
    const id = task.id
    await fromBrowser(signUp(email, `pretender ${id}`), {
      type: 'identify',
      anonymousId: `pretender ${id}`,
      traits: { email },
    })
    await fromShop(
      { type: 'identify', userId: id, traits: { email } },
      { type: 'track', event: 'Subscribed', userId: id, properties: { email } },
    )
    await settle()
    expect(smtp.mails.length).toBe(mails)
    expect(await server.api.customerWith({ userId: id })).toMatchObject({ email: null, claims: {} })
  })

  it('adds no header and no recipient where a name tries the same', async () => {
    const email = 'named@example.com'
    const firstName =
      'Eve\r\nBcc: x@y.example\r\n\r\n<h1>Hi</h1><script>alert(1)</script>{{ customer.email }}'
    await fromShop(
      { type: 'identify', userId: 'named', traits: { email, firstName, locale: 'en\r\nBcc: x@y.example' } },
      { type: 'track', event: 'Subscribed', userId: 'named' },
    )
    const mail = await smtp.waitForMail(email)
    expect(mail.envelope.to).toEqual([email])
    expect(mail.email.headers.map(({ key }) => key)).not.toContain('bcc')
    expect(mail.email.to).toMatchObject([{ address: email }])
    expect(mail.email.html).not.toContain('<script>')
    expect(mail.email.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;{{ customer.email }}')
  })

  it('never made anybody a recipient', () => {
    const recipients = new Set(smtp.mails.flatMap(({ envelope }) => envelope.to))
    expect([...recipients].filter((address) => !/^[a-z]+@example\.com$/.test(address))).toEqual([])
    expect(recipients.size).toBeGreaterThan(3)
  })
})
