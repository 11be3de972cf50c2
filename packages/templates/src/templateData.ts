import { z } from 'zod'

const webUrl = z.url({ protocol: /^https?$/ })

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
    open: webUrl.optional(),
  }),
  purpose: z.enum(['marketing', 'transactional']),
})

export type TemplateData = z.infer<typeof TemplateData>
