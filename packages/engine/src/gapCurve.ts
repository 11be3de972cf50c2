import { z } from 'zod'
import { DAY, type Settings } from './settings.ts'
import { survivalCurve, type Duration, type SurvivalStep } from './survivalCurve.ts'

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

/** With fewer gaps that an order ended, one customer would move the shop's percentiles: there is no curve yet. */
export const FEWEST_GAPS = 100

/** From here on the curve is that of all gaps: its 95th percentile exists. */
const LARGEST_REST = 0.05

/**
 * The curve ends where fewer gaps than this have lasted so long, or than this share of those that ended: the only gap
 * of three years, once it ends, would say that no gap lasts longer.
 */
const FEWEST_AT_RISK = 5
const SMALLEST_SHARE_AT_RISK = 0.01

const POINTS = 60

/** Products of fractions miss by this little what they should be. */
const ROUNDING = 1e-9

const dayOf = (at: number) => Math.floor(at / DAY)

/**
 * A gap lasts from the last order of one day (UTC) to the first of the next day with one, as the customer's own timer
 * sees it.
 */
function* gapsOf(histories: Iterable<readonly number[]>, until: number): Generator<Duration> {
  for (const history of histories) {
    let last: number | undefined
    for (const at of history) {
      if (at > until) break
      if (last !== undefined && dayOf(at) !== dayOf(last)) yield { duration: at - last, ended: true }
      last = at
    }
    if (last !== undefined) yield { duration: until - last, ended: false }
  }
}

/** How many gaps an order has ended, and how many are still open. */
export function countGaps(
  histories: Iterable<readonly number[]>,
  until: number,
): Pick<GapCurve, 'gaps' | 'openGaps'> {
  let gaps = 0
  let openGaps = 0
  for (const { ended } of gapsOf(histories, until)) {
    if (ended) gaps += 1
    else openGaps += 1
  }
  return { gaps, openGaps }
}

/** The steps by which 1, 2, ... `parts` parts of `ended` (a share of all) have ended, up to the `last` step. */
function timesOf(
  steps: Iterable<SurvivalStep>,
  last: SurvivalStep,
  parts: number,
  ended: number,
): SurvivalStep[] {
  const times: SurvivalStep[] = []
  for (const step of steps) {
    if (step.duration > last.duration) break
    while (times.length < parts && 1 - step.survival >= ((times.length + 1) / parts) * ended - ROUNDING) {
      times.push(step)
    }
  }
  return times
}

/** The last step at which so many were at risk. The first one has at least all that ever end. */
function lastStepOf(steps: Iterable<SurvivalStep>, atRisk: number): SurvivalStep {
  let last: SurvivalStep | undefined
  for (const step of steps) {
    if (step.atRisk < atRisk) break
    last = step
  }
  return last as SurvivalStep
}

const round = (value: number, digits: number) => Number(value.toFixed(digits))

/**
 * The shop's gap curve from its customers' order times (each ascending), or null below `FEWEST_GAPS` repeat gaps.
 *
 * In most shops many gaps never end, so that the higher percentiles of all gaps do not exist: in the CDNOW sample (2,357
 * customers, 18 months) half of all gaps have ended after 93 days, and 31 % are open for as long as the data reaches.
 * Percentiles of the finished gaps alone run short, as long gaps have had less time to end: there median 34, p75 91, p95
 * 279 days. The same estimate read as a cure model (Maller, Zhou 1992, Biometrika 79:731) gives both: the height at which
 * it levels off is the share that never returns, and what falls above it is the distribution of those gaps that an order
 * ends: median 37, p75 106, p95 324 days.
 */
export function gapCurve(histories: Iterable<readonly number[]>, until: number): GapCurve | null {
  let gaps = 0
  let openGaps = 0
  function* counted() {
    for (const gap of gapsOf(histories, until)) {
      if (gap.ended) gaps += 1
      else openGaps += 1
      yield gap
    }
  }
  const steps = survivalCurve(counted())
  if (gaps < FEWEST_GAPS) return null
  const last = lastStepOf(steps, Math.max(FEWEST_AT_RISK, SMALLEST_SHARE_AT_RISK * gaps))
  const returning = 1 - last.survival
  const basis = last.survival <= LARGEST_REST ? 'all' : 'returning'
  const percentiles = timesOf(steps, last, 100, basis === 'all' ? 1 : returning).map(
    ({ duration }) => duration,
  )
  // Of all gaps, the last hundredths may end after all that the data reaches: by then at the earliest.
  while (percentiles.length < 99) percentiles.push(last.duration)
  const points = [...new Set(timesOf(steps, last, POINTS - 1, returning))].map(({ duration, survival }) => ({
    days: round(duration / DAY, 2),
    open: round(survival, 4),
  }))
  return {
    gaps,
    openGaps,
    returning: round(returning, 6),
    basis,
    percentiles: percentiles.slice(0, 99),
    curve: [{ days: 0, open: 1 }, ...points],
  }
}

/** The percentile `p` (1..99) of a curve, in milliseconds. */
export const percentileOf = ({ percentiles }: GapCurve, p: number) => percentiles[p - 1] as number

/**
 * Whether the median, or a percentile that limits are drawn by, has moved by more than 2 % and half a day: a curve that
 * has not is no new version.
 */
export function isMoved(
  before: GapCurve | null,
  after: GapCurve | null,
  { atRiskPercentile, lapsedPercentile }: Settings['gaps'],
): boolean {
  if (!before || !after) return before !== after
  return [50, atRiskPercentile, lapsedPercentile].some((p) => {
    const was = percentileOf(before, p)
    const moved = Math.abs(percentileOf(after, p) - was)
    return moved > 0.02 * was && moved > DAY / 2
  })
}
