import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { z } from 'zod'
import { ConsentsSchema } from '../../src/routes/consentSchemas.ts'
import { runCliIn } from '../cli.support.ts'
import { linkIn } from '../support/readMail.ts'
import { startSmtpCatcher, type SmtpCatcher } from '../support/startSmtpCatcher.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'

type Event = Record<string, unknown>

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

/** Sends events as a browser does, through a proxy that says whose request it is. */
async function fromBrowser(events: Event[], headers: Record<string, string> = {}) {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain', 'x-forwarded-for': '203.0.113.77', ...headers },
    body: JSON.stringify({ writeKey: server.writeKey, batch: events }),
  })
  expect(response.status).toBe(200)
  return (await response.json()) as { rejected?: { index: number; code: string }[] }
}

async function consentsOf(id: string): Promise<z.infer<typeof ConsentsSchema>['consents']> {
  const response = await fetch(`${server.url}/api/customers/${id}/consents`, {
    headers: { authorization: `Bearer ${server.secretKey}` },
  })
  return ConsentsSchema.parse(await response.json()).consents
}

const view = (anonymousId: string) => ({ type: 'page', anonymousId, name: 'Home' })
const saying = (anonymousId: string, event: string, purpose: string) => ({
  type: 'track',
  event,
  anonymousId,
  properties: { purpose },
})

describe('A visitor whose browser says Global Privacy Control', () => {
  it('leaves no trace by visiting, is served all the same, and may still agree', async () => {
    const gpc = { 'sec-gpc': '1' }
    expect(await fromBrowser([view('gpc-1'), view('gpc-1')], gpc)).toMatchObject({
      rejected: [
        { index: 0, code: 'tracking-refused' },
        { index: 1, code: 'tracking-refused' },
      ],
    })
    expect(await server.api.customers()).toEqual([])
    const order = {
      type: 'track',
      event: 'Order Completed',
      anonymousId: 'gpc-1',
      properties: { order_id: 'g1', total: 5 },
    }
    expect(await fromBrowser([order, view('gpc-1')], gpc)).toMatchObject({ rejected: [{ index: 1 }] })
    const [customer] = await server.api.customers()
    expect(customer?.orders.count).toBe(1)
    expect(await server.api.events(customer?.id ?? '')).toHaveLength(1)
    // No record is made of a signal that comes with every request.
    expect(await consentsOf(customer?.id ?? '')).toEqual([])
    expect(await fromBrowser([saying('gpc-1', 'Consent Given', 'tracking'), view('gpc-1')], gpc)).toEqual({
      success: true,
    })
    expect(await server.api.events(customer?.id ?? '')).toHaveLength(3)
  })
})

describe('A customer who refuses tracking', () => {
  it('is not watched any more, in whatever browser, until they agree again', async () => {
    await server.api.send([
      { type: 'identify', userId: 'ann', anonymousId: 'ann-1', traits: { email: 'ann@example.com' } },
    ])
    const { id } = await server.api.customerWith({ userId: 'ann' })
    const count = async () => (await server.api.events(id)).length
    await fromBrowser([view('ann-1'), saying('ann-1', 'Consent Withdrawn', 'tracking')])
    const before = await count()
    expect(await fromBrowser([view('ann-1')])).toMatchObject({
      rejected: [{ index: 0, code: 'tracking-refused' }],
    })
    await server.api.send([{ type: 'track', event: 'Product Viewed', userId: 'ann' }])
    expect(await count()).toBe(before)
    await server.api.send([{ type: 'identify', userId: 'ann', anonymousId: 'ann-2' }])
    expect(await fromBrowser([view('ann-2')])).toMatchObject({ rejected: [{ code: 'tracking-refused' }] })
    expect(await fromBrowser([saying('ann-2', 'Consent Given', 'tracking'), view('ann-1')])).toEqual({
      success: true,
    })
    expect((await consentsOf(id)).map(({ status }) => status)).toEqual(['granted', 'refused'])
    expect((await server.api.customerWith({ userId: 'ann' })).consent.tracking).toMatchObject({
      status: 'granted',
    })
  })
})

describe('A double opt-in', () => {
  it('can be proven afterwards: what was read, where it was asked and confirmed, and no whole address', async () => {
    const asked = {
      type: 'track',
      event: 'Subscribed',
      anonymousId: 'eva-1',
      properties: { email: 'eva@example.com', text: 'Send me news', textVersion: '2', method: 'footer' },
      context: { ip: '203.0.113.77' },
    }
    await fromBrowser([asked])
    await server.api.passTime(1_000)
    const link = linkIn(await smtp.waitForMail('eva@example.com'), '/confirm/')
    await fetch(link, { method: 'POST', headers: { 'x-forwarded-for': '2001:db8:1:2:3:4:5:6' } })
    await server.api.passTime(1_000)
    const { id, lifecycle } = await server.api.customerWith({ email: 'eva@example.com' })
    expect(lifecycle.permission).toBe('subscribed')
    const words = { text: 'Send me news', textVersion: '2', method: 'footer', basis: 'consent' }
    expect(await consentsOf(id)).toMatchObject([
      { ...words, status: 'granted', source: 'own', network: '2001:db8:1::/48' },
      { ...words, status: 'asked', source: 'public', network: '203.0.113.0/24' },
    ])
    const { said, code } = await runCliIn(server.folder, ['consent', 'show', '--email', 'eva@example.com'], {
      PORT: new URL(server.url).port,
      CICLO_SECRET_KEY: server.secretKey,
    })
    expect(code).toBe(0)
    expect(said.join('\n')).toMatch(/marketing-email: granted consent[\s\S]*"Send me news"[\s\S]*asked/)
    for (const file of ['ciclo.db', 'ciclo.db-wal'])
      expect(readFileSync(join(server.folder, file)).includes('203.0.113.77')).toBe(false)
  })
})
