import { cutText } from './cutText.ts'
import type { EventInput } from './input.ts'
import { currencyOf, toMinorUnits } from './money.ts'
import { OWN_ID_PREFIX } from './ownEvent.ts'
import type { Product } from './productSchema.ts'
import { readCommerce } from './readCommerce.ts'
import type { Settings } from './settings.ts'

/** What a customer has done about a product, and when. */
export interface ProductDeed {
  productId: string
  viewedAt: number | null
  addedAt: number | null
  /** Somebody asks to be told when it is there again. */
  requestedAt: number | null
}

/** One product of an order. `price` is of one, in minor units of the currency. */
export interface BoughtProduct {
  productId: string
  variant: string | null
  name: string | null
  quantity: number
  price: number | null
  currency: string
}

/** What an event says was bought in an order: all of it. */
export interface BoughtOrder {
  orderId: string
  lines: readonly BoughtProduct[]
}

/** No id of a product is longer. */
const ID_LENGTH = 255
const LINES = 500
const MOST_PIECES = 1_000_000

/** Compared letter by letter: it is no event of the e-commerce specification. */
const REQUESTED = 'Back in Stock Requested'

function productIdOf({ product_id: id, sku }: Partial<Product>): string | undefined {
  const found = id ?? sku
  return found === undefined || found === '' || found.length > ID_LENGTH ? undefined : found
}

const requestedId = (stated: unknown) =>
  productIdOf(
    typeof stated === 'number'
      ? { product_id: String(stated) }
      : typeof stated === 'string'
        ? { product_id: stated }
        : {},
  )

/** What an event says that its customer has done about products. A crawler's look is nobody's. */
export function productDeedsIn(input: EventInput): ProductDeed[] {
  const { event, at, id } = input
  if (event.bot === true || id.startsWith(OWN_ID_PREFIX)) return []
  const nothing = { viewedAt: null, addedAt: null, requestedAt: null }
  if (event.type === 'track' && event.name === REQUESTED) {
    const productId = requestedId(event.properties['product_id'])
    return productId === undefined ? [] : [{ productId, ...nothing, requestedAt: at }]
  }
  const read = readCommerce(input)
  if (!read) return []
  const properties = read.properties as Product & { products?: readonly Product[] }
  if (read.name === 'Product Viewed') {
    const productId = productIdOf(properties)
    return productId === undefined ? [] : [{ productId, ...nothing, viewedAt: at }]
  }
  if (read.name !== 'Product Added' && read.name !== 'Wishlist Product Added to Cart') return []
  const added = properties.products ?? [properties]
  return added
    .slice(0, LINES)
    .flatMap((product) => productIdOf(product) ?? [])
    .map((productId) => ({ productId, ...nothing, addedAt: at }))
}

/** What an event says was bought; undefined where it is about no order, or names no products. */
export function boughtIn(input: EventInput, settings: Settings): BoughtOrder | undefined {
  const read = readCommerce(input)
  if (read?.name !== 'Order Completed' && read?.name !== 'Order Updated') return undefined
  const { order_id: orderId, products, currency: stated } = read.properties
  if (orderId === undefined || products === undefined) return undefined
  const shared = currencyOf(stated) ?? settings.currency
  const lines = products.slice(0, LINES).flatMap((product): BoughtProduct[] => {
    const productId = productIdOf(product)
    const quantity = Math.round(product.quantity ?? 1)
    if (productId === undefined || quantity < 1) return []
    const currency = currencyOf(product.currency) ?? shared
    return [
      {
        productId,
        variant: (product.variant && cutText(product.variant, ID_LENGTH)) || null,
        name: (product.name && cutText(product.name, ID_LENGTH)) || null,
        quantity: Math.min(quantity, MOST_PIECES),
        price: toMinorUnits(product.price, currency) ?? null,
        currency,
      },
    ]
  })
  // An empty list says nothing of an order: it may be one whose lines have no ids.
  return lines.length === 0 ? undefined : { orderId, lines }
}
