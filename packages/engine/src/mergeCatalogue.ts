import type { CatalogueItem, CataloguePrice, CatalogueVariant } from './catalogueItem.ts'
import type { CatalogueProduct } from './mergeProduct.ts'

/** A product as it is kept, with what only the shop's system says. */
export interface ListedProduct extends CatalogueProduct {
  prices: readonly CataloguePrice[] | null
  variants: readonly CatalogueVariant[] | null
  images: readonly string[] | null
  /** Null: nobody counts it. */
  stock: number | null
  hidden: boolean
  /** When the system last said what it is; null where it never has. */
  listedAt: number | null
}

const blank = (id: string, at: number): ListedProduct => ({
  id,
  sku: null,
  name: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
  reduction: null,
  trusted: true,
  claimed: [],
  updatedAt: at,
  prices: null,
  variants: null,
  images: null,
  stock: null,
  hidden: false,
  listedAt: null,
})

/** The price in the shop's own currency, else the first. */
const mainPrice = (prices: readonly CataloguePrice[], currency: string): CataloguePrice | undefined =>
  prices.find((price) => price.currency === currency) ?? prices[0]

/** Whether the system has told a product whole before, not only that it is gone. */
const isWhole = ({ prices, variants }: ListedProduct) => prices !== null || variants !== null

/** An item that came late fills what no later one has said. */
function fill(known: ListedProduct, changes: Partial<ListedProduct>): ListedProduct {
  const missing = Object.entries(changes).filter(([field]) =>
    field === 'stock' ? !isWhole(known) : known[field as keyof ListedProduct] === null,
  )
  return missing.length === 0 ? known : { ...known, ...Object.fromEntries(missing) }
}

/**
 * What is known of a product after its shop's system has said what it is. What an item leaves out stays; an item that is
 * older than the newest one only fills what is not known, so that they may come in any order. The very same where nothing
 * changes.
 *
 * @param currency the shop's: that of the price that is shown
 */
export function mergeCatalogue(
  known: ListedProduct | undefined,
  item: CatalogueItem,
  currency: string,
): ListedProduct {
  const { id, updatedAt: at } = item
  const before = known ?? blank(id, at)
  const said = <Field extends keyof ListedProduct>(field: Field, value: ListedProduct[Field] | undefined) =>
    value === undefined ? {} : { [field]: value }
  const price = item.prices && mainPrice(item.prices, currency)
  const changes = {
    ...said('sku', item.sku),
    ...said('name', item.name),
    ...said('brand', item.brand),
    ...said('category', item.category),
    ...said('url', item.url),
    ...said('images', item.images),
    ...said('imageUrl', item.images?.[0]),
    ...said('prices', item.prices),
    ...said('variants', item.variants),
    ...said('stock', item.stock),
    ...said('hidden', item.hidden),
    ...(price ? { price: price.price, currency: price.currency } : {}),
  }
  if (known && known.listedAt !== null && at <= known.listedAt) return fill(known, changes)
  const isClaimed = new Set(Object.keys(changes))
  return {
    ...before,
    ...changes,
    trusted: true,
    claimed: before.claimed.filter((field) => !isClaimed.has(field)),
    updatedAt: Math.max(before.updatedAt, at),
    listedAt: at,
  }
}
