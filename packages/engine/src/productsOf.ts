import type { CommerceName } from './commerceEvents.ts'
import { cutText } from './cutText.ts'
import type { EventInput } from './input.ts'
import { currencyOf, toMinorUnits } from './money.ts'
import type { Product } from './productSchema.ts'
import { commerceNameOfInput, readCommerce } from './readCommerce.ts'
import type { Settings } from './settings.ts'

/**
 * What a price has come down from: mails show it only with the lowest one of the 30 days before (Directive 98/6/EC,
 * art. 6a). Integer minor units of the price's currency.
 */
export interface Reduction {
  previous: number
  lowest: number
}

/** What an event says of a product. What it does not say is null; `price` is integer minor units of `currency`. */
export interface ProductFacts {
  /** The shop's product_id, else its sku. */
  id: string
  sku: string | null
  name: string | null
  brand: string | null
  category: string | null
  url: string | null
  imageUrl: string | null
  price: number | null
  currency: string | null
  /** Of that price. */
  reduction?: Reduction | null
}

/** The events that describe a product as the shop shows or sells it: what a refund names may be a part of a price. */
const DESCRIBES: ReadonlySet<CommerceName> = new Set<CommerceName>([
  'Product List Viewed',
  'Product List Filtered',
  'Product Clicked',
  'Product Viewed',
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Checkout Started',
  'Order Completed',
  'Order Updated',
  'Product Added to Wishlist',
  'Product Removed from Wishlist',
  'Wishlist Product Added to Cart',
  'Product Shared',
])

/** A browser may say much, and nothing that is kept of it is believed: its first products are enough. */
const PUBLIC_PRODUCTS = 50

const short = (text: string | undefined) => (text && cutText(text.trim(), 255)) || null

/** An absolute web address, or null: nothing that a page or a mail would run. */
const link = (text: string | undefined) =>
  text !== undefined && text.length <= 2_000 && /^https?:\/\/[^\s"'<>]+$/i.test(text) ? text : null

/** Where both are told, and it costs less than before. */
function reductionOf(product: Product, price: number, currency: string): Reduction | null {
  const previous = toMinorUnits(product.previous_price, currency)
  const lowest = toMinorUnits(product.lowest_price_30d, currency)
  if (previous === undefined || lowest === undefined) return null
  return lowest >= 0 && previous > price ? { previous, lowest } : null
}

function factsOf(
  product: Product,
  shared: { currency: string; category: string | null },
): ProductFacts | undefined {
  const id = product.product_id ?? product.sku
  if (id === undefined) return undefined
  const currency = currencyOf(product.currency) ?? shared.currency
  const price = toMinorUnits(product.price, currency)
  const isPrice = price !== undefined && price >= 0
  const reduction = isPrice ? reductionOf(product, price, currency) : null
  const facts: Omit<ProductFacts, 'id'> = {
    sku: product.sku ?? null,
    name: short(product.name),
    brand: short(product.brand),
    category: short(product.category) ?? shared.category,
    url: link(product.url),
    imageUrl: link(product.image_url),
    price: isPrice ? price : null,
    currency: isPrice ? currency : null,
    ...(reduction ? { reduction } : {}),
  }
  const saysNothing = Object.values(facts).every((value) => value === null)
  return saysNothing ? undefined : { id, ...facts }
}

/** What an event says of products, each of them once. */
export function productsOf(input: EventInput, settings: Settings): ProductFacts[] {
  const name = commerceNameOfInput(input)
  const event = name !== undefined && DESCRIBES.has(name) ? readCommerce(input) : undefined
  if (!event) return []
  const properties = event.properties as Product & { products?: readonly Product[] }
  const listed = properties.products ?? [properties]
  const shared = {
    currency: currencyOf(properties.currency) ?? settings.currency,
    category: name === 'Product List Viewed' ? short(properties.category) : null,
  }
  const facts = new Map<string, ProductFacts>()
  for (const product of input.source === 'public' ? listed.slice(0, PUBLIC_PRODUCTS) : listed) {
    const said = factsOf(product, shared)
    if (said) facts.set(said.id, said)
  }
  return [...facts.values()]
}
