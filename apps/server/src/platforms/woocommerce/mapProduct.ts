import { CatalogueItemSchema, toMinorUnits } from '@ciclo/engine'
import { z } from 'zod'
import type { MapContext, Mapped } from '../platform.ts'
import {
  amountField,
  idField,
  linkOf,
  listField,
  readPayload,
  stated,
  textField,
  timeField,
} from '../readFields.ts'

/** https://developer.woocommerce.com/docs/apis/rest-api/v3/products/ */
const ProductSchema = z.object({
  id: idField,
  parent_id: idField.nullish(),
  name: textField,
  permalink: textField,
  date_modified_gmt: timeField,
  status: textField,
  catalog_visibility: textField,
  sku: textField,
  price: amountField,
  regular_price: amountField,
  on_sale: z.boolean().nullish().catch(undefined),
  manage_stock: z
    .union([z.boolean(), z.literal('parent')])
    .nullish()
    .catch(undefined),
  stock_quantity: z.number().nullish().catch(undefined),
  stock_status: textField,
  backorders_allowed: z.boolean().nullish().catch(undefined),
  categories: listField(z.object({ name: textField })),
  brands: listField(z.object({ name: textField })),
  images: listField(z.object({ src: textField })),
})

type Product = z.infer<typeof ProductSchema>

/** Pieces that can be bought; null where nobody counts them, or it is sold beyond them. */
function stockOf({
  manage_stock: counted,
  stock_quantity: pieces,
  stock_status: status,
  backorders_allowed: beyond,
}: Product) {
  if (status === 'outofstock') return 0
  if (counted !== true || beyond || pieces === null || pieces === undefined) return null
  return Math.max(0, Math.trunc(pieces))
}

/**
 * `product.created`, `product.updated`, `product.restored`: a product with its own price and stock, of all variations
 * together. A variation that is told by itself belongs to its parent, which is told, too.
 */
export function mapProduct(topic: string, payload: unknown, { currency }: MapContext): Mapped {
  const product = readPayload(ProductSchema, topic, payload)
  if (product.parent_id && product.parent_id !== '0')
    return { events: [], products: [], ignored: 'it is a variation: its product is told as well' }
  const price = toMinorUnits(product.price, currency)
  const before = toMinorUnits(product.regular_price, currency)
  const isReduced = product.on_sale === true && price !== undefined && before !== undefined && before > price
  const item = readPayload(
    CatalogueItemSchema,
    topic,
    stated({
      id: product.id,
      updatedAt: product.date_modified_gmt,
      sku: product.sku?.slice(0, 255),
      name: product.name?.slice(0, 255),
      brand: product.brands[0]?.name?.slice(0, 255),
      category: product.categories[0]?.name?.slice(0, 255),
      url: linkOf(product.permalink),
      images: product.images.flatMap(({ src }) => linkOf(src) ?? []).slice(0, 50),
      prices:
        price === undefined || price < 0
          ? undefined
          : [{ currency, price, previous: isReduced ? before : null }],
      hidden:
        (product.status !== undefined && product.status !== 'publish') ||
        product.catalog_visibility === 'hidden',
    }),
  )
  return { events: [], products: [{ ...item, stock: stockOf(product) }] }
}

/** `product.deleted`: nothing but an id, and no time. */
export function mapProductDeleted(topic: string, payload: unknown, { at }: MapContext): Mapped {
  const { id } = readPayload(z.object({ id: idField }), topic, payload)
  return { events: [], products: [{ id, updatedAt: at, hidden: true }] }
}
