import { eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTokens } from '../src/tokens.ts'
import { generatedFiguresContract } from './generatedFigures.contract.ts'
import { createTestCiclo, SECRET, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000
const TOO_LITTLE = 'not enough data yet'

type Properties = Record<string, unknown>

const at = (time: string) => Date.parse(time)
const share = (value: number | null, numerator: number, denominator: number) => ({
  value,
  word: value === null ? TOO_LITTLE : null,
  numerator,
  denominator,
})

/** A Ciclo for all tests of a block, and the words for its events. */
function useShop(
  createDatabase: () => Promise<string>,
  fill: (shop: ReturnType<typeof wordsOf>) => Promise<void>,
) {
  const shop = { words: undefined as unknown as ReturnType<typeof wordsOf> }
  beforeAll(async () => {
    const test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    shop.words = wordsOf(test)
    await fill(shop.words)
    // The first question starts a process, which takes its time where the machine has much to do.
    await shop.words.ask('sources')
  })
  afterAll(() => shop.words.test.stop())
  return shop
}

function wordsOf(test: TestCiclo) {
  const track = (
    who: { userId?: string; anonymousId?: string },
    name: string,
    time: string,
    properties: Properties = {},
    source: 'secret' | 'public' = 'secret',
  ) => test.item(source, { type: 'track', name, ...who, properties }, { at: at(time), receivedAt: at(time) })
  return {
    test,
    track,
    submit: (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items),
    order: (userId: string, orderId: string, time: string, total: number, currency = 'EUR') =>
      track({ userId }, 'Order Completed', time, { order_id: orderId, total, currency }),
    page: (userId: string, time: string, context: Properties) =>
      test.item('secret', { type: 'page', userId, context }, { at: at(time), receivedAt: at(time) }),
    ask: (path: string) => test.request(`/api/insight/${path}`),
    idOf: async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? '',
    patch: (settings: Properties) =>
      test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) }),
  }
}

/** As if a fit had said so; of orders alone where `expected` is null. */
async function predict(test: TestCiclo, id: string, expected: number | null, time: string): Promise<void> {
  await test.store.write(async (tx) => {
    const { customers } = tx.tables
    const [row] = await tx.select({ state: customers.state }).from(customers).where(eq(customers.id, id))
    const spend = expected === null ? null : { low: 0, expected, high: expected * 2 }
    const prediction = { at: at(time), currency: 'EUR', spend }
    await tx
      .update(customers)
      .set({ state: { ...(row?.state as object), prediction } })
      .where(eq(customers.id, id))
  })
}

/** What the customers and orders of a shop add up to, on a database. */
export function insightContract(database: string, createDatabase: () => Promise<string>, runs: number): void {
  describe(`The five figures on ${database}`, () => {
    const shop = useShop(createDatabase, async ({ test, track, order, page, submit, patch, idOf }) => {
      await patch({ currency: 'EUR' })
      await submit(
        // Active at the start of 2025, and twice in it.
        order('u1', 'o11', '2024-06-01', 10),
        order('u1', 'o12', '2025-02-01', 20),
        order('u1', 'o13', '2025-03-01', 30),
        track({ userId: 'u1' }, 'Order Refunded', '2025-03-02', { order_id: 'o13', total: 5 }),
        // Lost: the last instant before the period.
        order('u2', 'o21', '2024-12-31T23:59:59.999Z', 10),
        // Longer ago than a year before the start.
        order('u3', 'o31', '2024-01-01', 7),
        // The first instant of the period, and a cancelled order.
        order('u4', 'o41', '2025-01-01', 50, 'PLN'),
        order('u4', 'o42', '2025-05-01', 60, 'PLN'),
        track({ userId: 'u4' }, 'Order Cancelled', '2025-05-02', { order_id: 'o42' }),
        // The first instant after the period.
        order('u5', 'o51', '2026-01-01', 99),
        // Would have been active, had the order not been cancelled.
        order('u6', 'o61', '2024-07-01', 10),
        track({ userId: 'u6' }, 'Order Cancelled', '2024-07-02', { order_id: 'o61' }),
        // All of the order is given back: it was one.
        order('u7', 'o71', '2024-07-01', 10),
        order('u7', 'o72', '2025-06-01', 20),
        track({ userId: 'u7' }, 'Order Refunded', '2025-06-03', { order_id: 'o72' }),
      )
      await submit(
        // Only a browser says so: an order, and no money.
        track(
          { anonymousId: 'a8' },
          'Order Completed',
          '2025-04-01',
          { order_id: 'o81', total: 40, currency: 'EUR' },
          'public',
        ),
        page('u1', '2024-05-01', {
          page: { url: 'https://shop.example/', referrer: 'https://www.google.es/' },
        }),
        page('u1', '2025-01-15', { campaign: { source: 'newsletter', medium: 'email', name: 'January' } }),
        page('u1', '2025-01-16', { page: { url: 'https://shop.example/', referrer: '' } }),
        page('u2', '2024-12-30', { page: { url: 'https://shop.example/' } }),
        page('u4', '2024-12-31', {
          page: { url: 'https://shop.example/?utm_source=newsletter&utm_medium=email' },
        }),
      )
      await predict(test, await idOf('u1'), 1_234.4, '2025-12-31')
      await predict(test, await idOf('u2'), 100, '2025-12-31')
      await predict(test, await idOf('u7'), 50, '2026-02-01')
    })
    const year = 'from=2025-01-01&to=2026-01-01'

    it('are those that are counted by hand', async () => {
      expect(await shop.words.ask(`metrics?${year}`)).toEqual({
        period: { from: '2025-01-01T00:00:00.000Z', to: '2026-01-01T00:00:00.000Z' },
        activeSince: '2024-01-02T00:00:00.000Z',
        customerChurnRate: { definition: expect.any(String) as string, ...share(1 / 3, 1, 3) },
        repeatPurchaseRate: { definition: expect.any(String) as string, ...share(0.25, 1, 4) },
        purchaseFrequency: { definition: expect.any(String) as string, ...share(1.25, 5, 4) },
        averageOrderValue: {
          definition: expect.any(String) as string,
          currencies: { EUR: share(1_500, 4_500, 3), PLN: share(5_000, 5_000, 1) },
        },
        customerLifetimeValue: {
          definition: expect.any(String) as string,
          currencies: {
            EUR: {
              historic: share(2_050, 8_200, 4),
              // u7's prediction is from after the period.
              predicted: share(667, 1_334, 2),
              total: share(3_917, 7_834, 2),
            },
            PLN: { historic: share(5_000, 5_000, 1), predicted: share(null, 0, 0), total: share(null, 0, 0) },
          },
        },
      })
    })

    it('are not made up where there is too little data', async () => {
      expect(await shop.words.ask('metrics?from=2020-01-01&to=2021-01-01')).toMatchObject({
        customerChurnRate: share(null, 0, 0),
        repeatPurchaseRate: share(null, 0, 0),
        purchaseFrequency: share(null, 0, 0),
        averageOrderValue: { currencies: {} },
        customerLifetimeValue: { currencies: {} },
      })
    })

    it('are of the last 365 days where nobody says of which', async () => {
      const found = await shop.words.ask('metrics')
      expect(found['period']).toEqual({ from: '2025-01-01T12:00:00.000Z', to: '2026-01-01T12:00:00.000Z' })
      // Of u1, u5, u7 and the browser: u4's order is half a day too old.
      expect(found['purchaseFrequency']).toMatchObject(share(1.25, 5, 4))
    })

    it.each([
      [
        'metrics?from=2026-01-01&to=2025-01-01',
        /^from: given "2026-01-01", expected a time before 2025-01-01$/,
      ],
      ['funnel?from=2026-01-01&to=2026-01-01', /^from: /],
      ['attribution?from=yesterday', /^from: expected a date or a time of ISO 8601/],
      ['sources?touch=both', /^touch: /],
    ])('%s is refused', async (path, message) => {
      expect(await shop.words.ask(path)).toMatchObject({
        status: 400,
        detail: expect.stringMatching(message) as string,
      })
    })

    it('are told by where customers came from first, and last', async () => {
      const lifetime = (historic: object, predicted = share(null, 0, 0), total = share(null, 0, 0)) => ({
        historic,
        predicted,
        total,
      })
      const u1 = { EUR: lifetime(share(5_500, 5_500, 1), share(1_234, 1_234, 1), share(6_734, 6_734, 1)) }
      const u4 = { PLN: lifetime(share(5_000, 5_000, 1)) }
      const u2 = { EUR: lifetime(share(1_000, 1_000, 1), share(100, 100, 1), share(1_100, 1_100, 1)) }
      // u3, u5 and u7 have spent 7, 99 and 10; u6 and the browser nothing.
      const others = { EUR: lifetime(share(3_867, 11_600, 3), share(50, 50, 1), share(1_050, 1_050, 1)) }
      expect(await shop.words.ask('sources')).toEqual({
        touch: 'first',
        left: 0,
        sources: [
          { source: null, medium: null, customers: 4, buyers: 3, lifetimeValue: others },
          { source: 'direct', medium: null, customers: 2, buyers: 2, lifetimeValue: u2 },
          { source: 'google', medium: 'organic', customers: 1, buyers: 1, lifetimeValue: u1 },
          { source: 'newsletter', medium: 'email', customers: 1, buyers: 1, lifetimeValue: u4 },
        ],
      })
      expect(await shop.words.ask('sources?touch=last')).toMatchObject({
        sources: [
          { source: null, customers: 6 },
          {
            source: 'newsletter',
            medium: 'email',
            customers: 2,
            lifetimeValue: { EUR: u1.EUR, PLN: { historic: share(5_000, 5_000, 1) } },
          },
        ],
      })
    })

    it('count what browsers tell as money where the shop has no other source', async () => {
      await shop.words.patch({ browserOrdersAreRevenue: true, metrics: { activeFor: 366 * DAY } })
      expect(await shop.words.ask(`metrics?${year}`)).toMatchObject({
        activeSince: '2024-01-01T00:00:00.000Z',
        customerChurnRate: share(0.5, 2, 4),
        averageOrderValue: { currencies: { EUR: share(2_125, 8_500, 4) } },
        customerLifetimeValue: { currencies: { EUR: { historic: share(2_440, 12_200, 5) } } },
      })
    })
  })

  describe(`What is not known on ${database}`, () => {
    const shop = useShop(createDatabase, async ({ test, order, submit, patch, idOf }) => {
      await patch({ currency: 'EUR' })
      await submit(order('u1', 'o1', '2025-06-01', 10), order('u2', 'o2', '2025-06-01', 20))
      // Too few have spent anything at a second purchase: orders are predicted, and no money.
      await predict(test, await idOf('u1'), null, '2025-12-31')
      await predict(test, await idOf('u2'), null, '2025-12-31')
    })
    const unknown = { predicted: share(null, 0, 0), total: share(null, 0, 0) }
    const lifetimeValue = { EUR: { historic: share(1_500, 3_000, 2), ...unknown } }

    it('is no spend of nothing, in the five figures and by source', async () => {
      expect(await shop.words.ask('metrics')).toMatchObject({
        customerLifetimeValue: { currencies: lifetimeValue },
      })
      expect(await shop.words.ask('sources')).toMatchObject({ sources: [{ customers: 2, lifetimeValue }] })
    })

    it.each([
      ['from=0001-01-01', '0001-01-01T00:00:00.000Z'],
      ['from=0000-01-01&to=9999-12-31', '0001-01-01T00:00:00.000Z'],
    ])('is no error, however long the period: %s', async (query, activeSince) => {
      expect(await shop.words.ask(`metrics?${query}`)).toMatchObject({ activeSince })
    })

    it('is no error, however long customers count as active', async () => {
      const longest = 36_525 * DAY
      await shop.words.patch({ metrics: { activeFor: longest }, attribution: { window: longest } })
      expect(await shop.words.ask('metrics?from=0001-01-01')).toMatchObject({
        activeSince: '0001-01-01T00:00:00.000Z',
        customerChurnRate: share(null, 0, 0),
        purchaseFrequency: share(1, 2, 2),
      })
      expect(await shop.words.ask('attribution?from=0001-01-01')).toMatchObject({ all: { orders: 2 } })
    })
  })

  generatedFiguresContract(database, createDatabase, runs)

  describe(`The way to an order on ${database}`, () => {
    const shop = useShop(createDatabase, async ({ test, track, order, submit, idOf }) => {
      const browser = (anonymousId: string, ...names: string[]) =>
        names.map((name, minute) =>
          track({ anonymousId }, name, `2025-05-01T10:0${minute}:00Z`, { product_id: 'p1' }, 'public'),
        )
      await submit(order('u1', 'o1', '2024-01-01', 10))
      await submit(
        ...browser('a1', 'Product Viewed', 'Added Product', 'checkout_started'),
        ...browser('a2', 'Product Viewed', 'Product Viewed', 'Product Added'),
        ...browser('a3', 'Product Added', 'Product Viewed'),
        ...browser('a4', 'Product Viewed'),
        // Nothing of a list or a page leads anywhere by itself.
        ...browser('a5', 'Product List Viewed', 'Cart Viewed'),
      )
      const [crawled] = browser('a6', 'Product Viewed')
      if (crawled)
        await submit({
          ...crawled,
          input: { ...crawled.input, event: { ...crawled.input.event, bot: true } },
        })
      const before = await idOf('u1')
      // The browser turns out to be u1's: what it did before is u1's way.
      await submit(
        test.item(
          'secret',
          { type: 'identify', userId: 'u1', anonymousId: 'a1' },
          { at: at('2025-05-01T10:30:00Z'), receivedAt: at('2025-05-01T10:30:00Z') },
        ),
      )
      expect(await idOf('u1')).toBe(before)
      await submit(
        order('u1', 'o2', '2025-05-01T11:00:00Z', 10),
        // Without a step before it that anybody has seen.
        order('u7', 'o7', '2025-05-02', 10),
        order('u8', 'o8', '2025-05-02', 10),
        track({ userId: 'u8' }, 'Order Cancelled', '2025-05-03', { order_id: 'o8' }),
      )
    })

    it('is counted by distinct customers, in the order of the steps', async () => {
      const { steps } = await shop.words.ask('funnel?from=2025-05-01&to=2025-06-01')
      expect(steps).toEqual([
        {
          step: 'view',
          customers: 4,
          atAll: 4,
          ofPrevious: share(1, 4, 4),
          dropOff: share(0, 0, 4),
          ofFirst: share(1, 4, 4),
        },
        {
          step: 'cart',
          customers: 2,
          atAll: 3,
          ofPrevious: share(0.5, 2, 4),
          dropOff: share(0.5, 2, 4),
          ofFirst: share(0.5, 2, 4),
        },
        {
          step: 'checkout',
          customers: 1,
          atAll: 1,
          ofPrevious: share(0.5, 1, 2),
          dropOff: share(0.5, 1, 2),
          ofFirst: share(0.25, 1, 4),
        },
        {
          step: 'paid',
          customers: 1,
          atAll: 2,
          ofPrevious: share(1, 1, 1),
          dropOff: share(0, 0, 1),
          ofFirst: share(0.25, 1, 4),
        },
      ])
    })

    it('is that of its period alone', async () => {
      const { steps } = await shop.words.ask('funnel?from=2025-05-01T10:01:00Z&to=2025-05-01T10:02:00Z')
      expect(
        (steps as { customers: number; atAll: number }[]).map(({ customers, atAll }) => [customers, atAll]),
      ).toEqual([
        [2, 2],
        [0, 1],
        [0, 0],
        [0, 0],
      ])
    })
  })

  describe(`What mails brought on ${database}`, () => {
    const shop = useShop(createDatabase, async ({ test, track, order, submit, idOf }) => {
      const click = async (userId: string, message: string, time: string, human = 'human') => {
        const properties = { message, template: 'as-clicked', class: human, url: 'https://shop.example/' }
        const item = test.item(
          'own',
          { type: 'track', name: 'Email Link Clicked', properties },
          { at: at(time), receivedAt: at(time) },
        )
        await submit({ ...item, customerId: await idOf(userId) })
      }
      const message = (id: string, journeyId: string | null, template: string) => ({
        workspaceId: test.workspaceId,
        id,
        customerId: 'any',
        journeyId,
        template,
        purpose: 'marketing',
        address: 'a@shop.example',
        claimed: false,
        state: 'sent' as const,
        data: {},
        causeAt: 0,
        createdAt: 0,
        dueAt: 0,
        expiresAt: 0,
      })
      await test.store.write((tx) =>
        tx
          .insert(tx.tables.messages)
          .values([
            message('m1', 'win-back', 'come-back'),
            message('m2', 'welcome', 'hello'),
            message('m3', null, 'sale'),
          ]),
      )
      await submit(
        order('u1', 'o0', '2024-01-01', 1),
        order('u2', 'o0b', '2024-01-01', 1),
        order('u3', 'o0c', '2024-01-01', 1),
      )
      await click('u1', 'm1', '2025-05-01T10:00:00Z')
      await click('u1', 'm2', '2025-05-03T09:59:00Z', 'machine')
      await click('u2', 'm1', '2025-05-01T10:00:00Z')
      await click('u2', 'm2', '2025-05-02T10:00:00Z')
      // Of a mail that is not kept any more.
      await click('u3', 'gone', '2025-05-20T10:00:00Z')
      await submit(track({ userId: 'n1' }, 'Something', '2025-05-01'))
      await click('n1', 'm3', '2025-05-01T08:00:00Z')
      await submit(
        order('u1', 'o1', '2025-05-03T10:00:00Z', 10),
        order('u1', 'o2', '2025-05-06T10:00:00.000Z', 20),
        order('u1', 'o3', '2025-05-06T10:00:00.001Z', 40),
        order('u2', 'o4', '2025-05-02T11:00:00Z', 30, 'PLN'),
        track({ userId: 'u2' }, 'Order Refunded', '2025-05-04', { order_id: 'o4', total: 5 }),
        order('u3', 'o5', '2025-05-20T10:00:00.000Z', 7),
        // A browser cannot say that a mail was clicked.
        track(
          { anonymousId: 'b1' },
          'Email Link Clicked',
          '2025-05-01',
          { class: 'human', message: 'm1' },
          'public',
        ),
        track(
          { anonymousId: 'b1' },
          'Order Completed',
          '2025-05-02',
          { order_id: 'o6', total: 9, currency: 'EUR' },
          'public',
        ),
      )
      // Who clicked turns out to be who ordered.
      await submit(track({ userId: 'u9' }, 'Something', '2025-04-01'), order('u9', 'o9', '2025-05-02', 11))
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const [into, from] = [
          await tx.select().from(customers).where(eq(customers.userId, 'u9')),
          await tx.select().from(customers).where(eq(customers.userId, 'n1')),
        ]
        await tx
          .update(customers)
          .set({ mergedInto: into[0]?.id ?? null })
          .where(eq(customers.id, from[0]?.id ?? ''))
      })
    })
    const may = 'attribution?from=2025-05-01&to=2025-06-01'

    it('is the orders within five days of the last human click', async () => {
      expect(await shop.words.ask(may)).toEqual({
        period: { from: '2025-05-01T00:00:00.000Z', to: '2025-06-01T00:00:00.000Z' },
        definition: expect.any(String) as string,
        windowDays: 5,
        all: { orders: 7, revenue: { EUR: 8_800, PLN: 2_500 } },
        credited: { orders: 5, revenue: { EUR: 4_800, PLN: 2_500 }, ofOrders: share(5 / 7, 5, 7) },
        mails: [
          { journeyId: 'win-back', template: 'come-back', orders: 2, customers: 1, revenue: { EUR: 3_000 } },
          { journeyId: null, template: 'as-clicked', orders: 1, customers: 1, revenue: { EUR: 700 } },
          { journeyId: null, template: 'sale', orders: 1, customers: 1, revenue: { EUR: 1_100 } },
          { journeyId: 'welcome', template: 'hello', orders: 1, customers: 1, revenue: { PLN: 2_500 } },
        ],
      })
    })

    it('is none where nobody ordered', async () => {
      expect(await shop.words.ask('attribution?from=2020-01-01&to=2021-01-01')).toMatchObject({
        all: { orders: 0, revenue: {} },
        credited: { orders: 0, revenue: {}, ofOrders: share(null, 0, 0) },
        mails: [],
      })
    })

    it('is where its readers came from: the journey of the mail', async () => {
      const { test, idOf } = shop.words
      const id = await idOf('u9')
      await test.store.write(async (tx) => {
        const { messages } = tx.tables
        await tx.update(messages).set({ customerId: id }).where(eq(messages.id, 'm1'))
      })
      const token = createTokens(SECRET).sign('click', {
        w: test.workspaceId,
        m: 'm1',
        u: 'https://elsewhere.example/',
      })
      const headers = {
        'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0',
      }
      expect((await test.ciclo.app.request(`/c/${token}`, { headers })).status).toBe(302)
      const { sources } = await test.request(`/api/customers/${id}`)
      expect(sources).toMatchObject({ last: { source: 'email', campaign: 'win-back' } })
    })

    it('follows the window that the shop has set', async () => {
      await shop.words.patch({ attribution: { window: DAY } })
      expect(await shop.words.ask(may)).toMatchObject({
        windowDays: 1,
        credited: { orders: 3, revenue: { EUR: 1_800, PLN: 2_500 } },
      })
    })
  })
}
