import { z } from 'zod'

/**
 * The expected value, and the band in which at least 8 of 10 such customers end: at most 1 of 10 below, 1 of 10 above.
 */
const band = z.object({ low: z.number(), expected: z.number(), high: z.number() })

/** What is to be expected of a customer in the 365 days after `at`. Money is in minor units of `currency`. */
export const PredictionSchema = z.object({
  at: z.number(),
  /** The probability that the customer still buys: 0 to 1. */
  alive: z.number(),
  /** Days (UTC) with an order. The band is of whole ones. */
  orders: band,
  /** Null where the shop's spend is not known well enough. */
  spend: band.nullable(),
  /** ISO 4217: the workspace's own. */
  currency: z.string(),
  /** Revenue so far, net of refunds, and the spend to be expected. */
  lifetimeValue: z.number().nullable(),
  /** By when an order is as likely as not, null where that is not within the 365 days. */
  nextOrderAt: z.number().nullable(),
  /**
   * What it rests on: the customer's own days with an order, the whole days since the first of them, and the shop's fit.
   */
  basis: z.object({ orders: z.number(), ageDays: z.number(), fittedOn: z.number(), fittedAt: z.number() }),
})
export type Prediction = z.infer<typeof PredictionSchema>
