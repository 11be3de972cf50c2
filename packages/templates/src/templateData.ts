import { z } from 'zod'

const webUrl = z.url({ protocol: /^https?$/ })

const RecommendedRow = z.object({
  name: z.string(),
  url: webUrl.optional(),
  imageUrl: webUrl.optional(),
  /** Of one. */
  price: z.string().optional(),
  /** In the mail's language: 'Bought together by 41 customers'. */
  why: z.string(),
})

/** What a template can show of one customer and the shop. Parse it at the edge; rendering does not check it again. */
export const TemplateData = z.object({
  customer: z.object({ firstName: z.string().optional(), email: z.string() }),
  shop: z.object({
    name: z.string(),
    /** Without a slash at the end, so that `{{ shop.url }}/products` is right. */
    url: webUrl.overwrite((url) => url.replace(/\/+$/, '')),
    /** Postal address, one line or several. */
    address: z.string().optional(),
  }),
  /** Our own links. They are shown as they are and never passed to `link`. */
  urls: z.object({
    confirm: webUrl.optional(),
    unsubscribe: webUrl.optional(),
    preferences: webUrl.optional(),
    viewInBrowser: webUrl.optional(),
    /** The page of a question's answers; a template adds `?answer=...`. */
    survey: webUrl.optional(),
    open: webUrl.optional(),
  }),
  purpose: z.enum(['marketing', 'transactional']),
  /** What it is about, as the shop's catalogue has it. Prices and numbers are written in the mail's language. */
  products: z
    .array(
      z.object({
        name: z.string(),
        url: webUrl.optional(),
        imageUrl: webUrl.optional(),
        quantity: z.string(),
        /** Of one. */
        price: z.string().optional(),
        /**
         * What it cost before. It is there only beside `lowestPrice30d`: who strikes a price through has to show the
         * lowest one of the 30 days before, too (Directive 98/6/EC, art. 6a).
         */
        previousPrice: z.string().optional(),
        lowestPrice30d: z.string().optional(),
      }),
    )
    .optional(),
  /**
   * What goes with what the mail is about, else with what the customer has bought last. This list and those of
   * `recommended` are there only where the template names them.
   */
  recommendations: z.array(RecommendedRow).optional(),
  recommended: z
    .object({
      /** What others have bought after it. */
      next: z.array(RecommendedRow).optional(),
      popular: z.array(RecommendedRow).optional(),
      /** What the customer has looked at and not bought. */
      viewed: z.array(RecommendedRow).optional(),
    })
    .optional(),
  order: z
    .object({
      id: z.string(),
      subtotal: z.string().optional(),
      discount: z.string().optional(),
      shipping: z.string().optional(),
      tax: z.string().optional(),
      total: z.string().optional(),
      /** Where it goes to, several lines. */
      address: z.string().optional(),
    })
    .optional(),
  coupon: z.object({ code: z.string(), expiresAt: z.string().optional() }).optional(),
  /** What the shop's server has said, by its own names: `carrier`, `tracking_url`, `balance`. */
  event: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
})

export type TemplateData = z.infer<typeof TemplateData>
