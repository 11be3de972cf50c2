import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { headerOf } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpAnswer, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

let smtp: SmtpCatcher
let server: TestServer
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  server = await startTestServer({ journeys: 'life', environment: { SMTP_URL: smtp.url } })
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
})

/** The shop subscribes somebody, which causes one welcome mail. Answers the address. */
const subscribe = async (name: string) => {
  const email = `${name}@example.com`
  await server.api.send([
    { type: 'identify', userId: name, traits: { email } },
    { type: 'track', event: 'Subscribed', userId: name },
  ])
  return email
}
const customer = (email: string) => server.api.customerWith({ email })
const messages = async (email: string) => server.api.messages((await customer(email)).id)
const message = async (email: string) => {
  const [first, ...others] = await messages(email)
  expect(others).toEqual([])
  return first
}
/** Until the message has been tried this often. */
const attempted = (email: string, attempts: number) =>
  vi.waitFor(async () => expect(await message(email)).toMatchObject({ attempts }), {
    timeout: 15_000,
    interval: 20,
  })

const greylisted: SmtpAnswer = { at: 'RCPT TO', reply: '451 4.7.1 Greylisted, come back later' }

describe('What passes is tried again until the mail is delivered, once', () => {
  const troubles: [name: string, answers: SmtpAnswer[], response: RegExp][] = [
    ['greylisted', [greylisted, greylisted], /^451 4\.7\.1 Greylisted/],
    ['mailboxfull', [{ at: 'DATA', reply: '452 4.2.2 Mailbox full' }], /^452 4\.2\.2/],
    // How a connection ends is told in one of two ways, as its end or its reset is seen first.
    ['cut', ['cut', 'cut'], /closed|ECONNRESET/i],
  ]
  it.for(troubles)('%s', async ([name, answers, response]) => {
    const email = `${name}@example.com`
    smtp.answer(email, answers)
    await subscribe(name)
    await attempted(email, 1)
    expect(await message(email)).toMatchObject({ state: 'queued', reason: 'retry', sentAt: null })
    expect((await message(email))?.response).toMatch(response)
    expect(smtp.mailsTo(email)).toEqual([])
    // The pause grows with each attempt and has a random part, but is over by then.
    for (let attempt = 1; attempt <= answers.length; attempt += 1) await server.api.passTime(MINUTE)
    expect(await message(email)).toMatchObject({ state: 'sent', reason: null, attempts: answers.length + 1 })
    await server.api.passTime(HOUR)
    expect(smtp.mailsTo(email)).toHaveLength(1)
    expect(smtp.attempts(email)).toBe(answers.length + 1)
    expect((await customer(email)).lifecycle.permission).toBe('subscribed')
  })

  it('a mail whose answer is lost is sent again under the same Message-ID', async () => {
    smtp.answer('unsure@example.com', ['cut after the mail'])
    const email = await subscribe('unsure')
    await attempted(email, 1)
    // It may have arrived: not before some two minutes.
    await server.api.passTime(5 * MINUTE)
    expect(await message(email)).toMatchObject({ state: 'sent', attempts: 2 })
    const [first, second, ...others] = smtp.mailsTo(email)
    expect(others).toEqual([])
    expect(headerOf(second!, 'message-id')).toBe(headerOf(first!, 'message-id'))
    expect(headerOf(second!, 'message-id')).toMatch(/^<[0-9a-f]{40}@/)
  })

  it('others are not held up by somebody whose server is in trouble', async () => {
    smtp.answer('slow@example.com', [greylisted])
    const slow = await subscribe('slow')
    const quick = await subscribe('quick')
    await smtp.waitForMail(quick)
    expect(await message(slow)).toMatchObject({ state: 'queued' })
    await server.api.passTime(MINUTE)
    expect(smtp.mailsTo(slow)).toHaveLength(1)
  })

  it('a server that is down gets all mails once it is up', async () => {
    const { port } = smtp
    await smtp.stop()
    const emails = await Promise.all(['down1', 'down2', 'down3'].map(subscribe))
    for (const email of emails) {
      await attempted(email, 1)
      expect(await message(email)).toMatchObject({ state: 'queued', reason: 'retry' })
      expect((await message(email))?.response).toMatch(/ECONNREFUSED|closed/i)
    }
    await server.api.passTime(20 * MINUTE)
    for (const email of emails) expect((await message(email))?.attempts).toBeGreaterThan(1)
    smtp = await startSmtpCatcher({ port })
    await server.api.passTime(HOUR)
    for (const email of emails) {
      expect(await message(email)).toMatchObject({ state: 'sent' })
      expect(smtp.mailsTo(email)).toHaveLength(1)
    }
    expect(smtp.mails).toHaveLength(emails.length)
  })

  it('a mail that would come a day late is given up instead', async () => {
    smtp.answer(
      'never@example.com',
      Array.from({ length: 100 }, () => greylisted),
    )
    const email = await subscribe('never')
    await attempted(email, 1)
    await server.api.passTime(2 * DAY)
    const { state, attempts } = (await message(email))!
    expect(['dead', 'expired']).toContain(state)
    // A pause that grows up to an hour: neither a storm nor a sleep.
    expect(attempts).toBeGreaterThan(20)
    expect(attempts).toBeLessThan(100)
    expect(smtp.attempts(email)).toBe(attempts)
    expect((await customer(email)).lifecycle.permission).toBe('subscribed')
  })
})

describe('What will never pass fails at the first attempt', () => {
  const refusals: [name: string, answer: SmtpAnswer, reason: string, permission: string][] = [
    ['gone', { at: 'RCPT TO', reply: '550 5.1.1 No such user here' }, 'bounced', 'suppressed'],
    ['moved', { at: 'DATA', reply: '550 5.1.6 Mailbox has moved' }, 'bounced', 'suppressed'],
    ['bare', { at: 'RCPT TO', reply: '550 unknown' }, 'bounced', 'suppressed'],
    [
      'policy',
      { at: 'RCPT TO', reply: '550 5.7.1 Our policy refuses you' },
      'refused-by-server',
      'subscribed',
    ],
    ['spam', { at: 'DATA', reply: '554 5.7.1 Looks like spam' }, 'refused-by-server', 'subscribed'],
    ['auth', { at: 'DATA', reply: '550 5.7.26 Not authenticated' }, 'refused-by-server', 'subscribed'],
  ]
  it.for(refusals)('%s: %o is %s, and the permission is %s', async ([name, answer, reason, permission]) => {
    const email = `${name}@example.com`
    smtp.answer(email, [answer])
    await subscribe(name)
    await vi.waitFor(async () => expect((await message(email))?.state).toBe('failed'), {
      timeout: 15_000,
      interval: 20,
    })
    const reply = typeof answer === 'object' ? answer.reply : ''
    expect(await message(email)).toMatchObject({
      state: 'failed',
      reason,
      attempts: 1,
      sentAt: null,
      response: reply,
    })
    const { id, lifecycle } = await customer(email)
    expect(lifecycle.permission).toBe(permission)
    expect((await server.api.events(id))[0]).toMatchObject({
      name: 'Email Bounced',
      source: 'own',
      properties: { permanent: permission === 'suppressed', response: reply, template: 'welcome' },
    })
    await server.api.passTime(DAY)
    expect(smtp.attempts(email)).toBe(1)
  })

  it('a suppressed address gets no further mail, however it is asked for', async () => {
    const email = 'gone@example.com'
    const before = (await customer(email)).id
    await server.api.send([
      { type: 'track', event: 'Subscribed', userId: 'gone' },
      { type: 'track', event: 'Unsubscribed', userId: 'gone' },
      { type: 'track', event: 'Subscribed', userId: 'gone' },
    ])
    // Nor when a browser that never heard of it signs it up.
    await server.api.send(
      [{ type: 'track', event: 'Subscribed', anonymousId: 'elsewhere', properties: { email } }],
      server.writeKey,
    )
    await server.api.passTime(DAY)
    expect(await customer(email)).toMatchObject({ id: before, lifecycle: { permission: 'suppressed' } })
    expect(smtp.attempts(email)).toBe(1)
    expect(smtp.mailsTo(email)).toEqual([])
  })
})
