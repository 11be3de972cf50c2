import { z } from 'zod'

const days = z.number()

/** What the shop's order gaps say. Durations are days. */
export const GapsSchema = z.object({
  /**
   * Whom the percentiles are of: `all` gaps, or the gaps of those `returning`, where many gaps never end; `cold-start`:
   * too few gaps have ended for a curve.
   */
  basis: z.enum(['cold-start', 'all', 'returning']),
  /** The setting `gaps.mode`: with `fixed` the limits of the settings count, whatever the curve says. */
  mode: z.enum(['curve', 'fixed']),
  /** Gaps that an order has ended, and those that are still open. */
  gaps: z.int(),
  openGaps: z.int(),
  /** How many gaps have to end for a curve, and how many of those are missing. */
  needed: z.int(),
  missing: z.int(),
  /** The share of gaps that an order ends, as far as the data reaches. */
  returning: z.number().nullable(),
  percentiles: z.array(z.object({ percentile: z.int(), days })),
  /** The share of gaps that are still open after so many days. */
  curve: z.array(z.object({ days, open: z.number() })),
  /** When a customer without a gap of their own is at risk, lapsed and lost: days after the order. */
  limits: z.object({
    basis: z.enum(['settings', 'cold-start', 'shop', 'own']),
    atRisk: days,
    lapsed: days,
    lost: days,
    expectedGap: days.nullable(),
  }),
  /** Until when the orders were read that the curve is of. */
  computedAt: z.iso.datetime().nullable(),
  /** The version of the rules that holds it, and since when it is valid; null: from the beginning. */
  version: z.int(),
  validFrom: z.iso.datetime().nullable(),
})
export type Gaps = z.infer<typeof GapsSchema>
