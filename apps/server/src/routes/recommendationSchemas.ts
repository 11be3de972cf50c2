import { z } from 'zod'
import { RECOMMENDED_KINDS } from '../recommendations/recommend.ts'

export const RecommendationQuerySchema = z.object({
  /** One or several, between commas: what they are to go with. */
  productId: z.string().max(2_000).optional(),
  /** Whose: one of the three. */
  customerId: z.string().max(100).optional(),
  email: z.string().max(320).optional(),
  userId: z.string().max(512).optional(),
  kind: z.enum(RECOMMENDED_KINDS).default('together'),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})

/** What a page of the shop may ask: nothing of any customer. */
export const PublicRecommendationQuerySchema = z.object({
  writeKey: z.string().max(300).optional(),
  productId: z.string().max(2_000).optional(),
  kind: z.enum(['together', 'next', 'popular']).default('together'),
  limit: z.coerce.number().int().min(1).max(20).default(5),
})

export const RecommendationsSchema = z.object({
  recommendations: z.array(
    z.object({
      product: z.object({
        id: z.string(),
        name: z.string(),
        url: z.string().nullable(),
        imageUrl: z.string().nullable(),
        /** Of one, in minor units of the currency. */
        price: z.int().nullable(),
        currency: z.string().nullable(),
      }),
      /** 'bought together by 41 of 60 customers' */
      reason: z.object({ kind: z.enum(RECOMMENDED_KINDS), customers: z.int(), of: z.int() }),
    }),
  ),
})

export const RecommendationsAboutSchema = RecommendationsSchema.extend({
  /** The products that were asked about, as far as the catalogue knows them. */
  about: z.array(z.object({ id: z.string(), name: z.string() })),
})

/** What a run of the job has to say. */
export const BuiltSchema = z.object({ lines: z.int(), products: z.int(), lists: z.int() })

export const BuildSchema = z.object({
  /** They are being made, or are the next that is. */
  isUnderWay: z.boolean(),
  /** When they were last made; null: never. */
  madeAt: z.iso.datetime().nullable(),
  /** Of how many lines of orders and how many products, and how many lists were made of them. */
  made: BuiltSchema.nullable(),
  /** Why the last try failed; it is tried again. */
  error: z.string().nullable(),
})

export const BuildRequestedSchema = z.object({ requested: z.boolean() })
