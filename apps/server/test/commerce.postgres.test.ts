import type { ProductFacts, ProductWord } from '@ciclo/engine'
import { expect, it } from 'vitest'
import { commerceContract } from './commerce.contract.ts'
import type { Dialect } from '../src/store/dialect.ts'
import { openStore } from '../src/store/openStore.ts'
import { readProduct, saveProducts } from '../src/store/queries/products.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { usePostgres } from './support/usePostgres.ts'

const NOTHING_SAID: Omit<ProductFacts, 'id'> = {
  sku: null,
  name: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
}

const createDatabase = usePostgres()

commerceContract('PostgreSQL', createDatabase)

it('lets two servers tell of the same products at once, in opposite orders', async () => {
  const databaseUrl = await createDatabase()
  const smtpUrl = 'smtp://127.0.0.1:9'
  const one = await createTestCiclo({ databaseUrl, smtpUrl })
  const other = await createTestCiclo({ databaseUrl, smtpUrl })
  try {
    const views = Array.from({ length: 120 }, (_, place) => {
      const products = Array.from({ length: 8 }, (_element, n) => ({
        product_id: `p${(place + n) % 20}`,
        name: `Name ${place % 3}`,
      }))
      const event = {
        type: 'track',
        name: 'Product List Viewed',
        anonymousId: `a${place}`,
        properties: { products: place % 2 === 0 ? products : products.toReversed() },
      } as const
      return one.item(place % 5 === 0 ? 'secret' : 'public', event)
    })
    const verdicts = await Promise.all(
      views.map((view, place) => (place % 2 === 0 ? one : other).ciclo.ingest.submit([view])),
    )
    expect(new Set(verdicts.flat())).toEqual(new Set(['applied']))
    const stored = await one.store.read((tx) => tx.select().from(tx.tables.products))
    expect(stored).toHaveLength(20)
    expect(stored.every(({ trusted, claimed }) => trusted && claimed.length === 0)).toBe(true)
  } finally {
    await one.stop()
    await other.stop()
  }
})

it('lets no browser write over a product that the shop tells of in the same moment', async () => {
  const databaseUrl = await createDatabase()
  const store = await openStore(databaseUrl)
  const other = await openStore(databaseUrl)
  const word = (name: string, trusted: boolean): ProductWord => ({
    facts: { ...NOTHING_SAID, id: 'mug', name },
    trusted,
    at: 1,
  })
  try {
    await store.write(async (browser) => {
      /** The shop's word is committed after the browser's transaction has found nothing to lock. */
      const forUpdate = async (query: PromiseLike<unknown>) => {
        const rows = await query
        await other.write((shop) => saveProducts(shop, 'w', [word('Mug', true)]))
        return rows
      }
      const dialect = { ...browser.dialect, forUpdate } as unknown as Dialect
      const slowed = new Proxy(browser, {
        get: (tx, name) => (name === 'dialect' ? dialect : Reflect.get(tx, name)) as unknown,
      })
      await saveProducts(slowed, 'w', [word('Win money', false)])
    })
    expect(await store.read((tx) => readProduct(tx, 'w', 'mug'))).toMatchObject({
      name: 'Mug',
      trusted: true,
    })
  } finally {
    await other.close()
    await store.close()
  }
})
