import { CataloguePriceSchema, CatalogueVariantSchema } from '@ciclo/engine'
import { z } from 'zod'
import { ProductSchema } from './apiSchemas.ts'

/** Each item is looked at by itself, so that one that is wrong keeps no other out. */
export const TakeProductsRequestSchema = z.strictObject({
  products: z.array(z.unknown()).max(500, { message: 'expected at most 500 products at a time' }),
  /** Nothing is stored: what would come of it is said. */
  dryRun: z.boolean().default(false),
})

export const TakenProductsSchema = z.object({
  /** In the order in which they were given. */
  products: z.array(
    z.object({
      /** Null where it has none that can be read. */
      id: z.string().nullable(),
      result: z.enum(['changed', 'unchanged', 'refused']),
      /** Of one that was refused. */
      reason: z.string().nullable(),
    }),
  ),
})

/** A product with all that the shop's system lists of it. Amounts are in minor units of their currency. */
export const ProductDetailSchema = ProductSchema.extend({
  prices: z.array(CataloguePriceSchema),
  variants: z.array(CatalogueVariantSchema),
  images: z.array(z.string()),
  /** When the shop's system last said what it is. */
  listedAt: z.iso.datetime().nullable(),
  /** The lowest price of each day on which one was told, by currency and day. */
  history: z.array(z.object({ currency: z.string(), at: z.iso.datetime(), price: z.int() })),
})
