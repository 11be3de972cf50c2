import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestFolder } from '../support/createTestFolder.ts'
import { headerOf, linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

const MINUTE = 60_000
const DAY = 86_400_000

const folder = createTestFolder()
let smtp: SmtpCatcher
let server: TestServer
const start = async () => {
  server = await startTestServer({
    demo: true,
    journeys: 'life',
    folder: folder.path,
    environment: { SMTP_URL: smtp.url },
  })
}
/** A server on the same data, which then finds that `duration` has passed since the last one ended. */
const restart = async (way: 'stop' | 'kill', duration: number) => {
  const endedAt = server.api.now()
  const exit = await server[way]()
  await start()
  await server.api.passTime(endedAt + duration - server.api.now())
  return exit
}
beforeAll(async () => {
  smtp = await startSmtpCatcher()
  await start()
})
afterAll(async () => {
  await server.stop()
  await smtp.stop()
  folder.remove()
})

const buy = (userId: string) =>
  server.api.send([
    { type: 'identify', userId, traits: { email: `${userId}@example.com` } },
    { type: 'track', event: 'Subscribed', userId },
    {
      type: 'track',
      event: 'Order Completed',
      userId,
      properties: { order_id: `order of ${userId}`, total: 10 },
    },
  ])
/** The templates that the address has got, in their order. */
const templatesTo = (email: string) =>
  smtp.mailsTo(email).map((mail) => headerOf(mail, 'feedback-id')?.split(':')[0] ?? '')

it.for([
  ['stop', { code: 0, signal: null }],
  ['kill', { code: null, signal: 'SIGKILL' }],
] as const)('the time that passes after a %s is made up for once by the next server', async ([way, exit]) => {
  const email = `${way}@example.com`
  await buy(way)
  await smtp.waitForMail(email, 1)
  await server.api.passTime(MINUTE)
  const before = await server.api.customerWith({ email })
  expect(before.lifecycle.stage).toBe('new')
  const { reasons } = await server.api.customer(before.id)
  expect(reasons.stage.next?.state).toBe('atRisk')
  expect(Date.parse(reasons.stage.next?.at ?? '')).toBeGreaterThan(server.api.now() + 80 * DAY)

  expect(await restart(way, 100 * DAY)).toMatchObject(exit)
  const { id, lifecycle } = await server.api.customerWith({ email })
  expect({ id, stage: lifecycle.stage }).toEqual({ id: before.id, stage: 'atRisk' })
  const [toAtRisk] = (await server.api.transitions(id)).filter(({ region }) => region === 'stage')
  expect(toAtRisk).toMatchObject({ from: 'new', to: 'atRisk', reason: { cause: { kind: 'timer' } } })
  // At the time that it was due, not at the time that it was noticed.
  expect(Date.parse(toAtRisk!.at) - Date.parse(before.orders.lastAt!)).toBe(90 * DAY)

  await server.api.passTime(DAY)
  expect(templatesTo(email).toSorted()).toEqual(['at-risk', 'thank-you', 'welcome'])
  expect((await server.api.messages(id)).filter(({ template }) => template === 'at-risk')).toHaveLength(1)
})

it('a further server finds nothing of that to do again', async () => {
  await restart('stop', DAY)
  // The first one's customer has lapsed meanwhile, 180 days after the order.
  expect(templatesTo('stop@example.com').toSorted()).toEqual(['at-risk', 'thank-you', 'welcome', 'win-back'])
  expect(templatesTo('kill@example.com').toSorted()).toEqual(['at-risk', 'thank-you', 'welcome'])
})

it('a confirmation that nobody presses runs out after seven days, and its link says so', async () => {
  const email = 'hesitant@example.com'
  await server.api.send(
    [{ type: 'track', event: 'Subscribed', anonymousId: 'hesitant', properties: { email } }],
    server.writeKey,
  )
  const link = linkIn(await smtp.waitForMail(email), '/confirm/')
  const permission = async () => (await server.api.customerWith({ email })).lifecycle.permission
  await server.api.passTime(7 * DAY - MINUTE)
  expect(await permission()).toBe('pending')
  expect((await fetch(link)).status).toBe(200)

  await server.api.passTime(2 * MINUTE)
  expect(await permission()).toBe('none')
  const { id } = await server.api.customerWith({ email })
  expect((await server.api.transitions(id))[0]).toMatchObject({
    region: 'permission',
    from: 'pending',
    to: 'none',
    reason: { cause: { kind: 'timer' } },
  })
  for (const method of ['GET', 'POST']) {
    const answer = await fetch(link, { method })
    expect(answer.status, method).toBe(410)
    expect(await answer.text(), method).toContain('This link has expired')
  }
  expect(await server.api.customerWith({ email })).toMatchObject({
    email: null,
    lifecycle: { permission: 'none' },
  })
  expect(smtp.mailsTo(email)).toHaveLength(1)
})

it('where nothing is due, the passing of time changes nothing', async () => {
  await server.api.send([{ type: 'identify', userId: 'quiet', traits: { name: 'Quiet' } }])
  const state = async () => ({
    customers: await server.api.customers(),
    details: await Promise.all(
      (await server.api.customers()).map(async ({ id }) => ({
        events: await server.api.events(id),
        transitions: await server.api.transitions(id),
        messages: await server.api.messages(id),
      })),
    ),
    mails: smtp.mails.length,
  })
  await server.api.passTime(MINUTE)
  const before = await state()
  expect(before.customers.map(({ userId }) => userId)).toContain('quiet')
  // All timers that are pending are days away.
  for (let minute = 0; minute < 5; minute += 1) await server.api.passTime(MINUTE)
  expect(await state()).toEqual(before)
})
