import { z } from 'zod'

/**
 * What a shop's customers spend at a purchase: each around a mean of their own (gamma, shape `p`), the means spread over
 * the customers (shape `q`, scale `v`).
 * Sources: Colombo, Jiang 1999, Journal of Interactive Marketing 13:2; Fader, Hardie, Lee 2005, Journal of Marketing
 * Research 42:415; Fader, Hardie 2013, The Gamma-Gamma Model of Monetary Value.
 */
export const SpendModelSchema = z.object({
  p: z.number(),
  /** Above 1: or there would be no mean over the customers. */
  q: z.number(),
  /** In minor units of the workspace's currency. */
  v: z.number(),
  /** On how many it was fitted. */
  customers: z.number().int(),
  logLikelihood: z.number(),
})
type SpendModel = z.infer<typeof SpendModelSchema>
export type SpendParameters = Pick<SpendModel, 'p' | 'q' | 'v'>

/** One customer's purchases, and what was spent at one of them on average: above 0. */
export interface SpendHistory {
  purchases: number
  mean: number
}
