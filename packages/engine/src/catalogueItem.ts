import { z } from 'zod'
import { currencyOf } from './money.ts'

const text = (length: number) => z.string().trim().min(1).max(length)
const link = z
  .string()
  .max(2_000)
  .regex(/^https?:\/\/[^\s"'<>]+$/i, 'expected an absolute web address')
const count = z.int().min(0).max(1_000_000_000)
/** ISO 4217. */
const currency = z.string().transform((given, context) => {
  const found = currencyOf(given)
  if (found !== undefined) return found
  context.addIssue({
    code: 'custom',
    message: `given ${JSON.stringify(given)}, expected a currency such as EUR`,
  })
  return z.NEVER
})

/** What one costs in a currency, in its minor units; `previous` is what it cost before it was reduced. */
export const CataloguePriceSchema = z.object({
  currency,
  price: z.int().min(0),
  previous: z.int().min(0).nullable().default(null),
})

/** One of the forms in which a product is sold, such as a size. */
export const CatalogueVariantSchema = z.object({
  id: text(255),
  sku: text(255).nullable().default(null),
  name: text(255).nullable().default(null),
  prices: z.array(CataloguePriceSchema).max(200).default([]),
  /** Null: nobody counts them, and it can always be bought. */
  stock: count.nullable().default(null),
  imageUrl: link.nullable().default(null),
})

/**
 * A product as a shop's system lists it: all that it says at `updatedAt`. What it leaves out is not known to it, and
 * stays as it is.
 */
export const CatalogueItemSchema = z.object({
  id: text(255),
  /** By the system's own clock: an older word changes nothing. Epoch milliseconds. */
  updatedAt: z.int(),
  sku: text(255).optional(),
  name: text(255).optional(),
  brand: text(255).optional(),
  category: text(255).optional(),
  url: link.optional(),
  images: z.array(link).max(50).optional(),
  prices: z.array(CataloguePriceSchema).max(200).optional(),
  /** Of all variants together; null: nobody counts them, and it can always be bought. */
  stock: count.nullable().optional(),
  variants: z.array(CatalogueVariantSchema).max(2_000).optional(),
  /** Not for sale any more, or not yet. */
  hidden: z.boolean().optional(),
})

export type CataloguePrice = z.infer<typeof CataloguePriceSchema>
export type CatalogueVariant = z.infer<typeof CatalogueVariantSchema>
export type CatalogueItem = z.infer<typeof CatalogueItemSchema>
