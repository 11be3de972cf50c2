import type { Purpose } from '@ciclo/engine'
import { afterEach, beforeEach } from 'vitest'
import { mailIdOf } from '../../src/mailId.ts'
import { createTokens, type TokenKind } from '../../src/tokens.ts'
import { createTestCiclo, SECRET, type TestCiclo } from '../support/createTestCiclo.ts'
import { LIFE_JOURNEYS } from '../support/lifeJourneys.ts'

const HOUR = 3_600_000

export const CHROME =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export const GOOGLE =
  'Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy)'

const TOPICS = [
  { id: 'news', name: { en: 'New coffees', es: 'Cafés nuevos', pl: 'Nowe kawy', ro: 'Cafele noi' } },
  { id: 'sale', name: { en: 'Offers', es: 'Ofertas', pl: 'Oferty', ro: 'Oferte' } },
  { id: 'tips', name: { en: 'Tips' } },
]

type Message = Partial<{
  template: string
  purpose: Purpose
  topic: string | null
  locale: string
  address: string
  state: 'queued' | 'sending' | 'sent'
  sentAt: number | null
  attemptedAt: number | null
  campaignId: string | null
  variant: string | null
  journeyId: string | null
  stepId: string | null
  mailId: string | null
}>

/** A shop with a subscriber, ann@example.com, and mails that she has got. */
export function useLinks(createDatabase: () => Promise<string>) {
  const world = { test: undefined as unknown as TestCiclo, ann: '' }
  const tokens = createTokens(SECRET)

  beforeEach(async () => {
    world.test = await createTestCiclo({
      databaseUrl: await createDatabase(),
      smtpUrl: 'smtp://127.0.0.1:9',
      // That of double opt-in, which nothing here starts.
      journeys: LIFE_JOURNEYS.slice(0, 1),
    })
    await set({
      topics: TOPICS,
      shop: { name: 'Luna', url: 'https://luna.example', address: 'Calle del Grano 12, Madrid' },
    })
    await submit(
      world.test.item('secret', { type: 'identify', userId: 'ann', traits: { email: 'ann@example.com' } }),
      track('Subscribed', {}),
    )
    world.ann = (await ann()).id
    world.test.clock.set(world.test.clock.now() + HOUR)
  })
  afterEach(() => world.test.stop())

  const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
    world.test.ciclo.ingest.submit(items)
  const track = (name: string, properties: Record<string, unknown>, userId = 'ann') =>
    world.test.item('secret', { type: 'track', name, userId, properties })
  const set = async (settings: Record<string, unknown>) =>
    await world.test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) })
  const ann = async () => {
    const customer = await world.test.customer('userId=ann')
    if (!customer) throw new Error('there is no customer ann')
    return customer
  }

  /** A mail to Ann, an hour ago unless told otherwise. */
  const mail = async (id: string, more: Message = {}) => {
    const { clock, store, workspaceId } = world.test
    const createdAt = clock.now() - HOUR
    await store.write(async (tx) => {
      await tx.insert(tx.tables.messages).values({
        workspaceId,
        id,
        customerId: world.ann,
        enrolmentId: null,
        journeyId: 'welcome',
        stepId: 'mail',
        template: 'welcome',
        purpose: 'marketing',
        locale: 'en',
        address: 'ann@example.com',
        claimed: false,
        onCap: 'postpone',
        state: 'sent',
        data: { customer: { email: 'ann@example.com', firstName: 'Ann' } },
        causeAt: createdAt,
        createdAt,
        dueAt: createdAt,
        expiresAt: createdAt + 48 * HOUR,
        sentAt: createdAt,
        mailId: mailIdOf({ workspaceId, id, createdAt }),
        ...more,
      })
    })
    const mailId = mailIdOf({ workspaceId, id, createdAt })
    /** The path of one of its links. */
    return (kind: Exclude<TokenKind, 'local' | 'set-up' | 'reset'>, extra: { u?: string; x?: number } = {}) =>
      `/${PATHS[kind]}/${tokens.sign(kind, { mail: mailId, ...extra })}`
  }

  const request = async (path: string, init: RequestInit = {}) =>
    await world.test.ciclo.app.request(path, {
      ...init,
      headers: { 'user-agent': CHROME, ...(init.headers as Record<string, string> | undefined) },
    })
  const post = async (path: string, fields: Record<string, string | string[]> = {}) =>
    await request(path, {
      method: 'POST',
      body: new URLSearchParams(
        Object.entries(fields).flatMap(([name, value]) =>
          [value].flat().map((one): [string, string] => [name, one]),
        ),
      ),
    })

  const events = async (name: string) =>
    (await world.test.below(world.ann, 'events'))
      .filter((event) => event['name'] === name)
      .toReversed()
      .map(({ properties }) => properties as Record<string, unknown>)
  const detail = async () => await world.test.request(`/api/customers/${world.ann}`)
  const refused = async () => ((await detail())['consent'] as { refusedTopics: string[] }).refusedTopics
  const permission = async () => (await ann()).lifecycle['permission']
  const consents = async () =>
    (await world.test.below(world.ann, 'consents'))
      .toReversed()
      .map(({ status, topic, method }) => [status, topic, method].join(' '))
  const opens = async () => await world.test.store.read((tx) => tx.select().from(tx.tables.opens))
  const pass = (duration: number) => world.test.clock.set(world.test.clock.now() + duration)

  return {
    world,
    tokens,
    submit,
    track,
    set,
    ann,
    mail,
    request,
    post,
    events,
    detail,
    refused,
    permission,
    consents,
    opens,
    pass,
  }
}

const PATHS: Readonly<Record<Exclude<TokenKind, 'local' | 'set-up' | 'reset'>, string>> = {
  open: 'o',
  click: 'c',
  unsubscribe: 'u',
  leave: 'l',
  preferences: 'p',
  view: 'v',
  survey: 's',
  confirm: 'confirm',
  resubscribe: 'r',
  visit: 'none',
}
