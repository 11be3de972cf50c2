import { currencyOf } from '@ciclo/engine'
import { z } from 'zod'

export const ProductFeedRequestSchema = z.strictObject({
  url: z
    .url({
      protocol: /^https?$/,
      error: 'expected the address of a feed, such as https://shop.example/feed.xml',
    })
    .max(2_000),
  /** Of prices that name none; the shop's, if left out. */
  currency: z
    .string()
    .refine((given) => currencyOf(given) !== undefined, 'expected a currency such as EUR')
    .transform((given) => currencyOf(given) ?? given)
    .nullish(),
})

export const ProductFeedSchema = z.object({
  /** Null where there is none. */
  feed: z
    .object({
      url: z.string(),
      currency: z.string().nullable(),
      /** When it was asked for last, and when it had changed last. */
      readAt: z.iso.datetime().nullable(),
      changedAt: z.iso.datetime().nullable(),
      /** Products, of the last time that it had changed. */
      changed: z.int(),
      unchanged: z.int(),
      refused: z.int(),
      /** Why the first few were refused, each behind its row or item. */
      problems: z.array(z.string()),
      /** Why it could not be read the last time; null where it could. */
      problem: z.string().nullable(),
    })
    .nullable(),
})
