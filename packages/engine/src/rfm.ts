import { z } from 'zod'

/** Klaviyo's published groups of recency, frequency and monetary value, best first. */
export const RFM_GROUPS = ['champions', 'loyal', 'recent', 'needsAttention', 'atRisk', 'inactive'] as const
export type RfmGroup = (typeof RFM_GROUPS)[number]

/** Where the middle third of the shop's buyers begins, and the top third. */
export const RfmLinesSchema = z.object({
  buyers: z.number().int(),
  /** Orders of a positive value. */
  frequency: z.object({ middle: z.number(), top: z.number() }),
  /** Minor units of the workspace's currency, net of refunds. */
  monetary: z.object({ middle: z.number(), top: z.number() }),
})
export type RfmLines = z.infer<typeof RfmLinesSchema>

/** A customer's scores for recency, frequency and value, as `321`, and the group they make. */
export interface RfmScores {
  scores: string
  group: RfmGroup
}
