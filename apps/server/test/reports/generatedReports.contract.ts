import { creditOrders, SettingsSchema } from '@ciclo/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readAttribution } from '../../src/insight/readInsight.ts'
import { readReport, type Report, type ReportKind } from '../../src/reports/readReport.ts'
import { openStore } from '../../src/store/openStore.ts'
import { insertRows } from '../../src/store/insertRows.ts'
import type { Store } from '../../src/store/store.ts'

const DAY = 86_400_000
const DAYS = 28
const NOW = Date.UTC(2026, 5, 1, 12)
const FROM = NOW + 1 - DAYS * DAY
const { window } = SettingsSchema.parse({}).attribution

const NAMES = {
  clicked: 'Email Link Clicked',
  bounced: 'Email Bounced',
  complained: 'Email Marked as Spam',
  unsubscribed: 'Unsubscribed',
} as const

const KINDS = ['clicked', 'bounced', 'complained', 'unsubscribed'] as const

// Also just at both ends of the period.
const moment = fc
  .tuple(
    fc.oneof(fc.integer({ min: -40, max: 0 }), fc.constantFrom(-DAYS, 0)),
    fc.integer({ min: -1, max: 1 }),
  )
  .map(([day, edge]) => NOW + day * DAY + edge)

// Dense enough that each shop has some of everything, and orders that follow clicks.
const generatedMail = fc.record({
  customer: fc.nat(2),
  journey: fc.constantFrom('welcome', 'win-back', null),
  step: fc.constantFrom('first', 'second'),
  template: fc.constantFrom('welcome', 'thank-you'),
  isSent: fc.constantFrom(true, true, true, false),
  sentAt: moment,
  responses: fc.array(
    fc.record({
      kind: fc.constantFrom(...KINDS, 'clicked', 'clicked'),
      after: fc.integer({ min: 0, max: 5 * DAY }),
      isHuman: fc.constantFrom(true, true, false),
      isBrowsers: fc.constantFrom(false, false, false, true),
    }),
    { maxLength: 4 },
  ),
})
const generatedOrder = fc.record({
  customer: fc.nat(2),
  at: moment,
  total: fc.nat(9_999),
  currency: fc.constantFrom('EUR', 'PLN'),
})
const generatedShop = fc.record({
  mails: fc.array(generatedMail, { minLength: 5, maxLength: 25, size: 'max' }),
  orders: fc.array(generatedOrder, { minLength: 3, maxLength: 15, size: 'max' }),
})

type Shop = typeof generatedShop extends fc.Arbitrary<infer One> ? One : never

const mailsOf = ({ mails }: Shop) => mails.map((mail, place) => ({ ...mail, id: `m${place}` }))
const ordersOf = ({ orders }: Shop) => orders.map((order, place) => ({ ...order, id: `o${place}` }))
const eventsOf = (shop: Shop) =>
  mailsOf(shop).flatMap(({ id, customer, sentAt, responses }) =>
    responses.map(({ after, ...response }, place) => ({
      ...response,
      id: `${id}-${place}`,
      message: id,
      customer,
      at: sentAt + after,
    })),
  )

async function saveShop(store: Store, workspaceId: string, shop: Shop): Promise<void> {
  await store.write(async (tx) => {
    const { workspaces, journeys, messages, events, orders } = tx.tables
    await insertRows(tx, workspaces, [
      { id: workspaceId, name: workspaceId, settings: {}, rulesVersion: 1, createdAt: 1 },
    ])
    await insertRows(
      tx,
      journeys,
      ['welcome', 'win-back'].map((id) => ({
        workspaceId,
        id,
        version: 1,
        status: 'live' as const,
        definition: {
          id,
          name: id,
          trigger: { kind: 'api' },
          reentry: { kind: 'never' },
          steps: [{ kind: 'end', id: 'over' }],
        },
        createdAt: 1,
      })),
    )
    const mails = mailsOf(shop).map(({ id, customer, journey, step, template, isSent, sentAt }) => ({
      workspaceId,
      id,
      customerId: `c${customer}`,
      journeyId: journey,
      stepId: journey === null ? null : step,
      template,
      purpose: 'marketing',
      address: 'a@shop.example',
      claimed: false,
      state: isSent ? ('sent' as const) : ('refused' as const),
      data: {},
      causeAt: sentAt - DAY,
      createdAt: sentAt - DAY,
      dueAt: sentAt,
      expiresAt: sentAt + DAY,
      sentAt: isSent ? sentAt : null,
    }))
    const told = eventsOf(shop).map(({ id, customer, at, kind, isHuman, isBrowsers, message }) => ({
      workspaceId,
      messageId: id,
      customerId: `c${customer}`,
      type: 'track',
      name: NAMES[kind],
      at,
      receivedAt: at,
      source: isBrowsers ? ('public' as const) : ('own' as const),
      body: { properties: { message, class: isHuman ? 'human' : 'machine' }, traits: {}, context: {} },
    }))
    const bought = ordersOf(shop).map(({ id, customer, at, total, currency }) => ({
      workspaceId,
      customerId: `c${customer}`,
      id,
      at,
      total,
      currency,
      trusted: true,
    }))
    if (mails.length > 0) await insertRows(tx, messages, mails)
    if (told.length > 0) await insertRows(tx, events, told)
    if (bought.length > 0) await insertRows(tx, orders, bought)
  })
}

/** The figures of some mails by looking at one after the other. */
function countNaively(shop: Shop, isOne: (mail: ReturnType<typeof mailsOf>[number]) => boolean) {
  const isIn = (at: number) => at >= FROM && at < NOW + 1
  const responses = eventsOf(shop).filter(
    ({ kind, isHuman, isBrowsers, at }) =>
      at >= FROM && at < NOW + 1 && !isBrowsers && (kind !== 'clicked' || isHuman),
  )
  const mails = mailsOf(shop).filter((mail) => isOne(mail) && mail.isSent && isIn(mail.sentAt))
  const withA = (kind: (typeof KINDS)[number]) =>
    mails.filter(({ id }) => responses.some((one) => one.message === id && one.kind === kind))
  const clicks = eventsOf(shop).flatMap(({ kind, isHuman, isBrowsers, at, id, message, customer }) =>
    kind === 'clicked' && !isBrowsers && at >= FROM - window && at < NOW + 1
      ? [{ id, at, isHuman, message, customer }]
      : [],
  )
  const revenue: Record<string, number> = {}
  let orders = 0
  for (const customer of [0, 1, 2]) {
    const isTheirs = (one: { customer: number }) => one.customer === customer
    const bought = ordersOf(shop).filter((order) => isTheirs(order) && isIn(order.at))
    for (const { order, click } of creditOrders(clicks.filter(isTheirs), bought, window)) {
      if (!mailsOf(shop).some((mail) => mail.id === click.message && isOne(mail))) continue
      orders += 1
      revenue[order.currency] = (revenue[order.currency] ?? 0) + order.total
    }
  }
  const bounced = withA('bounced').length
  return {
    sent: mails.length,
    delivered: mails.length - bounced,
    bounced,
    complained: withA('complained').length,
    unsubscribed: withA('unsubscribed').length,
    clicked: withA('clicked').length,
    people: new Set(withA('clicked').map(({ customer }) => customer)).size,
    orders,
    revenue,
  }
}

const ADDED = ['sent', 'delivered', 'bounced', 'complained', 'unsubscribed', 'clicked', 'orders'] as const

function sumOf(rows: readonly { revenue: Record<string, number> }[], names: readonly string[]) {
  const revenue: Record<string, number> = {}
  for (const row of rows)
    for (const [currency, amount] of Object.entries(row.revenue))
      revenue[currency] = (revenue[currency] ?? 0) + amount
  const counts = names.map((name) => [
    name,
    rows.reduce((sum, row) => sum + ((row as unknown as Record<string, number>)[name] ?? 0), 0),
  ])
  return { ...(Object.fromEntries(counts) as Record<string, number>), revenue }
}

const SUBJECTS: readonly [ReportKind, string][] = [
  ['journeys', 'welcome'],
  ['journeys', 'win-back'],
  ['templates', 'welcome'],
  ['templates', 'thank-you'],
]

/** Reports as a database counts them, held against mails and orders that are looked at one by one. */
export function generatedReportsContract(
  database: string,
  createDatabase: () => Promise<string>,
  runs: number,
): void {
  describe(`The reports of generated shops on ${database}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await openStore(await createDatabase())
    })
    afterAll(() => store.close())

    it('are the same as counted one by one, add up, and agree with each other and the attribution', async () => {
      let shops = 0
      const seen = { clicked: 0, bounced: 0, orders: 0 }
      await fc.assert(
        fc.asyncProperty(generatedShop, async (shop) => {
          const workspaceId = `w${(shops += 1)}`
          await saveShop(store, workspaceId, shop)
          const reportOf = async (kind: ReportKind, id: string): Promise<Report> => {
            const found = await readReport(store, { workspaceId, kind, id, days: DAYS, now: NOW })
            if (!found) throw new Error(`Expected a report of ${kind} ${id}`)
            return found
          }
          const period = { from: FROM, to: NOW + 1 }
          const { mails } = await readAttribution(store, { workspaceId, period })
          for (const [kind, id] of SUBJECTS) {
            const { totals, parts, days } = await reportOf(kind, id)
            const isOne = (mail: { journey: string | null; template: string }) =>
              (kind === 'journeys' ? mail.journey : mail.template) === id
            expect(totals).toEqual(countNaively(shop, isOne))
            expect(sumOf(parts, ADDED)).toEqual(sumOf([totals], ADDED))
            const byDay = ['sent', 'clicked', 'orders']
            expect(days).toHaveLength(DAYS + 1)
            expect(sumOf(days, byDay)).toEqual(sumOf([totals], byDay))
            const credited = mails.filter(
              ({ journeyId, template }) => (kind === 'journeys' ? journeyId : template) === id,
            )
            expect(sumOf([totals], ['orders'])).toEqual(sumOf(credited, ['orders']))
            seen.clicked += totals.clicked
            seen.bounced += totals.bounced
            seen.orders += totals.orders
          }
          // A journey is what its templates have come to in it.
          const templates = await Promise.all(
            ['welcome', 'thank-you'].map((name) => reportOf('templates', name)),
          )
          for (const id of ['welcome', 'win-back']) {
            const ofIt = templates.flatMap(({ parts }) => parts.filter(({ journey }) => journey === id))
            expect(sumOf(ofIt, ADDED)).toEqual(sumOf([(await reportOf('journeys', id)).totals], ADDED))
          }
        }),
        { numRuns: runs },
      )
      // Shops without any would prove nothing.
      expect(Math.min(...Object.values(seen))).toBeGreaterThan(0)
    }, 300_000)
  })
}
