import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Clock } from '../../src/clock.ts'
import { createTakeProducts } from '../../src/catalogue/createTakeProducts.ts'
import { createConnections } from '../../src/connections/createConnections.ts'
import { createPullJob } from '../../src/connections/pullJob.ts'
import { createSeal } from '../../src/sending/createSeal.ts'
import { createPostWebhook } from '../../src/webhooks/postWebhook.ts'
import { shopifyRequest, shopifyStory, type Call } from '../connections/shopifyStory.ts'
import { wooRequest, wooStory } from '../connections/wooStory.ts'
import { createTestCiclo, SECRET, type TestCiclo } from '../support/createTestCiclo.ts'
import { shopifyShop } from './shopifyShop.ts'
import { startShop, type ShopAnswer, type ShopRequest } from './startShop.ts'
import { wooShop } from './wooShop.ts'

type Row = Record<string, unknown> & { id: number }

/** What a shop has in the end, of the messages that it has sent: of each thing the last. */
function latest(calls: readonly Call[], topic: RegExp): Row[] {
  const rows = new Map<number, Row>()
  for (const { topic: name, payload } of calls)
    if (topic.test(name)) rows.set(Number(payload['id']), payload as Row)
  return [...rows.values()]
}

const products = (many: number): Row[] =>
  Array.from({ length: many }, (_, n) => ({
    id: 1_000 + n,
    title: `Product ${n}`,
    name: `Product ${n}`,
    handle: `product-${n}`,
    vendor: 'Finca',
    updated_at: '2025-12-01T00:00:00Z',
    date_modified_gmt: '2025-12-01T00:00:00',
    status: 'publish',
    price: '12.50',
    variants: [
      { id: 5_000 + n * 2, sku: `A-${n}`, title: 'S', price: '12.50', inventory_quantity: 3 },
      { id: 5_001 + n * 2, sku: `B-${n}`, title: 'L', price: '15.00', inventory_quantity: 4 },
    ],
  }))

/** Fetching a shop's past, on a database, whichever it is. */
export function pullContract(database: string, createDatabase: () => Promise<string>, stories = 55): void {
  describe(`the past of a shop on ${database}`, () => {
    let test: TestCiclo
    let shop: Awaited<ReturnType<typeof startShop>> | undefined
    beforeEach(async () => {
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: 'shipped',
      })
    })
    afterEach(async () => {
      await test.stop()
      await shop?.stop()
      shop = undefined
    })

    /** Waits pass at once: what is waited for is written down. */
    const waited: number[] = []
    const clock: Clock = {
      now: () => test.clock.now(),
      until: (at) => {
        waited.push(at - test.clock.now())
        test.clock.set(Math.max(test.clock.now(), at))
        return Promise.resolve()
      },
    }
    const ask = (path: string, method = 'GET', body?: unknown) =>
      test.request(`/api${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const connect = async (values: Record<string, unknown>) =>
      String((await ask('/connections', 'POST', { secret: 'hush hush hush', ...values }))['id'])

    /** Runs the job as the server would; `signal` ends it in the middle, as a crash would between two pages. */
    const run = async (signal = new AbortController().signal) => {
      const job = createPullJob({
        store: test.store,
        ingest: test.ciclo.ingest,
        connections: createConnections({ seal: createSeal(SECRET), secret: SECRET }),
        takeProducts: createTakeProducts({
          store: test.store,
          now: () => clock.now(),
          onNews: () => undefined,
        }),
        post: createPostWebhook({ allowedHosts: new Set(['127.0.0.1']) }),
        clock,
        random: () => 0.5,
      })
      return await job.run({
        workspaceId: test.workspaceId,
        dueAt: 0,
        progress: null,
        last: null,
        wakeAt: () => undefined,
        save: async () => undefined,
        signal,
      })
    }
    const pullsOf = async (id: string) =>
      (await ask(`/connections/${id}/pulls`))['pulls'] as {
        resource: string
        state: string
        read: number
        total: number | null
        refused: number
        problems: string[]
      }[]
    const stateOf = async () => {
      await test.ciclo.settle()
      const { customers } = (await ask('/customers?limit=200')) as { customers: Record<string, unknown>[] }
      return customers
        .filter(({ email }) => email !== null)
        .map(({ email, userId, lifecycle, orders, traits }) => ({ email, userId, lifecycle, orders, traits }))
        .toSorted((one, other) => (String(one.email) < String(other.email) ? -1 : 1))
    }
    const messagesOf = () => test.store.read((tx) => tx.select().from(tx.tables.messages))

    const wooCalls = Array.from({ length: stories }, (_, n) => wooStory(n)).flat()
    const woo = () => ({
      customers: latest(wooCalls, /^customer/),
      orders: latest(wooCalls, /^order/),
      products: products(230),
    })
    const shopifyCalls = Array.from({ length: stories }, (_, n) => shopifyStory(n)).flat()
    const shopify = () => {
      const consents = new Map(
        shopifyCalls
          .filter(({ topic }) => topic.startsWith('customers_email'))
          .map(({ payload }) => [payload['customer_id'], payload['email_marketing_consent']]),
      )
      return {
        customers: latest(shopifyCalls, /^customers\//).map((row) => ({
          ...row,
          email_marketing_consent: consents.get(row.id),
        })),
        orders: latest(shopifyCalls, /^orders/),
        products: products(60),
      }
    }

    /** Busy, broken and talkative now and then, as servers are. */
    const trouble = () => {
      let asked = 0
      return (): ShopAnswer | undefined => {
        asked += 1
        if (asked % 11 === 3)
          return { status: 429, headers: { 'retry-after': '7' }, body: { code: 'too_many' } }
        if (asked % 13 === 5) return { status: 502, body: '<html>Bad gateway</html>' }
        if (asked % 17 === 6) return { body: '<br /><b>Warning</b>: Undefined array key in plugin.php[]' }
        return undefined
      }
    }

    it('of WooCommerce is fetched to its end, whatever its server answers between, and mails nobody', async () => {
      const has = woo()
      shop = await startShop(wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', trouble()))
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      expect(await run()).toEqual({ pulled: 3, failed: 0 })
      expect(await pullsOf(id)).toMatchObject([
        { resource: 'products', state: 'done', total: 230, refused: 0 },
        { resource: 'customers', state: 'done', total: stories },
        { resource: 'orders', state: 'done', total: 2 * stories },
      ])
      expect(waited).toContain(7_000)
      expect(await messagesOf()).toEqual([])
      const customers = await stateOf()
      expect(customers).toHaveLength(stories)
      expect(customers[0]).toMatchObject({
        lifecycle: { stage: 'new' },
        orders: { count: 1, revenue: { PLN: 10_000 } },
      })
      const listed = await test.store.read((tx) => tx.select().from(tx.tables.products))
      expect(listed.filter(({ listedAt }) => listedAt !== null)).toHaveLength(230)
      // And the same by webhooks: what was pulled is known already.
      const hook = new URL(String((await ask(`/connections/${id}`))['url'])).pathname
      for (const call of wooStory(3)) await test.ciclo.app.request(hook, wooRequest(call, 'hush hush hush'))
      expect((await stateOf()).map(({ orders }) => orders)).toEqual(customers.map(({ orders }) => orders))
    })

    it('of Shopify is fetched to its end within its points, large orders with all their lines', async () => {
      shop = await startShop(shopifyShop(shopify(), 'shpat_of_the_tests'))
      const id = await connect({ platform: 'shopify', address: shop.url, token: 'shpat_of_the_tests' })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      expect(await run()).toEqual({ pulled: 3, failed: 0 })
      expect(await pullsOf(id)).toMatchObject([
        { resource: 'products', state: 'done', read: 60, total: 60 },
        { resource: 'customers', state: 'done', read: stories, total: stories },
        { resource: 'orders', state: 'done', read: 2 * stories, refused: 0, problems: [] },
      ])
      const pulled = await stateOf()
      expect(await messagesOf()).toEqual([])
      const listed = await test.store.read((tx) => tx.select().from(tx.tables.products))
      expect(listed.find(({ id: one }) => one === '1000')).toMatchObject({
        price: 1_250,
        stock: 7,
        variants: [{ sku: 'A-0' }, { sku: 'B-0' }],
      })
      // Told by webhooks instead, to another database, the same customers follow.
      await test.stop()
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      await connect({ platform: 'shopify' })
      const [{ url = '' } = {}] = (await ask('/connections'))['connections'] as { url?: string }[]
      for (const call of shopifyCalls)
        await test.ciclo.app.request(new URL(url).pathname, shopifyRequest(call, 'hush hush hush'))
      const told = await stateOf()
      const figures = (customers: typeof told) =>
        customers.map(({ email, userId, lifecycle, orders }) => ({ email, userId, lifecycle, orders }))
      expect(figures(pulled)).toEqual(figures(told))
    })

    it('goes on with the page where it broke off', async () => {
      const ending = new AbortController()
      let orders = 0
      const has = woo()
      shop = await startShop(
        wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', ({ url }: ShopRequest) => {
          if (
            url.pathname.endsWith('/orders') &&
            url.searchParams.get('per_page') === '100' &&
            (orders += 1) === 1
          )
            ending.abort(new Error('killed'))
          return undefined
        }),
      )
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await expect(run(ending.signal)).rejects.toThrow('killed')
      const before = shop.requests.length
      expect(await run()).toMatchObject({ failed: 0 })
      const again = shop.requests.slice(before).map(({ url }) => url.pathname)
      expect(again.filter((path) => path.endsWith('/products') || path.endsWith('/customers'))).toEqual([])
      expect(
        (await stateOf()).every((customer) => (customer['orders'] as { count: number }).count === 1),
      ).toBe(true)
    })

    it('misses no row although others are deleted while it is fetched', async () => {
      const has = woo()
      const gone = has.products.slice(0, 8)
      let pages = 0
      shop = await startShop(
        wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', ({ url }: ShopRequest) => {
          if (
            url.pathname.endsWith('/products') &&
            url.searchParams.get('offset') !== null &&
            (pages += 1) === 2
          )
            has.products = has.products.filter((row) => !gone.includes(row))
          return undefined
        }),
      )
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await run()
      const listed = await test.store.read((tx) => tx.select().from(tx.tables.products))
      const ids = new Set(listed.filter(({ listedAt }) => listedAt !== null).map((product) => product.id))
      expect(has.products.filter((row) => !ids.has(String(row.id)))).toEqual([])
    })

    it('is stopped by hand, and gone on with', async () => {
      const has = woo()
      let id = ''
      shop = await startShop(
        wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', ({ url }: ShopRequest) => {
          if (url.pathname.endsWith('/customers') && url.searchParams.get('per_page') === '1')
            void ask(`/connections/${id}/pulls/stop`, 'POST')
          return undefined
        }),
      )
      id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await run()
      expect((await pullsOf(id)).map(({ state }) => state)).toEqual(['done', 'stopped', 'stopped'])
      await shop.stop()
      shop = await startShop(wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', () => undefined))
      await ask(`/connections/${id}`, 'PATCH', { address: shop.url })
      await ask(`/connections/${id}/pulls`, 'POST', { resume: true })
      await run()
      expect((await pullsOf(id)).map(({ state }) => state)).toEqual(['done', 'done', 'done'])
      expect(await stateOf()).toHaveLength(stories)
    })

    it('is fetched anew a day later, as far as it has changed since', async () => {
      const has = woo()
      shop = await startShop(wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', () => undefined))
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await run()
      expect(await run()).toEqual({ pulled: 0, failed: 0 })
      test.clock.set(test.clock.now() + 25 * 3_600_000)
      const [first] = has.orders
      has.orders.push({
        ...(first as Row),
        id: 90_001,
        date_modified_gmt: '2026-01-01T20:00:00',
        date_created_gmt: '2026-01-01T20:00:00',
      })
      expect(await run()).toEqual({ pulled: 3, failed: 0 })
      expect(await pullsOf(id)).toMatchObject([{ total: 0 }, { total: stories }, { total: 1, read: 1 }])
    })

    it.each<[string, (request: ShopRequest) => ShopAnswer | undefined, RegExp]>([
      [
        'whose key is not known',
        () => ({ status: 401, body: {} }),
        /answered 401: its key does not open this/,
      ],
      [
        'that is elsewhere',
        () => ({ status: 301, headers: { location: 'https://other.example' }, body: '' }),
        /answered 301: give the address that it leads to/,
      ],
      [
        'that has no such API',
        () => ({ status: 404, body: '' }),
        /answered 404: expected the address of the shop/,
      ],
      [
        'that never answers right',
        () => ({ body: '<b>Fatal error</b>' }),
        /answered what is not JSON, beginning "<b>Fatal error<\/b>": a plug-in/,
      ],
    ])('of a shop %s fails with what somebody can do about it', async (_name, answerWith, expected) => {
      shop = await startShop(wooShop(woo(), 'ck_of_the_tests', 'cs_of_the_tests', answerWith))
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      expect(await run()).toEqual({ pulled: 0, failed: 1 })
      const [{ state, problems } = { state: '', problems: [] }] = await pullsOf(id)
      expect([state, problems]).toEqual(['failed', [expect.stringMatching(expected)]])
    })

    it('tells which records could not be read, and takes in the others', async () => {
      const has = woo()
      has.orders.push({ id: 99_999, status: 'completed' })
      shop = await startShop(wooShop(has, 'ck_of_the_tests', 'cs_of_the_tests', () => undefined))
      const id = await connect({
        platform: 'woocommerce',
        address: shop.url,
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await run()
      const orders = (await pullsOf(id)).find(({ resource }) => resource === 'orders')
      expect(orders).toMatchObject({
        state: 'done',
        refused: 1,
        problems: [expect.stringMatching(/^99999: order\.updated: currency/)],
      })
    })

    it('is asked for over no open line, and of no address inside', async () => {
      const id = await connect({
        platform: 'woocommerce',
        address: 'http://shop.example',
        key: 'ck_of_the_tests',
        keySecret: 'cs_of_the_tests',
      })
      expect(await ask(`/connections/${id}/pulls`, 'POST', {})).toMatchObject({
        status: 400,
        detail: expect.stringContaining('expected https') as string,
      })
      await ask(`/connections/${id}`, 'PATCH', { address: 'https://10.0.0.7' })
      await ask(`/connections/${id}/pulls`, 'POST', {})
      await run()
      expect((await pullsOf(id))[0]?.problems[0]).toContain('expected an address on the internet')
    })
  })
}
