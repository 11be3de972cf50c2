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

export const BuildRequestedSchema = z.object({ requested: z.boolean() })
