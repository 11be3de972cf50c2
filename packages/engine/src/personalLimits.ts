import { percentileOf, type GapCurve } from './gapCurve.ts'
import type { OrderFigures } from './orderFigures.ts'
import { DAY, type Settings } from './settings.ts'

/** How long after the last order a customer is at risk, lapsed and lost (milliseconds), and where that comes from. */
export interface PersonalLimits {
  atRisk: number
  lapsed: number
  lost: number
  /**
   * `settings`: the shop wants fixed limits; `cold-start`: it has too few repeat gaps, so those of the settings count;
   * `shop`: the shop's curve; `own`: the shop's curve blended with the customer's own gaps.
   */
  basis: 'settings' | 'cold-start' | 'shop' | 'own'
  /** The gap to expect until the next order; null at a cold start. */
  expectedGap: number | null
  /** How many gaps of the customer's own are in it. */
  gaps: number
}

/** Nobody's limit is later by more than days: far beyond, dates would run out. */
const LONGEST = 10 * 365 * DAY

/**
 * A customer's own limits. The gap to expect is the customer's mean gap, blended with the shop's median as if that were
 * `priorWeight` gaps more; the shop's percentiles are scaled by it. Limits are at least a day, and a day apart.
 */
export function personalLimits(
  figures: OrderFigures,
  settings: Settings,
  curve: GapCurve | null,
): PersonalLimits {
  const { mode, atRiskPercentile, lapsedPercentile, lostFactor, priorWeight } = settings.gaps
  if (!curve || mode === 'fixed') {
    const { atRisk, lapsed, lost } = settings.limits
    const basis = mode === 'fixed' ? 'settings' : 'cold-start'
    return { atRisk, lapsed, lost, basis, expectedGap: null, gaps: 0 }
  }
  // A shop whose customers come back within minutes of midnight would scale everybody else's gaps into centuries.
  const median = Math.max(DAY, percentileOf(curve, 50))
  const { firstAt, lastAt, orderDays } = figures
  // No day at all: an older version wrote the figures, and did not count them.
  const gaps = Math.max(0, orderDays - 1)
  const own = gaps === 0 ? 0 : (lastAt as number) - (firstAt as number)
  const expectedGap = Math.round((own + priorWeight * median) / (gaps + priorWeight))
  const scale = expectedGap / median
  const scaled = (p: number) => Math.min(LONGEST, Math.round(percentileOf(curve, p) * scale))
  const atRisk = Math.max(DAY, scaled(atRiskPercentile))
  const lapsed = Math.max(atRisk + DAY, scaled(lapsedPercentile))
  const lost = Math.max(lapsed + DAY, Math.min(LONGEST, Math.round(lostFactor * lapsed)))
  return { atRisk, lapsed, lost, basis: gaps === 0 ? 'shop' : 'own', expectedGap, gaps }
}
