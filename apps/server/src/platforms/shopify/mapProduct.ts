import { CatalogueItemSchema, toMinorUnits, type CataloguePrice } from '@ciclo/engine'
import { z } from 'zod'
import type { MapContext, Mapped } from '../platform.ts'
import {
  amountField,
  idField,
  linkOf as link,
  listField,
  optionalTime,
  readPayload,
  stated,
  textField,
  timeField,
} from '../readFields.ts'

const VariantSchema = z.object({
  id: idField,
  sku: textField,
  title: textField,
  price: amountField,
  compare_at_price: amountField,
  inventory_quantity: z.number().nullish().catch(undefined),
  inventory_management: textField,
  inventory_policy: textField,
  image_id: idField.nullish(),
})

const ImageSchema = z.object({ id: idField.nullish(), src: textField })

/** https://shopify.dev/docs/api/admin-rest/latest/resources/product */
const ProductSchema = z.object({
  id: idField,
  title: textField,
  handle: textField,
  vendor: textField,
  product_type: textField,
  status: textField,
  updated_at: timeField,
  published_at: optionalTime,
  images: listField(ImageSchema),
  variants: listField(VariantSchema),
})

type Variant = z.infer<typeof VariantSchema>

/** Pieces that can be bought; null where nobody counts them, or it is sold beyond them. */
const stockOf = ({
  inventory_management: counted,
  inventory_policy: policy,
  inventory_quantity: pieces,
}: Variant) =>
  counted === undefined || policy === 'continue' || pieces === null || pieces === undefined
    ? null
    : Math.max(0, Math.trunc(pieces))

function pricesOf({ price, compare_at_price: before }: Variant, currency: string) {
  const now = toMinorUnits(price, currency)
  if (now === undefined || now < 0) return []
  const previous = toMinorUnits(before, currency)
  return [{ currency, price: now, previous: previous !== undefined && previous > now ? previous : null }]
}

/** One is the product's price: the lowest, as the shop shows it in lists. */
const lowest = (prices: readonly CataloguePrice[]) =>
  prices.toSorted((one, other) => one.price - other.price).slice(0, 1)

/** All variants together: one that nobody counts can always be bought. */
const sumStock = (stocks: readonly (number | null)[]): number | null =>
  stocks.length === 0 || stocks.includes(null)
    ? null
    : stocks.reduce<number>((sum, stock) => sum + (stock ?? 0), 0)

/** `products/create`, `products/update`: the whole product, its stock among it. */
export function mapProduct(topic: string, payload: unknown, { currency, address }: MapContext): Mapped {
  const product = readPayload(ProductSchema, topic, payload)
  const pictures = new Map(
    product.images.flatMap(({ id, src }) => (id && link(src) ? [[id, link(src)] as const] : [])),
  )
  const variants = product.variants.slice(0, 2_000).map((variant) => ({
    id: variant.id,
    sku: variant.sku ?? null,
    name: variant.title ?? null,
    prices: pricesOf(variant, currency),
    stock: stockOf(variant),
    imageUrl: (variant.image_id && pictures.get(variant.image_id)) || null,
  }))
  const item = readPayload(
    CatalogueItemSchema,
    topic,
    stated({
      id: product.id,
      updatedAt: product.updated_at,
      sku: variants[0]?.sku,
      name: product.title?.slice(0, 255),
      brand: product.vendor?.slice(0, 255),
      category: product.product_type?.slice(0, 255),
      url:
        address !== null && product.handle
          ? link(`${address}/products/${encodeURIComponent(product.handle)}`)
          : undefined,
      images: product.images.flatMap(({ src }) => link(src) ?? []).slice(0, 50),
      prices: lowest(variants.flatMap(({ prices }) => prices)),
      variants,
      hidden:
        (product.status !== undefined && product.status !== 'active') || product.published_at === undefined,
    }),
  )
  return { events: [], products: [{ ...item, stock: sumStock(variants.map(({ stock }) => stock)) }] }
}

/** `products/delete`: nothing but an id, and no time. */
export function mapProductDeleted(topic: string, payload: unknown, { at }: MapContext): Mapped {
  const { id } = readPayload(z.object({ id: idField }), topic, payload)
  return { events: [], products: [{ id, updatedAt: at, hidden: true }] }
}
