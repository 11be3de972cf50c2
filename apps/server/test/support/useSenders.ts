import { JourneySchema } from '@ciclo/engine'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished } from 'vitest'
import type { ShownSender } from '../../src/routes/senderSchemas.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from './createTestCiclo.ts'
import { createZone, type Zone } from './createZone.ts'
import { LIFE_JOURNEYS } from './lifeJourneys.ts'
import { startSmtpCatcher, type SmtpCatcher } from './startSmtpCatcher.ts'

export type Json = Record<string, unknown>

const WELL: Zone = {
  'shop.example': { txt: ['v=spf1 mx -all'], mx: ['mx.shop.example'] },
  '_dmarc.shop.example': { txt: ['v=DMARC1; p=none'] },
}

const JOURNEYS = [
  ...LIFE_JOURNEYS,
  JourneySchema.parse({
    id: 'receipt',
    name: 'Receipt',
    trigger: { kind: 'event', name: 'Order Completed' },
    reentry: { kind: 'always' },
    steps: [{ kind: 'send', id: 'mail', template: 'thank-you', purpose: 'transactional' }],
  }),
]

/** A Ciclo for each test whose senders are set up through its API, a mail server, and what is published of names. */
export function useSenders(createDatabase: () => Promise<string>) {
  let smtp: SmtpCatcher
  let test: TestCiclo
  let zone: Zone

  beforeAll(async () => {
    smtp = await startSmtpCatcher()
  })
  afterAll(() => smtp.stop())
  beforeEach(async () => {
    smtp.mails.length = 0
    zone = { ...WELL }
    const databaseUrl = await createDatabase()
    const dns = createZone({})
    for (const kind of ['txt', 'mx', 'addresses', 'reverse'] as const)
      dns[kind] = (name) => createZone(zone)[kind](name)
    test = await createTestCiclo({ databaseUrl, smtpUrl: smtp.url, dns, journeys: JOURNEYS, demo: true })
    onTestFinished(() => test.stop())
  })

  const ask = async (method: string, path: string, body?: unknown) => {
    const response = await test.ciclo.app.request(`/api/senders${path}`, {
      method,
      headers: { authorization: `Bearer ${SECRET_KEY}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: response.status, body: (await response.json()) as Json & ShownSender }
  }
  const done = async (method: string, path: string, body?: unknown) => {
    const answer = await ask(method, path, body)
    expect(answer).toMatchObject({ status: 200 })
    return answer.body
  }
  const server = (more: Json = {}) => ({
    preset: 'smtp',
    host: '127.0.0.1',
    port: smtp.port,
    tls: 'offered',
    ...more,
  })
  const NEWS = () => ({
    purpose: 'marketing',
    from: { name: 'Luna', address: 'news@shop.example' },
    server: server(),
  })
  /** A sender that is live, whose key the zone has. */
  const takeLive = async (id = 'news', more: Json = {}, live: Json = {}) => {
    await done('PUT', `/${id}`, { ...NEWS(), ...more })
    const { dkim } = await done('POST', `/${id}/dkim`, { selector: 's1', kind: 'ed25519' })
    zone['s1._domainkey.shop.example'] = { txt: [dkim?.record?.value ?? ''] }
    return await done('POST', `/${id}/live`, { testTo: 'me@shop.example', ...live })
  }
  const stored = () => test.store.read((tx) => tx.select().from(tx.tables.senders))
  const actions = async () => {
    const { entries } = (await test.request('/api/audit')) as { entries: Json[] }
    return entries.map(({ action }) => action)
  }
  const order = (id: string, email = `${id}@gmail.com`) =>
    test.item('secret', {
      type: 'track',
      name: 'Order Completed',
      userId: id,
      properties: { order_id: id, total: 10, email },
    })
  const subscribe = (id: string, email = `${id}@gmail.com`) =>
    test.item('secret', { type: 'track', name: 'Subscribed', userId: id, properties: { email } })
  const messagesOf = async (id: string) => {
    const customer = await test.customer(`userId=${id}`)
    return (await test.below(customer?.id ?? '', 'messages')) as Json[]
  }

  const receiptOf = async (id: string) =>
    (await messagesOf(id)).find(({ purpose }) => purpose === 'transactional')

  return {
    actions,
    ask,
    done,
    messagesOf,
    NEWS,
    order,
    receiptOf,
    server,
    smtp: () => smtp,
    stored,
    subscribe,
    takeLive,
    test: () => test,
    zone: () => zone,
  }
}
