import type { CatalogueItem } from '@ciclo/engine'
import { saveProducts } from '../store/queries/products.ts'
import type { Store } from '../store/store.ts'

/** Takes over what a shop's system lists of its products. */
export const createTakeProducts =
  (store: Store) =>
  async (workspaceId: string, items: readonly CatalogueItem[]): Promise<void> => {
    const words = items.map(({ id, updatedAt, sku, name, brand, category, url, images, prices }) => ({
      trusted: true,
      at: updatedAt,
      facts: {
        id,
        sku: sku ?? null,
        name: name ?? null,
        brand: brand ?? null,
        category: category ?? null,
        url: url ?? null,
        imageUrl: images?.[0] ?? null,
        price: prices?.[0]?.price ?? null,
        currency: prices?.[0]?.currency ?? null,
      },
    }))
    await store.write((tx) => saveProducts(tx, workspaceId, words))
  }
