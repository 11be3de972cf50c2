/** How long after the last order a customer is at risk, lapsed and lost (milliseconds), and where that comes from. */
export interface PersonalLimits {
  atRisk: number
  lapsed: number
  lost: number
  /**
   * `cold-start`: the shop has too few repeat gaps, the defaults count; `shop`: the shop's curve; `own`: the shop's curve
   * blended with the customer's own gaps.
   */
  basis: 'cold-start' | 'shop' | 'own'
  /** The gap to expect until the next order; null at a cold start. */
  expectedGap: number | null
  /** How many gaps of the customer's own are in it. */
  gaps: number
}
