import { productsOf, SettingsSchema } from '@ciclo/engine'
import { saveProducts } from './store/queries/products.ts'
import type { Store } from './store/store.ts'

export interface CatalogueOptions {
  workspaceId: string
  /** As e-commerce events carry them. */
  products: readonly Record<string, unknown>[]
  /** ISO 4217, of their prices. */
  currency: string
  now: number
}

/** Takes the shop's own word on its products, without an event of anybody: mails show nothing that only browsers said. */
export async function tellCatalogue(store: Store, options: CatalogueOptions): Promise<void> {
  const { workspaceId, products, currency, now: at } = options
  const facts = productsOf(
    {
      kind: 'event',
      id: 'catalogue',
      at,
      receivedAt: at,
      source: 'secret',
      event: {
        type: 'track',
        name: 'Product List Viewed',
        properties: { currency, products },
        traits: {},
        context: {},
      },
    },
    SettingsSchema.parse({}),
  )
  const words = facts.map((said) => ({ facts: said, trusted: true, at }))
  await store.write((tx) => saveProducts(tx, workspaceId, words))
}
