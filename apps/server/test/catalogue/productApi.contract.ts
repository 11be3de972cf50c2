import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ProductsSchema } from '../../src/routes/apiSchemas.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

/** Products that a shop tells of by the API, on a database, whichever it is. */
export function productApiContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the API of products on ${database}`, () => {
    let test: TestCiclo
    beforeAll(async () => {
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: 'shipped',
      })
    })
    afterAll(() => test.stop())

    const send = (body: unknown) =>
      test.request('/api/products', { method: 'POST', body: JSON.stringify(body) })
    const prices = [{ currency: 'USD', price: 300 }]

    it('takes over what it can read, and says of each what came of it', async () => {
      const products = [{ id: 'oil', name: 'Oil', prices, stock: 2 }, { id: 'bad', stock: -1 }, 'nothing']
      const looked = await send({ products, dryRun: true })
      expect(looked).toMatchObject({
        products: [
          { id: 'oil', result: 'changed', reason: null },
          { id: 'bad', result: 'refused', reason: expect.stringContaining('stock: ') as unknown },
          { id: null, result: 'refused' },
        ],
      })
      expect(await test.request('/api/products')).toEqual({ products: [], next: null })
      expect(await send({ products })).toEqual(looked)
      expect(await test.request('/api/products/oil')).toMatchObject({
        name: 'Oil',
        trusted: true,
        stock: 2,
        hidden: false,
        prices: [{ currency: 'USD', price: 300, previous: null }],
        history: [{ currency: 'USD', price: 300 }],
      })
      expect(await test.request('/api/products/bad')).toMatchObject({ status: 404 })
    })

    it('lets no word from the future keep later ones out', async () => {
      await send({ products: [{ id: 'soap', name: 'Old', updatedAt: test.clock.now() + 1e12 }] })
      test.clock.set(test.clock.now() + 1_000)
      await send({ products: [{ id: 'soap', name: 'New' }] })
      expect(await test.request('/api/products/soap')).toMatchObject({ name: 'New' })
    })

    it('takes a product off the shelves, and writes down who did', async () => {
      test.clock.set(test.clock.now() + 1_000)
      await test.request('/api/products/oil', { method: 'DELETE' })
      expect(await test.request('/api/products/oil')).toMatchObject({ name: 'Oil', hidden: true })
      expect(await test.request('/api/products/none', { method: 'DELETE' })).toMatchObject({ status: 404 })
      expect(await test.request('/api/audit')).toMatchObject({
        entries: [
          { action: 'product.hidden', details: { id: 'oil' } },
          { action: 'products.taken-over', details: { given: 1, changed: 1 } },
          { action: 'products.taken-over' },
          { action: 'products.taken-over', details: { given: 3, changed: 1 } },
        ],
      })
    })

    describe('found', () => {
      beforeAll(() =>
        send({
          products: [
            { id: 'p-1', sku: 'ZEL-1', name: 'Żel pod prysznic', brand: 'Łąka', stock: 0 },
            { id: 'p-2', name: 'Shower gel 100% aloe', category: 'Bath', stock: 3 },
            { id: 'p-3', name: 'Shower_cap', category: 'Bath', stock: 40 },
            { id: 'p-4', name: 'Gift card', hidden: true },
          ],
        }),
      )
      it.each([
        ['by a part of their name, whatever its case', 'search=SHOWER', ['p-2', 'p-3']],
        ['by letters beyond ASCII with a capital first', 'search=żel', ['p-1']],
        ['by their sku', 'search=zel-1', ['p-1']],
        ['by their category', 'search=bath', ['p-2', 'p-3']],
        ['by signs that mean themselves', 'search=100%25', ['p-2']],
        ['by an underscore that is one', 'search=r_c', ['p-3']],
        ['with none left', 'search=p-&stock=out', ['p-1']],
        ['with few left', 'search=p-&stock=low', ['p-2']],
        ['that can be bought, also where nobody counts them', 'search=p-&stock=in', ['p-2', 'p-3', 'p-4']],
        ['that are off the shelves', 'search=p-&hidden=true', ['p-4']],
        ['page by page', 'search=p-&limit=1', ['p-1']],
      ])('%s', async (_how, query, ids) => {
        const found = ProductsSchema.parse(await test.request(`/api/products?${query}`))
        expect(found.products.map(({ id }) => id)).toEqual(ids)
      })
    })
  })
}
