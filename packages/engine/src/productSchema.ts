import type { z } from 'zod'
import { decimal, field, id, properties, readId, text } from './commerceFields.ts'

/** The fields that every event about a product has, and every product in a list. */
const PRODUCT_FIELDS = {
  product_id: id,
  sku: id,
  category: text,
  name: text,
  brand: text,
  variant: text,
  /** Of one, as a decimal in the event's currency. */
  price: decimal,
  /** What it cost before, and the lowest price of the 30 days before that: of a price that has gone down. */
  previous_price: decimal,
  lowest_price_30d: decimal,
  quantity: decimal,
  coupon: text,
  currency: text,
  position: decimal,
  value: decimal,
  url: text,
  image_url: text,
}

/** The properties of an event about one product, with further fields of its own. */
export const productProperties = <Shape extends z.ZodRawShape>(shape: Shape) =>
  properties({ ...PRODUCT_FIELDS, ...shape }).transform((product) => {
    // The specification's first version called it `id`.
    const { product_id: stated, id: first } = product as { product_id?: string; id?: unknown }
    return { ...product, product_id: stated ?? readId(first) }
  })

/** A product as the e-commerce specification describes it (https://segment.com/docs/connections/spec/ecommerce/v2/). */
export const ProductSchema = productProperties({})

export type Product = z.infer<typeof ProductSchema>

/** No cart or order has more; one event could hold some thousand empty ones. */
const LIST_LENGTH = 500

/** PHP sends a list with a gap as an object with numbers for names. */
function itemsOf(list: unknown): unknown[] | undefined {
  if (Array.isArray(list)) return list as unknown[]
  const isNumbered =
    typeof list === 'object' && list !== null && Object.keys(list).every((name) => /^\d+$/.test(name))
  return isNumbered ? Object.values(list) : undefined
}

/** The products of a list, without what is no product; undefined where there is no list. */
export const products = field((list): Product[] | undefined =>
  itemsOf(list)
    ?.slice(0, LIST_LENGTH)
    .flatMap((item) => {
      const { success, data } = ProductSchema.safeParse(item)
      return success ? [data] : []
    }),
)
