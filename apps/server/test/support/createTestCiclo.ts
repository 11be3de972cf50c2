import type { Event, EventInput, Journey, Source } from '@ciclo/engine'
import { pino } from 'pino'
import { monotonicFactory } from 'ulid'
import { createFrozenClock } from '../../src/clock.ts'
import { createCiclo } from '../../src/createCiclo.ts'
import type { FeedbackSettings } from '../../src/createFeedbackParts.ts'
import type { FetchFromAmazon } from '../../src/feedback/providers/snsMessage.ts'
import type { Dns } from '../../src/sending/records/dns.ts'
import { databaseIdentity } from '../../src/store/databaseIdentity.ts'
import { openStore } from '../../src/store/openStore.ts'
import { ensureFirstWorkspace } from '../../src/workspaces.ts'
import { LIFE_JOURNEYS } from './lifeJourneys.ts'
import { startInsightHere } from './startInsightHere.ts'

export const SECRET = 'a secret of the tests, long enough'
export const SECRET_KEY = 'secret-key-of-the-tests'
export const WRITE_KEY = 'write-key-of-the-tests'
const START = Date.UTC(2026, 0, 1, 12)

export interface TestCicloOptions {
  databaseUrl: string
  smtpUrl: string
  demo?: boolean
  /** Those that Ciclo ships; when left out, one mail for each milestone of a life. */
  journeys?: 'shipped' | readonly Journey[]
  /** Where webhooks may go besides the internet: this machine, when left out. */
  webhookHosts?: readonly string[]
  /** What is published of names: nothing, when left out. */
  dns?: Dns
  /** How mails that come back come in: not at all, when left out. */
  feedback?: FeedbackSettings
  fetchFromAmazon?: FetchFromAmazon
}

const NOTHING = () => Promise.resolve({ found: [] })
const EMPTY_DNS: Dns = { txt: NOTHING, mx: NOTHING, addresses: NOTHING, reverse: NOTHING }

/** A whole Ciclo in this process, on a real store, with a clock that stands still until the test moves it. */
export async function createTestCiclo({
  databaseUrl,
  smtpUrl,
  demo = false,
  journeys = LIFE_JOURNEYS,
  webhookHosts = ['127.0.0.1'],
  dns = EMPTY_DNS,
  feedback,
  fetchFromAmazon,
}: TestCicloOptions) {
  const clock = createFrozenClock(START)
  const ulid = monotonicFactory()
  let events = 0
  const newId = () => ulid(clock.now())
  const store = await openStore(databaseUrl)
  const workspace = await ensureFirstWorkspace({
    store,
    secret: SECRET,
    now: () => clock.now(),
    newId,
    writeKey: WRITE_KEY,
    secretKey: SECRET_KEY,
    demo,
    ...(journeys === 'shipped' ? {} : { journeys }),
  })
  const ciclo = createCiclo({
    store,
    secret: SECRET,
    writeKey: WRITE_KEY,
    database: databaseIdentity(databaseUrl),
    databaseUrl,
    startInsight: startInsightHere,
    clock,
    testClock: clock,
    newId,
    random: () => 0.5,
    log: pino({ level: 'silent' }),
    smtpUrl,
    from: () => ({ name: 'Shop', address: 'news@shop.example' }),
    publicUrl: () => 'https://ciclo.shop.example',
    webhookHosts: new Set(webhookHosts),
    dns,
    ...(feedback ? { feedback } : {}),
    ...(fetchFromAmazon ? { fetchFromAmazon } : {}),
    tracker: { script: new URL('file:///none'), sourceMap: new URL('file:///none') },
    demo,
  })

  const request = async (path: string, init: RequestInit = {}) => {
    const headers = new Headers(init.headers)
    if (!headers.has('authorization')) headers.set('authorization', `Bearer ${SECRET_KEY}`)
    const response = await ciclo.app.request(path, { ...init, headers })
    return (await response.json()) as Record<string, unknown>
  }

  return {
    ciclo,
    clock,
    store,
    workspaceId: workspace.id,
    /** An event of this workspace, at the clock's time unless it says another. */
    item: (
      source: Source,
      event: Partial<Event> & { type: Event['type'] },
      more: Partial<EventInput> = {},
    ) => {
      events += 1
      const input: EventInput = {
        kind: 'event',
        id: `test-event-${events}`,
        at: clock.now(),
        receivedAt: clock.now(),
        source,
        event: { properties: {}, traits: {}, context: {}, ...event },
        ...more,
      }
      return { workspaceId: workspace.id, input }
    },
    /** An answer of the API, as JSON. */
    request,
    customer: async (query: string): Promise<TestCustomer | undefined> => {
      const { customers } = (await request(`/api/customers?${query}`)) as { customers: TestCustomer[] }
      return customers[0]
    },
    below: async <Name extends string>(id: string, name: Name) => {
      const answer = await request(`/api/customers/${id}/${name}?limit=200`)
      return (answer as Record<Name, Record<string, unknown>[]>)[name]
    },
    stop: async () => {
      await ciclo.stop()
      await store.close()
    },
  }
}

export type TestCiclo = Awaited<ReturnType<typeof createTestCiclo>>

export interface TestCustomer {
  id: string
  email: string | null
  userId: string | null
  claims: Record<string, string>
  lifecycle: Record<string, string>
  orders: { count: number; revenue: Record<string, number>; firstAt: string | null; lastAt: string | null }
  parked: string | null
}
