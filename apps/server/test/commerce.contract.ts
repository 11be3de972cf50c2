import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

type Properties = Record<string, unknown>
type Rows = Record<string, unknown>[]

/** What a database keeps of orders, carts and products, whichever it is. */
export function commerceContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Orders, carts and products on ${database}`, () => {
    let test: TestCiclo

    beforeEach(async () => {
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
      })
    })
    afterEach(() => test.stop())

    const track = (source: 'secret' | 'public' | 'import', name: string, properties: Properties, day = 0) =>
      test.item(
        source,
        {
          type: 'track',
          name,
          properties,
          ...(source === 'public' ? { anonymousId: 'a1' } : { userId: 'u1' }),
        },
        { at: test.clock.now() + day * DAY },
      )
    const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items)
    const id = async () => {
      const { customers } = (await test.request('/api/customers')) as { customers: { id: string }[] }
      expect(customers).toHaveLength(1)
      return customers[0]?.id ?? ''
    }
    const detail = async () => await test.request(`/api/customers/${await id()}`)
    const product = async (productId: string) =>
      await test.request(`/api/products/${encodeURIComponent(productId)}`)
    const ids = async (path: string) =>
      ((await test.request(path))['products'] as Rows).map((shown) => shown['id'])

    describe('orders', () => {
      it('keep what an older version had noted as refunded when more is given back', async () => {
        await submit(
          track('secret', 'Order Completed', { order_id: 'o1', total: 31, currency: 'EUR' }, -3),
          track('secret', 'Order Refunded', { order_id: 'o1', total: 10 }, -2),
        )
        // As that version wrote it: what it came to, and not of what.
        await test.store.write((tx) => tx.update(tx.tables.orders).set({ refunds: null }))
        await submit(track('secret', 'Order Refunded', { order_id: 'o1', refund_id: 'r2', total: 5 }, -1))
        expect(await detail()).toMatchObject({ orders: { revenue: { EUR: 1_600 } } })
      })

      it('that only browsers tell of are 500 of one customer', async () => {
        const told = Array.from({ length: 502 }, (_, place) =>
          track('public', 'Order Completed', { order_id: `o${place}`, total: 1, currency: 'EUR' }, -1),
        )
        await submit(...told)
        expect(await detail()).toMatchObject({ orders: { count: 500 } })
      })

      it('are shown newest first, in pages, with what was refunded and cancelled', async () => {
        await submit(
          track(
            'secret',
            'Order Completed',
            { order_id: 1001, total: '29.97', currency: 'usd', coupon: 'MAY' },
            -3,
          ),
          track('secret', 'Completed Order', { order_id: 'o2', total: 10, currency: 'JPY', discount: 2 }, -2),
          track('secret', 'Order Refunded', { order_id: 1001, refund_id: 'r1', total: 5 }, -1),
          track('secret', 'Order Refunded', { order_id: 1001, refund_id: 'r1', total: 5 }, -1),
          track('secret', 'Order Cancelled', { order_id: 'o2' }, -1),
          track('secret', 'Order Refunded', { order_id: 'unheard-of', total: 1 }, -1),
        )
        const path = `/api/customers/${await id()}/orders`
        const first = await test.request(`${path}?limit=1`)
        const second = await test.request(`${path}?limit=1&cursor=${String(first['next'])}`)
        const stated = { discount: null, coupon: null, refunded: 0, cancelled: false, trusted: true }
        expect(first['orders']).toEqual([
          {
            ...stated,
            id: 'o2',
            at: '2025-12-30T12:00:00.000Z',
            currency: 'JPY',
            total: 10,
            cancelled: true,
            discount: 2,
          },
        ])
        expect(second).toEqual({
          orders: [
            {
              ...stated,
              id: '1001',
              at: '2025-12-29T12:00:00.000Z',
              currency: 'USD',
              total: 2997,
              refunded: 500,
              coupon: 'MAY',
            },
          ],
          next: null,
        })
        expect((await detail())['orders']).toMatchObject({ count: 1, revenue: { USD: 2497 } })
      })

      it('are kept as they were sent, by whatever name', async () => {
        await submit(track('secret', 'order_completed', { order_id: 'o1', total: 5 }))
        expect((await detail())['orders']).toMatchObject({ count: 1 })
        const [event] = await test.below(await id(), 'events')
        expect(event).toMatchObject({ name: 'order_completed' })
      })

      it('find the refund that was told before them, in a transaction of its own, with an older time', async () => {
        await submit(track('secret', 'Order Refunded', { order_id: 'o1', refund_id: 'r1', total: 4 }, -2))
        expect((await detail())['orders']).toMatchObject({ count: 0, revenue: {} })
        expect(await test.below(await id(), 'orders')).toEqual([])
        await submit(track('secret', 'Order Completed', { order_id: 'o1', total: 10 }, -1))
        await submit(track('secret', 'Order Refunded', { order_id: 'o1', refund_id: 'r1', total: 4 }))
        expect((await detail())['orders']).toMatchObject({ count: 1, revenue: { USD: 600 } })
      })

      it('of a browser move the stage, and are revenue only where the workspace says so', async () => {
        await submit(track('public', 'Order Completed', { order_id: 'o1', total: 10 }))
        expect(await detail()).toMatchObject({
          lifecycle: { stage: 'new' },
          orders: { count: 1, revenue: { USD: 0 } },
        })
        expect(await test.below(await id(), 'orders')).toMatchObject([{ total: 1000, trusted: false }])
      })
    })

    describe('carts', () => {
      const carts = async () =>
        ((await detail())['carts'] as Rows).map((cart) => [cart['id'], cart['status'], cart['value']])

      it('are shown with their lines, the one touched last first', async () => {
        await submit(
          track('public', 'Product Added', { product_id: 'p1', price: '4.50', quantity: 2 }, -2),
          track('public', 'Product Added', { cart_id: 'c2', product_id: 'p2' }, -1),
        )
        expect((await detail())['carts']).toEqual([
          expect.objectContaining({ id: 'c2', value: null }),
          {
            id: 'default',
            status: 'open',
            currency: 'USD',
            value: 900,
            lines: [{ productId: 'p1', sku: null, variant: null, quantity: 2, price: 450 }],
            coupons: [],
            checkoutId: null,
            orderId: null,
            updatedAt: '2025-12-30T12:00:00.000Z',
          },
        ])
      })

      it('are right after what arrives late, one by one or in one transaction', async () => {
        const late = () => [
          track('public', 'Product Added', { product_id: 'p9' }, -0.2),
          track('public', 'Order Completed', { order_id: 'o1', total: 9 }, -0.5),
          track('public', 'Product Removed', { product_id: 'p1' }, -1),
          track('public', 'Product Added', { product_id: 'p1', quantity: 3 }, -2),
          track('public', 'Checkout Started', { order_id: 'o1', value: 9 }, -0.8),
          track('public', 'Product Added', { product_id: 'p2', price: 1 }, -0.9),
        ]
        for (const item of late()) await submit(item)
        const oneByOne = await detail()
        expect(oneByOne['carts']).toMatchObject([
          { id: 'default', lines: [{ productId: 'p9', quantity: 1 }] },
        ])
        const together = await createTestCiclo({
          databaseUrl: await createDatabase(),
          smtpUrl: 'smtp://127.0.0.1:9',
        })
        try {
          await together.ciclo.ingest.submit(
            late().map((item) => ({ ...item, workspaceId: together.workspaceId })),
          )
          const { customers } = (await together.request('/api/customers')) as { customers: { id: string }[] }
          const other = await together.request(`/api/customers/${customers[0]?.id}`)
          expect(other['carts']).toEqual(oneByOne['carts'])
        } finally {
          await together.stop()
        }
      })

      it('take a late click in its place, though nothing else of the customer is late', async () => {
        await submit(
          test.item('public', { type: 'page', anonymousId: 'a1' }, { at: test.clock.now() - 0.9 * DAY }),
        )
        await submit(track('public', 'Product Added', { product_id: 'p1', price: 5 }, -0.1))
        await submit(track('public', 'Product Removed', { product_id: 'p1' }, -0.3))
        expect(await carts()).toEqual([['default', 'open', 500]])
      })

      it('take it in its place, too, when the visitor turns out to be somebody in the same transaction', async () => {
        await submit(
          test.item('public', { type: 'page', anonymousId: 'a1' }, { at: test.clock.now() - 0.9 * DAY }),
          track('secret', 'Order Completed', { order_id: 'o1' }, -3),
        )
        await submit(track('public', 'Product Added', { product_id: 'p1', price: 5 }, -0.1))
        await submit(
          test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }),
          track('public', 'Product Removed', { product_id: 'p1' }, -0.3),
        )
        expect(await carts()).toEqual([['default', 'open', 500]])
      })

      it('follow the visitor who turns out to be somebody, and are closed by the shop’s order', async () => {
        await submit(track('public', 'Product Added', { product_id: 'p1', price: 5 }, -1))
        await submit(test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }))
        expect(await carts()).toEqual([['default', 'open', 500]])
        await submit(track('public', 'Checkout Started', { order_id: 'o1' }))
        expect(await carts()).toEqual([['default', 'checkout', 500]])
        test.clock.set(test.clock.now() + 1_000)
        await submit(track('secret', 'Order Completed', { order_id: 'o1', total: 5 }))
        expect(await carts()).toEqual([])
      })
    })

    describe('products', () => {
      const mug = {
        product_id: 'mug',
        name: 'Mug',
        price: '12.50',
        currency: 'EUR',
        url: 'https://shop.example/mug',
      }
      const stored = () => test.store.read((tx) => tx.select().from(tx.tables.products))

      it('are known from the shop’s events, one by one and in pages', async () => {
        await submit(
          track('secret', 'Order Completed', { order_id: 'o1', products: [mug, { sku: 7, name: 'Pot' }] }),
          track('public', 'Product Viewed', { product_id: 'a/b', name: 'From a browser' }),
        )
        expect(await product('mug')).toEqual({
          id: 'mug',
          trusted: true,
          claimed: [],
          sku: null,
          name: 'Mug',
          brand: null,
          category: null,
          url: 'https://shop.example/mug',
          imageUrl: null,
          price: 1250,
          currency: 'EUR',
          reduction: null,
          updatedAt: '2026-01-01T12:00:00.000Z',
          // What only the shop's system lists.
          prices: [],
          variants: [],
          images: [],
          stock: null,
          hidden: false,
          listedAt: null,
          history: [],
        })
        expect(await product('a/b')).toMatchObject({ trusted: false, claimed: ['name'] })
        const first = await test.request('/api/products?limit=2')
        const rest = await test.request(`/api/products?cursor=${String(first['next'])}`)
        expect(
          [...(first['products'] as Rows), ...(rest['products'] as Rows)].map((shown) => shown['id']),
        ).toEqual(['7', 'a/b', 'mug'])
        expect(await ids('/api/products?trusted=true')).toEqual(['7', 'mug'])
        expect(await ids('/api/products?trusted=false')).toEqual(['a/b'])
        expect(await product('none')).toMatchObject({ code: 'not-found', status: 404 })
        expect(await test.request('/api/products?trusted=perhaps')).toMatchObject({ code: 'bad-request' })
      })

      it('keep what a price has come down from for as long as it is that price', async () => {
        const told = (properties: Record<string, unknown>) =>
          submit(track('secret', 'Product Viewed', { product_id: 'mug', ...properties }))
        await told({ price: 10, previous_price: 12.5 })
        expect(await product('mug')).toMatchObject({ price: 1000, reduction: null })
        await told({ price: 10, previous_price: 12.5, lowest_price_30d: 11 })
        const reduction = { previous: 1250, lowest: 1100 }
        expect(await product('mug')).toMatchObject({ price: 1000, reduction })
        await told({ price: 10, quantity: 3 })
        expect(await product('mug')).toMatchObject({ price: 1000, reduction })
        await submit(
          track('public', 'Product Viewed', {
            product_id: 'mug',
            price: 1,
            previous_price: 99,
            lowest_price_30d: 1,
          }),
        )
        expect(await product('mug')).toMatchObject({ price: 1000, reduction })
        await told({ price: 12.5 })
        expect(await product('mug')).toMatchObject({ price: 1250, reduction: null })
        await told({ price: 12.5, previous_price: 12.5, lowest_price_30d: 11 })
        expect(await product('mug')).toMatchObject({ reduction: null })
      })

      it('keep what the shop has said, whatever browsers say before or after', async () => {
        const forged = { ...mug, name: 'Win money', price: 1, url: 'https://evil.example', brand: 'Evil' }
        await submit(track('public', 'Product Viewed', { ...forged, category: 'Evil' }))
        expect(await product('mug')).toMatchObject({ trusted: false, name: 'Win money' })
        await submit(track('secret', 'Product Viewed', { ...mug, category: 'Kitchen' }))
        await submit(track('public', 'Product Viewed', forged, 1))
        expect(await product('mug')).toMatchObject({
          trusted: true,
          name: 'Mug',
          price: 1250,
          url: 'https://shop.example/mug',
          category: 'Kitchen',
          brand: 'Evil',
          claimed: ['brand'],
        })
      })

      it('keep the newest word of the shop: an import of the past fills gaps only', async () => {
        await submit(track('secret', 'Product Viewed', mug))
        await submit(
          track(
            'import',
            'Order Completed',
            { order_id: 'o0', products: [{ ...mug, price: 9, brand: 'Old' }] },
            -900,
          ),
        )
        expect(await product('mug')).toMatchObject({ price: 1250, brand: 'Old', claimed: [] })
        await submit(track('secret', 'Product Viewed', { ...mug, price: 13 }, 0))
        expect(await product('mug')).toMatchObject({ price: 1300 })
      })

      it('are not written again when nothing is new', async () => {
        await submit(track('secret', 'Product Viewed', mug))
        const before = await stored()
        test.clock.set(test.clock.now() + DAY)
        await submit(
          track('secret', 'Product Viewed', mug),
          track('public', 'Product Viewed', { ...mug, name: 'x' }),
        )
        expect(await stored()).toEqual(before)
      })

      it('of one browser are bounded: fifty of an event, a thousand of a transaction', async () => {
        const many = (from: number, count: number) =>
          Array.from({ length: count }, (_, place) => ({ product_id: `p${from + place}`, name: 'x' }))
        await submit(track('public', 'Product List Viewed', { products: many(0, 200) }))
        expect(await stored()).toHaveLength(50)
        await submit(
          ...Array.from({ length: 30 }, (_, event) =>
            track('public', 'Product List Viewed', { products: many(1_000 * (event + 1), 50) }),
          ),
        )
        expect(await stored()).toHaveLength(1_050)
        await submit(track('secret', 'Product List Viewed', { products: many(0, 200) }))
        expect((await stored()).filter(({ trusted }) => trusted)).toHaveLength(200)
      })

      it('have no address that is not one of the web, and no text of endless length', async () => {
        const wild = {
          product_id: 'p',
          url: 'javascript:alert(1)',
          image_url: '/x.png',
          name: 'x'.repeat(9_999),
        }
        await submit(track('secret', 'Product Viewed', wild))
        expect(await product('p')).toMatchObject({ url: null, imageUrl: null, name: 'x'.repeat(255) })
      })
    })

    it('are described in OpenAPI', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as { paths: Record<string, unknown> }
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining(['/api/customers/{id}/orders', '/api/products', '/api/products/{id}']),
      )
    })
  })
}
