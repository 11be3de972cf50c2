import { z } from 'zod'

/**
 * What the shop's order gaps say: the Kaplan-Meier estimate of the time from an order to the next one, of all customers
 * together, each customer's open gap counted as censored. Durations are milliseconds.
 */
export const GapCurveSchema = z.object({
  /** Gaps that an order ended, and those that are still open. */
  gaps: z.number().int(),
  openGaps: z.number().int(),
  /** The share of gaps that an order ends, as far as the data reaches. */
  returning: z.number(),
  /**
   * Whom the percentiles are of: all gaps, or, where too many never end for that, the gaps that an order ends.
   */
  basis: z.enum(['all', 'returning']),
  /** When 1 %, 2 % ... 99 % of those have ended. */
  percentiles: z.array(z.number()).length(99),
  /** The curve for a picture: the share of gaps that are still open after so many days. */
  curve: z.array(z.object({ days: z.number(), open: z.number() })),
})
export type GapCurve = z.infer<typeof GapCurveSchema>
