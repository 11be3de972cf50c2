import { CatalogueItemSchema, DAY } from '@ciclo/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTakeProducts } from '../../src/catalogue/createTakeProducts.ts'
import { recommendationWords } from '../../src/mail/recommendationWords.ts'
import { createTestCiclo, WRITE_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

type Found = {
  product: { id: string; name: string; price: number | null }
  reason: { kind: string; customers: number; of: number }
}[]

/** What is recommended, on a database, whichever it is. */
export function recommendationsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`recommendations on ${database}`, () => {
    let test: TestCiclo
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      const names = ['oil', 'vinegar', 'bread', 'butter', 'salt', 'gone', 'hidden']
      await take(
        ...names.map((id) => ({
          id,
          name: id,
          category: id === 'bread' ? 'bakery' : 'pantry',
          stock: id === 'gone' ? 0 : 5,
          hidden: id === 'hidden',
        })),
      )
      // Oil goes with vinegar, with what is gone and with what is hidden; everybody buys bread.
      for (let n = 0; n < 5; n += 1)
        await buy(`pair-${n}`, 20 - n, 'oil', 'vinegar', 'gone', 'hidden', 'unlisted')
      for (let n = 0; n < 4; n += 1) await buy(`pair-${n}`, 5, 'salt')
      for (let n = 0; n < 9; n += 1) await buy(`baker-${n}`, 3, 'bread')
      for (let n = 5; n < 9; n += 1) await buy(`baker-${n}`, 1, 'butter')
      await buy('cancelled-1', 3, 'salt')
      await test.ciclo.ingest.submit([
        test.item('secret', {
          type: 'track',
          name: 'Order Cancelled',
          userId: 'cancelled-1',
          properties: { order_id: 'cancelled-1-3' },
        }),
      ])
      await test.request('/api/recommendations/build', { method: 'POST' })
      await test.ciclo.runJobs()
    })
    afterAll(() => test.stop())

    const now = () => test.clock.now()
    const take = async (...items: Record<string, unknown>[]) => {
      const takeProducts = createTakeProducts({ store: test.store, now, onNews: () => undefined })
      const prices = [{ currency: 'USD', price: 1_250 }]
      await takeProducts(
        test.workspaceId,
        items.map((item) =>
          CatalogueItemSchema.parse({ updatedAt: now() + (version += 1), prices, ...item }),
        ),
      )
    }
    let version = 0
    const buy = async (userId: string, daysAgo: number, ...products: string[]) =>
      await test.ciclo.ingest.submit([
        test.item(
          'secret',
          {
            type: 'track',
            name: 'Order Completed',
            userId,
            traits: { email: `${userId}@shop.example` },
            properties: {
              order_id: `${userId}-${daysAgo}`,
              total: 10,
              currency: 'USD',
              products: products.map((product_id) => ({ product_id, price: 1, quantity: 1 })),
            },
          },
          { at: now() - daysAgo * DAY },
        ),
      ])
    const ask = async (query: string) =>
      (await test.request(`/api/recommendations?${query}`))['recommendations'] as Found
    const shown = (found: Found) =>
      found.map(({ product, reason }) => [product.id, reason.kind, reason.customers, reason.of])

    it('are what goes together, then what comes next, then what is popular, each with its reason', async () => {
      expect(shown(await ask('productId=oil&limit=3'))).toEqual([
        ['vinegar', 'together', 5, 5],
        ['salt', 'together', 4, 5],
        // Popular in the same category, which bread is not of.
        ['butter', 'popular', 4, 14],
      ])
      expect(shown(await ask('productId=oil&kind=next'))[0]).toEqual(['salt', 'next', 4, 4])
      expect(shown(await ask('productId=oil&kind=popular&limit=1'))).toEqual([['butter', 'popular', 4, 14]])
    })

    it('say when they were made and of what, and which products were asked about', async () => {
      const build = '/api/recommendations/build'
      const made = { lines: 42, products: 8 }
      expect(await test.request(build)).toMatchObject({ isUnderWay: false, made, error: null })
      expect(await test.request('/api/recommendations?productId=oil,nothing')).toMatchObject({
        about: [{ id: 'oil', name: 'oil' }],
      })
      await test.request(build, { method: 'POST' })
      expect(await test.request(build)).toMatchObject({ isUnderWay: true, made })
      await test.ciclo.runJobs()
      expect(await test.request(build)).toMatchObject({ isUnderWay: false, made })
    })

    it('never are what is out of stock, taken away, unknown, or was bought', async () => {
      const ids = (await ask('productId=oil&limit=20')).map(({ product }) => product.id)
      for (const id of ['oil', 'gone', 'hidden', 'unlisted']) expect(ids).not.toContain(id)
      expect((await ask('email=pair-0@shop.example&limit=20')).map(({ product }) => product.id)).toEqual([
        'butter',
        'bread',
      ])
      await take({ id: 'vinegar', name: 'vinegar', category: 'pantry', stock: 0 })
      expect((await ask('productId=oil')).map(({ product }) => product.id)).not.toContain('vinegar')
      await take({ id: 'vinegar', name: 'vinegar', category: 'pantry', stock: 3 })
      expect((await ask('productId=oil'))[0]?.product).toMatchObject({ id: 'vinegar', price: 1_250 })
    })

    it('are of what a customer has bought last where nothing else is named', async () => {
      expect(shown(await ask('userId=pair-4'))[0]?.[0]).toBe('salt')
      expect(await test.request('/api/recommendations?userId=nobody')).toMatchObject({ status: 404 })
      expect(await test.request('/api/recommendations?kind=viewed')).toMatchObject({ status: 400 })
    })

    it('are also what a customer has looked at, the newest first, and has not bought', async () => {
      for (const [place, product_id] of ['salt', 'bread', 'gone', 'vinegar'].entries())
        await test.ciclo.ingest.submit([
          test.item(
            'secret',
            { type: 'track', name: 'Product Viewed', userId: 'baker-1', properties: { product_id } },
            { at: now() - 10_000 + place },
          ),
        ])
      expect((await ask('userId=baker-1&kind=viewed')).map(({ product }) => product.id)).toEqual([
        'vinegar',
        'salt',
      ])
    })

    it('are there for the pages of the shop by the write key, and tell nothing of anybody', async () => {
      const get = async (query: string, key = WRITE_KEY) =>
        await test.ciclo.app.request(`/v1/recommendations?writeKey=${key}&${query}`)
      const answer = await get('productId=oil')
      expect([
        answer.status,
        answer.headers.get('cache-control'),
        answer.headers.get('access-control-allow-origin'),
      ]).toEqual([200, 'public, max-age=300', '*'])
      expect(shown(((await answer.json()) as { recommendations: Found }).recommendations)[0]).toEqual([
        'vinegar',
        'together',
        5,
        5,
      ])
      expect((await get('productId=oil', 'a-wrong-key-of-somebody')).status).toBe(401)
      expect((await get('kind=viewed')).status).toBe(400)
      // A customer that is named changes nothing.
      expect(await (await get('productId=oil&email=pair-0@shop.example')).json()).toEqual(
        await (await get('productId=oil')).json(),
      )
    })

    it('stand in a mail that names them, in its language, and cost no other anything', async () => {
      const [baker, looker] = [await test.customer('userId=baker-2'), await test.customer('userId=baker-1')]
      const source = {
        mjml: '<mjml><mj-body><mj-section><mj-column><mj-text>{% for one in recommendations %}<p>{{ one.name }}: {{ one.price }}: {{ one.why }}</p>{% endfor %}{% for one in recommended.viewed %}<p>{{ one.name }}, {{ one.why }}</p>{% endfor %}</mj-text></mj-column></mj-section></mj-body></mjml>',
        strings: {
          en: { subject: 'News', preheader: 'Of ours' },
          es: { subject: 'Novedades', preheader: 'De la casa' },
        },
        purpose: 'transactional',
      }
      const preview = async (locale: string, customer?: { id: string }) =>
        String(
          (
            await test.request('/api/templates/own/preview', {
              method: 'POST',
              body: JSON.stringify({ source, customerId: customer?.id, locale }),
            })
          )['html'],
        )
      expect(await preview('en', baker)).toMatch(/oil: \$12\.50: Bought by 5 customers lately/)
      expect(await preview('es', baker)).toMatch(/oil: 12,50\s(US)?\$: 5 clientes lo compraron últimamente/)
      // Each list is the customer's own.
      expect(await preview('es', looker)).toMatch(
        /<p>vinegar, Visto hace poco<\/p><p>salt, Visto hace poco<\/p>/,
      )
      expect(await preview('es', baker)).not.toContain('Visto hace poco')
      // Made-up ones where it is nobody's.
      expect(await preview('es')).toMatch(/Yirgacheffe.*: 41 clientes lo compraron junto.*Visto hace poco/s)
    })

    it('are made anew without what is not true any more', async () => {
      await take({ id: 'vinegar', name: 'vinegar', category: 'pantry', hidden: true })
      test.clock.set(now() + 2 * DAY)
      await test.ciclo.runJobs()
      const rows = await test.store.read((tx) => tx.select().from(tx.tables.recommendations))
      expect(rows.flatMap(({ items }) => items.map(({ productId }) => productId))).not.toContain('vinegar')
    })
  })

  it.each([
    ['en', 1, 'Bought together by 1 customer'],
    ['en', 41, 'Bought together by 41 customers'],
    ['es', 1, '1 cliente lo compró junto'],
    ['pl', 5, '5 klientów kupiło to razem'],
    ['ro', 3, 'Cumpărat împreună de 3 clienți'],
    ['ro', 41, 'Cumpărat împreună de 41 de clienți'],
    ['fi', 2, 'Bought together by 2 customers'],
  ])('a reason in %s of %i is "%s"', (language, customers, expected) => {
    expect(recommendationWords(language, 'together', customers)).toBe(expected)
  })
}
