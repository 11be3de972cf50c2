import { z } from 'zod'

/**
 * How a shop's customers buy and stop buying. Each buys at a rate of their own, spread over the customers as a gamma
 * distribution (shape `r`, rate `alpha` days); after each purchase each stops for good with a probability of their own,
 * spread as a beta distribution (`a`, `b`).
 */
export const PurchaseModelSchema = z.object({
  r: z.number(),
  /** In days. */
  alpha: z.number(),
  a: z.number(),
  b: z.number(),
  logLikelihood: z.number(),
})
type PurchaseModel = z.infer<typeof PurchaseModelSchema>
export type PurchaseParameters = Omit<PurchaseModel, 'logLikelihood'>

/**
 * Whether a customer may stop after the first purchase already (MBG/NBD; Batislam, Denizel, Filiztekin 2007,
 * International Journal of Research in Marketing 24:201) or only after a repeated one (BG/NBD; Fader, Hardie, Lee 2005,
 * Marketing Science 24:275), by which everybody who has bought once would be a customer for ever.
 */
export type PurchaseVariant = 'mbgnbd' | 'bgnbd'

/** One customer's purchases in days since the first: how many more there were, when the last was, how long ago it began. */
export interface PurchaseHistory {
  repeats: number
  last: number
  age: number
}

/** After how many purchases a customer who still buys could have stopped. */
export const chancesToStop = (repeats: number, variant: PurchaseVariant) =>
  repeats + (variant === 'mbgnbd' ? 1 : 0)
