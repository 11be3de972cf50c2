import { DAY, CatalogueItemSchema, type CatalogueItem } from '@ciclo/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { saveCatalogue } from '../../src/catalogue/saveCatalogue.ts'
import { createTakeProducts } from '../../src/catalogue/createTakeProducts.ts'
import { readListed, readPrices } from '../../src/store/queries/catalogue.ts'
import { readProduct } from '../../src/store/queries/products.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

/** Sixty days before the clock of the tests begins. */
const BEGIN = Date.UTC(2026, 0, 1, 12) - 60 * DAY

/** Products as shops list them, on a database, whichever it is. */
export function catalogueContract(
  database: string,
  createDatabase: () => Promise<string>,
  runs: number,
): void {
  describe(`the catalogue on ${database} (seed ${seed})`, () => {
    let test: TestCiclo
    let next = 0
    beforeAll(async () => {
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: 'shipped',
      })
    })
    afterAll(() => test.stop())

    const now = () => test.clock.now()
    /** Two requests of one millisecond are a millisecond apart, and this clock stands still. */
    const runJobs = async () => {
      test.clock.set(now() + 1_000)
      await test.ciclo.runJobs()
    }
    const item = (id: string, hour: number, more: Partial<CatalogueItem> = {}) =>
      CatalogueItemSchema.parse({ id, updatedAt: BEGIN + hour * 3_600_000, ...more })
    const price = (minor: number, previous: number | null = null) => [
      { currency: 'USD', price: minor, previous },
    ]
    const take = async (...items: CatalogueItem[]) => {
      const takeProducts = createTakeProducts({ store: test.store, now, onNews: () => undefined })
      return await takeProducts(test.workspaceId, items)
    }
    const save = (items: readonly CatalogueItem[]) =>
      test.store.write((tx) => saveCatalogue(tx, test.workspaceId, items, now()))
    const stateOf = (id: string) =>
      test.store.read(async (tx) => ({
        product: (await readListed(tx, test.workspaceId, [id])).get(id),
        prices: [...(await readPrices(tx, test.workspaceId, [id], 0)).values()],
      }))
    const newId = () => `product-${(next += 1)}`

    it('keeps what the shop lists, and what its price has come down from', async () => {
      const id = newId()
      await take(
        item(id, 0, { name: 'Oil', prices: price(2_000), stock: 3, images: ['https://x.example/a.png'] }),
      )
      await take(item(id, 24 * 40, { prices: price(1_500, 2_500) }))
      expect((await stateOf(id)).product).toMatchObject({
        name: 'Oil',
        price: 1_500,
        currency: 'USD',
        stock: 3,
        imageUrl: 'https://x.example/a.png',
        reduction: { previous: 2_500, lowest: 2_000 },
        trusted: true,
      })
    })

    it('shows no reduction whose lowest price nobody knows', async () => {
      const id = newId()
      await take(item(id, 0, { prices: price(1_500, 2_500) }))
      expect((await stateOf(id)).product).toMatchObject({ price: 1_500, reduction: null })
    })

    it('is the same in whatever order, and however often, its items come', async () => {
      const whole = fc.record({
        hour: fc.integer({ min: 0, max: 1_000 }),
        name: fc.constantFrom('Oil', 'Olive oil', 'Oil, green'),
        prices: fc.integer({ min: 100, max: 999 }).map((minor) => price(minor, 1_200)),
        stock: fc.option(fc.integer({ min: 0, max: 3 })),
        hidden: fc.boolean(),
        images: fc.constantFrom<string[]>([], ['https://x.example/a.png']),
      })
      await fc.assert(
        fc.asyncProperty(
          fc.uniqueArray(whole, { selector: ({ hour }) => hour, minLength: 1, maxLength: 6 }),
          fc.array(fc.nat(5), { maxLength: 8 }),
          async (items, again) => {
            const [one, other] = [newId(), newId()]
            const of = (id: string, { hour, ...more }: (typeof items)[number]) => item(id, hour, more)
            for (const each of items.toSorted((a, b) => a.hour - b.hour)) await save([of(one, each)])
            const shuffled = [...again.flatMap((place) => items[place] ?? []), ...items]
            await save(shuffled.slice(0, 3).map((each) => of(other, each)))
            for (const each of shuffled.slice(3)) await save([of(other, each)])
            const [first, second] = [await stateOf(one), await stateOf(other)]
            expect({ ...second, product: { ...second.product, id: one } }).toEqual(first)
          },
        ),
        { numRuns: runs, seed },
      )
    })

    it('keeps a product away that was deleted before anybody had told of it', async () => {
      const id = newId()
      await take(item(id, 5, { hidden: true }))
      await take(item(id, 1, { name: 'Oil', prices: price(900), stock: 2 }))
      expect((await stateOf(id)).product).toMatchObject({ hidden: true, name: 'Oil', price: 900, stock: 2 })
    })

    it('lets events fill what the shop does not list, and overwrite nothing that it lists', async () => {
      const id = newId()
      await take(item(id, 0, { name: 'Oil', prices: price(900) }))
      await test.ciclo.ingest.submit([
        test.item('secret', {
          type: 'track',
          name: 'Product Viewed',
          userId: 'viewer',
          properties: { product_id: id, name: 'Another', price: 1, currency: 'USD', brand: 'Finca' },
        }),
      ])
      expect(await test.store.read((tx) => readProduct(tx, test.workspaceId, id))).toMatchObject({
        name: 'Oil',
        price: 900,
        brand: 'Finca',
      })
    })

    const track = (userId: string, name: string, properties: Record<string, unknown>, at = now()) =>
      test.ciclo.ingest.submit([
        test.item(
          'secret',
          { type: 'track', name, userId, traits: { email: `${userId}@shop.example` }, properties },
          { at },
        ),
      ])
    const eventsOf = async (userId: string, name: string) => {
      const customer = await test.customer(`userId=${userId}`)
      return (await test.below(customer?.id ?? '', 'events')).filter((event) => event['name'] === name)
    }

    it('tells as many as there are pieces that a product is there again, the oldest request first, and mails them', async () => {
      await test.request('/api/journeys/back-in-stock/publish', { method: 'POST', body: '{}' })
      const id = newId()
      await take(item(id, 0, { name: 'Oil', prices: price(900), stock: 0 }))
      for (const [place, who] of ['ask-1', 'ask-2', 'ask-3'].entries())
        await track(who, 'Back in Stock Requested', { product_id: id }, now() - 10_000 + place)
      await take(item(id, 2, { stock: 2 }))
      await runJobs()
      const told = async () =>
        await Promise.all(
          ['ask-1', 'ask-2', 'ask-3'].map(
            async (who) => (await eventsOf(who, 'Product Back in Stock')).length,
          ),
        )
      expect(await told()).toEqual([1, 1, 0])
      // Told once more of the same: nobody is asked for anew.
      await take(item(id, 2, { stock: 2 }))
      await runJobs()
      expect(await told()).toEqual([1, 1, 0])
      // Sold meanwhile, and there again: only its end is told.
      await take(item(id, 3, { stock: 0 }), item(id, 4, { stock: 9 }))
      await runJobs()
      expect(await told()).toEqual([1, 1, 1])
      const first = await test.customer('userId=ask-1')
      const messages = await test.below(first?.id ?? '', 'messages')
      expect(messages.map(({ template }) => template)).toContain('back-in-stock')
    })

    it('tells who has looked at a product of late that it costs a tenth less, while it is there', async () => {
      const id = newId()
      await take(item(id, 0, { name: 'Oil', prices: price(1_000), stock: 5 }))
      await track('looked', 'Product Viewed', { product_id: id }, now() - 5 * DAY)
      await track('added', 'Product Added', { product_id: id }, now() - 5 * DAY)
      await track('long-ago', 'Product Viewed', { product_id: id }, now() - 80 * DAY)
      const at = 60 * 24
      await take(item(id, at, { prices: price(950) }))
      await runJobs()
      expect(await eventsOf('looked', 'Price Dropped')).toEqual([])
      await take(item(id, at + 1, { prices: price(800) }))
      await runJobs()
      for (const who of ['looked', 'added'])
        expect(await eventsOf(who, 'Price Dropped')).toMatchObject([
          { properties: { product_id: id, price: 8, previous_price: 9.5, currency: 'USD', name: 'Oil' } },
        ])
      expect(await eventsOf('long-ago', 'Price Dropped')).toEqual([])
      await take(item(id, at + 2, { stock: 0, prices: price(400) }))
      await runJobs()
      expect(await eventsOf('looked', 'Price Dropped')).toHaveLength(1)
    })
  })
}
