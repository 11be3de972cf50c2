import { z } from 'zod'
import { PurchaseModelSchema } from './purchaseModel.ts'
import { SpendModelSchema } from './spendModel.ts'

/**
 * The shop's own parameters of the purchase and spend models, fitted by maximum likelihood. A purchase is a day (UTC)
 * with an order; times within the models are days, money is minor units of the workspace's currency.
 */
export const PredictionFitSchema = z.object({
  /** When it was fitted (epoch milliseconds), on how many customers, of how many with a second purchase. */
  at: z.number(),
  customers: z.number().int(),
  repeaters: z.number().int(),
  /** The first and the last order that are in it: epoch milliseconds. */
  firstAt: z.number(),
  lastAt: z.number(),
  /** By which customers are predicted. */
  mbgnbd: PurchaseModelSchema,
  /** The older model, for comparison: of the two, the greater likelihood describes the shop better. */
  bgnbd: PurchaseModelSchema,
  /** Null where too few have spent anything at a second purchase: orders are predicted then, and no money. */
  gammaGamma: SpendModelSchema.nullable(),
})
export type PredictionFit = z.infer<typeof PredictionFitSchema>

const enough = z.object({ found: z.number().int(), needed: z.number().int() })

/** Why there is no fit: how many there are of what it needs. */
export const TooLittleDataSchema = z.object({
  kind: z.literal('tooLittleData'),
  customers: enough,
  repeaters: enough,
  /** Since the shop's first order. */
  days: enough,
})
export type TooLittleData = z.infer<typeof TooLittleDataSchema>
