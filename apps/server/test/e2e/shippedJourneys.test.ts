import { loadShippedJourneys } from '@ciclo/journeys'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createMailboxReader, type MailboxMail, type MailboxReader } from '../support/createMailboxReader.ts'
import { startTestServer, type TestServer } from '../support/startTestServer.ts'
import { MARKETING_ROWS } from './shippedJourneys.marketing.ts'
import { ORDER_ROWS } from './shippedJourneys.orders.ts'
import type { ExpectedMail, Happening, JourneyRow } from './shippedJourneys.row.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/** Each shipped journey once, with everything else that the same customer gets: all of them are on. */
const JOURNEY_ROWS = [...MARKETING_ROWS, ...ORDER_ROWS]
const LONGEST = Math.max(...JOURNEY_ROWS.map(({ days }) => days))

/** The next 1st of October at noon for which there is time enough: in winter a clock of UTC would be no test of zones. */
function endOfRun(now: number): number {
  const year = new Date(now).getUTCFullYear()
  const end = Date.UTC(year, 9, 1, 12)
  return end - (LONGEST + 1) * DAY > now ? end : Date.UTC(year + 1, 9, 1, 12)
}

const END = endOfRun(Date.now())
const startOf = ({ days }: JourneyRow) => END - days * DAY
const emailOf = ({ journey }: JourneyRow) => `${journey}@example.com`
const browserOf = ({ journey }: JourneyRow) => `browser of ${journey}`

const REPLENISHED = JOURNEY_ROWS.find(({ journey }) => journey === 'replenishment')!
/** Of the row of replenishment: from then on its next order is expected. */
const LAST_ORDER = startOf(REPLENISHED) + Math.max(...REPLENISHED.events.map(([hours]) => hours)) * HOUR

let server: TestServer
let mailbox: MailboxReader
let mails: MailboxMail[]

const api = async (method: string, path: string, body: unknown): Promise<unknown> => {
  const response = await fetch(`${server.url}/api${path}`, {
    method,
    headers: { authorization: `Bearer ${server.secretKey}`, 'content-type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
  const answer: unknown = await response.json()
  if (!response.ok) throw new Error(`${method} /api${path}: ${response.status} ${JSON.stringify(answer)}`)
  return answer
}

/** The first-order offer with a code of a pool, as docs/journeys-shipped.md says. */
async function giveCodes(): Promise<void> {
  const codes = Array.from({ length: 40 }, (_, index) => `FIRST-${1_000 + index}`)
  await api('POST', '/coupons/first-orders', { codes })
  const shipped = loadShippedJourneys().find(({ id }) => id === 'first-order-offer')
  const coupon = { kind: 'coupon', id: 'code', from: { pool: 'first-orders' }, validFor: '14d' }
  const steps = shipped?.steps.flatMap((step) => (step.id === 'offer' ? [coupon, step] : [step]))
  await api('PUT', '/journeys/first-order-offer/draft', { ...shipped, steps })
  await api('POST', '/journeys/first-order-offer/publish', {})
}

const FITTED: unknown = expect.objectContaining({
  isRunning: false,
  result: expect.objectContaining({ fittedOn: expect.any(Number) as number }) as unknown,
})

/** Enough other buyers for a prediction: they order every two weeks, a sixth of them for much. */
async function importBuyers(now: number): Promise<void> {
  const orders = Array.from({ length: 120 }, (_, buyer) =>
    Array.from({ length: 6 }, (__, place) => ({
      orderId: `past-${buyer}-${place}`,
      at: now - (place * 14 + (buyer % 14)) * DAY,
      total: buyer % 6 === 0 ? '300' : '30',
      userId: `buyer-${buyer}`,
    })),
  ).flat()
  for (const page of [orders.slice(0, 400), orders.slice(400)])
    await api('POST', '/import/orders', { orders: page })
  await api('POST', '/insight/refresh', { what: 'predictions' })
  const fitted = { jobs: expect.arrayContaining([FITTED]) as unknown }
  await vi.waitFor(async () => expect(await api('GET', '/insight/jobs', undefined)).toMatchObject(fitted), {
    timeout: 60_000,
    interval: 100,
  })
}

async function confirm(email: string): Promise<void> {
  const mail = (await mailbox.all()).find(({ email: { to } }) => to?.[0]?.address === email)
  const link = mail && (await mailbox.linksOf(mail)).find((one) => one.includes('/confirm/'))
  if (link === undefined) throw new Error(`${email} was sent no confirmation`)
  expect((await fetch(link, { method: 'POST' })).status).toBe(200)
}

/** One thing that happens, as the shop's server or the customer's browser tells it. */
async function tell(row: JourneyRow, [, by, name, properties = {}]: Happening): Promise<void> {
  const { locale } = row
  if (name === 'Confirmed') return await confirm(emailOf(row))
  const said = name === 'Subscribed' ? { ...properties, email: emailOf(row) } : properties
  if (by === 'shop')
    return await server.api.send([{ type: 'track', event: name, userId: row.journey, properties: said }])
  const event = { type: 'track', event: name, anonymousId: browserOf(row), properties: said }
  await server.api.send([{ ...event, context: { locale } }], server.writeKey)
}

/** The shop knows its customer, and whose browser that is. */
async function introduce(row: JourneyRow): Promise<void> {
  const { journey: userId, locale, timezone, traits } = row
  if (row.isStranger) return
  await server.api.send([
    {
      type: 'identify',
      userId,
      anonymousId: browserOf(row),
      traits: {
        email: emailOf(row),
        firstName: 'Alex',
        locale,
        ...(timezone === undefined ? {} : { timezone }),
        ...traits?.(new Date(startOf(row))),
      },
    },
  ])
}

/** Mails of replenishment: the first 9:00 from 7 days before the predicted order on, and 7 days later. */
let replenishments: ExpectedMail[] = []
async function expectReplenishment(): Promise<void> {
  const { id } = await server.api.customerWith({ email: emailOf(REPLENISHED) })
  const { prediction } = await server.api.customer(id)
  const dueAt = Date.parse(prediction?.nextOrderAt ?? '') - 7 * DAY
  const nine = Math.ceil((dueAt - 9 * HOUR) / DAY) * DAY + 9 * HOUR
  const hours = (nine - startOf(REPLENISHED)) / HOUR
  replenishments = [
    [hours, 'replenishment', 'Time for more?'],
    [hours + 7 * 24, 'replenishment'],
  ]
}

const expectedOf = (row: JourneyRow) =>
  row === REPLENISHED ? [...row.expected, ...replenishments] : row.expected

const mailsTo = (row: JourneyRow) =>
  mails.filter(({ email: { to } }) => to?.map(({ address }) => address).join() === emailOf(row))

beforeAll(async () => {
  server = await startTestServer({ demo: true })
  mailbox = createMailboxReader(server.url)
  // What the other buyers do must not move when somebody is at risk.
  await api('PATCH', '/settings', { gaps: { mode: 'fixed' } })
  await giveCodes()
  const timeline = [
    { at: LAST_ORDER - HOUR, happen: () => importBuyers(server.api.now()) },
    ...JOURNEY_ROWS.flatMap((row) => [
      { at: startOf(row), happen: () => introduce(row) },
      ...row.events.map((happening) => ({
        at: startOf(row) + happening[0] * HOUR,
        happen: () => tell(row, happening),
      })),
    ]),
    { at: LAST_ORDER, happen: expectReplenishment },
  ].toSorted((one, other) => one.at - other.at)
  for (const { at, happen } of timeline) {
    if (at > server.api.now()) await server.api.passTime(at - server.api.now())
    await happen()
  }
  await server.api.passTime(END + HOUR - server.api.now())
  mails = await mailbox.all()
}, 180_000)
afterAll(() => server.stop())

it('each shipped journey has its row', () => {
  expect(JOURNEY_ROWS.map(({ journey }) => journey).toSorted()).toEqual(
    loadShippedJourneys()
      .map(({ id }) => id)
      .toSorted(),
  )
})

const line = (hours: number, template: string) => `+${String(hours).padStart(4, '0')}h ${template}`

describe.for(JOURNEY_ROWS.map((row) => [row.journey, row] as const))('%s', ([, row]) => {
  it('sends these mails at these times, and no others', () => {
    // A test's clock stops up to half an hour after what is due.
    const got = mailsTo(row).map(({ at, template }) => line(Math.floor((at - startOf(row)) / HOUR), template))
    expect(got.toSorted()).toEqual(
      expectedOf(row)
        .map(([hours, template]) => line(hours, template))
        .toSorted(),
    )
  })

  it('in the customer’s language, with what they are about', async () => {
    for (const [hours, template, ...shows] of expectedOf(row)) {
      const mail = mailsTo(row).find(
        (one) => one.template === template && Math.floor((one.at - startOf(row)) / HOUR) === hours,
      )
      if (!mail) throw new Error(`no mail ${line(hours, template)}`)
      await expectToShow(row, mail, shows)
    }
  })
})

async function expectToShow({ locale }: JourneyRow, mail: MailboxMail, shows: string[]): Promise<void> {
  const { email, words, purpose } = mail
  expect(email.html).toContain(`lang="${locale}"`)
  // What a template could not fill in, and what only a browser has said.
  expect(words).not.toMatch(/\{[{%]|undefined|NaN|\[object|Free money/)
  const unsubscribe = email.headers.filter(({ key }) => key === 'list-unsubscribe')
  expect(unsubscribe).toHaveLength(purpose === 'marketing' ? 1 : 0)
  const isLink = (text: string) => text.startsWith('/') || text.startsWith('https://')
  for (const shown of shows.filter((text) => !isLink(text))) expect(words).toContain(shown)
  const leads = shows.filter(isLink).map((text) => (text.startsWith('/') ? `${server.url}${text}` : text))
  if (leads.length === 0) return
  const links = await mailbox.linksOf(mail)
  for (const lead of leads)
    expect(
      links.some((link) => link.startsWith(lead)),
      `${lead} in ${links.join(' ')}`,
    ).toBe(true)
}

it('no mail went to anybody else, and none twice', () => {
  expect(new Set(mails.flatMap(({ email: { to } }) => to?.map(({ address }) => address)))).toEqual(
    new Set(JOURNEY_ROWS.map(emailOf)),
  )
  expect(new Set(mails.map(({ email: { messageId } }) => messageId)).size).toBe(mails.length)
})

it('permissions are what the rows leave them', async () => {
  for (const row of JOURNEY_ROWS) {
    if (row.permission === undefined) continue
    const { lifecycle } = await server.api.customerWith({ email: emailOf(row) })
    expect(`${row.journey}: ${lifecycle.permission}`).toBe(`${row.journey}: ${row.permission}`)
  }
})
