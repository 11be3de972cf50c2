import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { POP_UP, SIGN_UP } from '../onsite/onsiteWorld.ts'
import { linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

type Json = Record<string, unknown>

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

const put = async (id: string, message: Json) => {
  const response = await fetch(`${server.url}/api/onsite/${id}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${server.secretKey}` },
    body: JSON.stringify(message),
  })
  expect(response.status).toBe(200)
}
/** As the tracker asks: no header makes a browser ask beforehand. */
const post = async (path: string, body: Json, headers: Record<string, string> = {}) =>
  await fetch(`${server.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
    body: JSON.stringify({ writeKey: server.writeKey, ...body }),
  })
const told = async (anonymousId: string) => {
  const { messages } = (await (await post('/v1/onsite', { anonymousId })).json()) as {
    messages: { id: string }[]
  }
  return messages.map(({ id }) => id)
}

it('a sign-up on a page asks by one mail, and only the button in it makes a subscriber, whose stage counts then', async () => {
  await put('welcome', SIGN_UP)
  await put('thanks', { ...POP_UP, stages: ['prospect'] })
  const anonymousId = randomUUID()
  const email = 'eva@example.com'
  const { consent } = SIGN_UP.texts.en
  const properties = { email, method: 'onsite', form: 'welcome', text: consent }
  const batch = [
    { type: 'identify', anonymousId, traits: { email, firstName: 'Eva' } },
    { type: 'track', event: 'Subscribed', anonymousId, messageId: randomUUID(), properties },
  ]
  const answer = await post('/v1/batch', { batch })
  expect(await answer.json()).toEqual({ success: true, onsite: true })
  // A visitor presses twice.
  await post('/v1/batch', { batch: [{ ...batch[1], messageId: randomUUID() }] })
  const mail = await smtp.waitForMail(email)
  await server.api.passTime(60_000)
  expect(smtp.mailsTo(email)).toHaveLength(1)
  const [pending] = await server.api.customersWith({ email })
  expect(pending).toMatchObject({ email: null, claims: { email }, lifecycle: { permission: 'pending' } })
  expect(await told(anonymousId)).toEqual(['welcome'])

  await fetch(linkIn(mail, '/confirm/'), { method: 'POST' })
  await server.api.passTime(1_000)
  const confirmed = await server.api.customerWith({ email })
  expect(confirmed).toMatchObject({
    email,
    traits: { firstName: 'Eva' },
    lifecycle: { permission: 'subscribed', stage: 'prospect' },
  })
  expect(await told(anonymousId)).toEqual(['thanks', 'welcome'])
  expect(await told(randomUUID())).toEqual(['welcome'])
})

it('what visitors do with messages is watching, and an entry in a contest is an act', async () => {
  const anonymousId = randomUUID()
  const seen = (event: string) => ({
    type: 'track',
    event,
    anonymousId,
    properties: { message: 'welcome', kind: 'signUp' },
  })
  const entry = { ...seen('Contest Entered'), properties: { contest: 'coffee-for-a-year' } }
  const names = ['On-site Message Shown', 'On-site Message Clicked', 'On-site Message Closed']
  const answer = await post('/v1/batch', { batch: [...names.map(seen), entry] }, { 'sec-gpc': '1' })
  expect(await answer.json()).toMatchObject({
    success: true,
    rejected: names.map((_name, index) => ({ index, code: 'tracking-refused' })),
  })
})

it('the visitor’s cookie of a page on this very address is for it alone', async () => {
  const { origin } = new URL(server.url)
  const response = await post('/v1/cookie', { anonymousId: 'a1' }, { origin })
  expect(response.status).toBe(204)
  expect(response.headers.get('set-cookie')).toBe('ciclo_id=a1; Path=/; Max-Age=34560000; SameSite=Lax')
  expect((await post('/v1/cookie', { anonymousId: 'a1' }, { origin: 'http://localhost' })).status).toBe(403)
})
