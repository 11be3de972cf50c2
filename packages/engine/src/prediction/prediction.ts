import { z } from 'zod'

const band = z.object({ low: z.number(), expected: z.number(), high: z.number() })

/** What is to be expected of a customer in the 365 days after `at`. Money is in minor units. */
export const PredictionSchema = z.object({
  at: z.number(),
  /** The probability that the customer still buys: 0 to 1. */
  alive: z.number(),
  orders: band,
  spend: band,
  /** ISO 4217: the workspace's own. */
  currency: z.string(),
  /** Revenue so far, net of refunds, and the spend to be expected. */
  lifetimeValue: z.number(),
  /** When the next order is to be expected, if one is. */
  nextOrderAt: z.number().nullable(),
  /** What it rests on. */
  basis: z.object({ orders: z.number(), ageDays: z.number(), fittedOn: z.number(), fittedAt: z.number() }),
})
export type Prediction = z.infer<typeof PredictionSchema>
