import { z } from 'zod'

/**
 * The shop's own parameters of the purchase and spend models, fitted by maximum likelihood. Times are days.
 * Sources: Batislam, Denizel, Filiztekin 2007 (MBG/NBD); Fader, Hardie, Lee 2005 (BG/NBD); Fader, Hardie 2013 (spend).
 */
export const PredictionFitSchema = z.object({
  /** When it was fitted, on how many customers, of how many with a second order. */
  at: z.number(),
  customers: z.number().int(),
  repeaters: z.number().int(),
})
export type PredictionFit = z.infer<typeof PredictionFitSchema>
