import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  FEWEST_GAPS,
  gapCurve,
  GapCurveSchema,
  isMoved,
  percentileOf,
  type GapCurve,
} from '../src/gapCurve.ts'
import { SettingsSchema } from '../src/settings.ts'
import { check, runs, seed } from './support/histories.ts'
import { DAY, HOUR, START } from './support/inputs.ts'

const days = (...numbers: number[]) => numbers.map((day) => START + day * DAY)
const inDays = (curve: GapCurve | null, ...percentiles: number[]) =>
  percentiles.map((p) => curve && percentileOf(curve, p) / DAY)

/** A customer for each gap of 1 ... `count` days, seen until long after. */
const returned = (count: number) => Array.from({ length: count }, (_, index) => days(0, index + 1))
/** As many who ordered once. */
const once = (count: number) => Array.from({ length: count }, () => days(0))
const UNTIL = START + 1_000 * DAY

describe('the gap curve', () => {
  it(`is none below ${FEWEST_GAPS} repeat gaps`, () => {
    expect(gapCurve([], UNTIL)).toBeNull()
    expect(gapCurve([...returned(99), ...once(500)], UNTIL)).toBeNull()
    expect(gapCurve(returned(100), UNTIL)).not.toBeNull()
  })

  it('has the percentiles of all gaps where nearly all end', () => {
    // 200 gaps of 1 to 200 days end, and the last order of each customer is seen for a day.
    const histories = Array.from({ length: 200 }, (_, index) => days(-index - 2, -1))
    const curve = gapCurve(histories, START)
    expect(curve).toMatchObject({ gaps: 200, openGaps: 200, basis: 'all' })
    expect(curve?.returning).toBeGreaterThan(0.95)
    // The open gaps last a day, and an end comes first: S(1) = 399/400, then S(t) = 399/400 * (200 - t) / 199.
    expect(inDays(curve, 50, 75, 95)).toEqual([101, 151, 191])
  })

  it('has the percentiles of the gaps that an order ends where many never end', () => {
    const curve = gapCurve([...returned(100), ...once(300)], UNTIL)
    // 500 gaps, of which the 400 open ones are at risk all the time: a fifth ends.
    expect(curve).toMatchObject({ gaps: 100, openGaps: 400, basis: 'returning' })
    expect(curve?.returning).toBeCloseTo(0.2, 6)
    expect(inDays(curve, 1, 50, 75, 95, 99)).toEqual([1, 50, 75, 95, 99])
  })

  it.each([0, 1, 7, 40, 150, 1_000])('has exact percentiles where %i more never end', (more) => {
    const all = Array.from({ length: 99 }, (_, index) => index + 1)
    expect(inDays(gapCurve([...returned(100), ...once(more)], UNTIL), ...all)).toEqual(all)
  })

  it('counts an open gap only for as long as it has lasted', () => {
    // 100 customers return after 10 days, 100 after 30; of 200 others the last order is 20 days ago.
    const histories = [
      ...Array.from({ length: 100 }, () => days(-400, -390)),
      ...Array.from({ length: 100 }, () => days(-400, -370)),
      ...Array.from({ length: 200 }, () => days(-20)),
    ]
    const curve = gapCurve(histories, START)
    // After 10 days 600 are at risk, after 30 days 300: S = 5/6, then 5/6 * 2/3 = 5/9.
    expect(curve?.returning).toBeCloseTo(4 / 9, 6)
    expect(curve?.curve).toEqual([
      { days: 0, open: 1 },
      { days: 10, open: 0.8333 },
      { days: 30, open: 0.5556 },
    ])
    // Of those that return 1/6 : 5/18 after 10 and 30 days: the change is at 37.5 %, not at a half.
    expect(inDays(curve, 37, 38)).toEqual([10, 30])
  })

  it('takes the orders of one day (UTC) for one purchase', () => {
    const split = Array.from({ length: 120 }, (_, index) => [
      START,
      START + HOUR,
      START + (index + 1) * DAY + 22 * HOUR,
      START + (index + 1) * DAY + 23 * HOUR,
    ])
    const curve = gapCurve(split, UNTIL)
    expect(curve).toMatchObject({ gaps: 120, openGaps: 120 })
    // From the last order of the day to the first of the next.
    expect(percentileOf(curve as GapCurve, 1)).toBe(2 * DAY + 21 * HOUR)
    expect(gapCurve(split, START + 23 * HOUR)).toBeNull()
  })

  it('knows nothing of what comes later', () => {
    const early = returned(150)
    const more = early.map((history) => [...history, START + 900 * DAY])
    expect(gapCurve(more, START + 500 * DAY)).toEqual(gapCurve(early, START + 500 * DAY))
  })

  it('ends where hardly any gap has lasted so long', () => {
    const long = days(-900, 0)
    const curve = gapCurve([...returned(100), ...once(300), long], START + 800 * DAY)
    // The only gap of 900 days ends: the plain estimate would fall to 0 there, and p95 would be 900 days.
    expect(curve).toMatchObject({ gaps: 101, basis: 'returning' })
    expect(inDays(curve, 95)).toEqual([95])
  })

  /** So many gaps that the very last instant ends, and that nobody knows anything of after it. */
  const endingNow = (count: number, length: number) => Array.from({ length: count }, () => days(-length, 0))

  it.each<[open: number, basis: GapCurve['basis']]>([
    [10, 'all'],
    [11, 'returning'],
  ])('is that of all gaps where at most one in twenty never ends: %i of 190 more', (open, basis) => {
    const waiting = Array.from({ length: open }, () => days(-20))
    expect(gapCurve([...endingNow(190, 10), ...waiting], START)).toMatchObject({ gaps: 190, basis })
  })

  it.each<[short: number, long: number, end: number]>([
    [100, 4, 10],
    [100, 5, 300],
    // One for every hundred that ended.
    [991, 9, 10],
    [990, 10, 300],
  ])('reaches as far as enough gaps: of %i and %i', (short, long, end) => {
    const curve = gapCurve([...endingNow(short, 10), ...endingNow(long, 300)], START)?.curve
    expect(curve?.at(-1)?.days).toBe(end)
  })

  it('is one where nearly everybody ordered for the first time today', () => {
    const today = Array.from({ length: 20_000 }, () => days(999.5))
    expect(gapCurve([...returned(100), ...today], UNTIL)).toMatchObject({ gaps: 100, openGaps: 20_100 })
  })

  const arbitraryHistories = fc.array(
    fc.array(fc.integer({ min: 0, max: 400 * 24 }), { minLength: 1, maxLength: 12 }),
    { minLength: 30, maxLength: 80 },
  )
  const ascending = (hours: readonly number[]) =>
    hours.toSorted((one, other) => one - other).map((hour) => START + hour * HOUR)

  it(`never falls back, and its picture has at most 60 points (seed ${seed}, ${runs} runs)`, () => {
    let curves = 0
    check(
      fc.property(arbitraryHistories, (hours) => {
        const curve = gapCurve(hours.map(ascending), START + 401 * DAY)
        if (!curve) return
        curves += 1
        expect(GapCurveSchema.parse(curve)).toEqual(curve)
        expect(curve.percentiles).toEqual(curve.percentiles.toSorted((one, other) => one - other))
        expect(curve.percentiles[0]).toBeGreaterThan(0)
        expect(curve.openGaps).toBe(hours.length)
        expect(curve.curve.length).toBeLessThanOrEqual(60)
        for (const [index, { days: day, open }] of curve.curve.entries()) {
          if (index === 0) continue
          expect(day).toBeGreaterThanOrEqual(curve.curve[index - 1]?.days as number)
          expect(open).toBeLessThanOrEqual(curve.curve[index - 1]?.open as number)
        }
        expect(curve.curve.at(-1)?.open).toBeCloseTo(1 - curve.returning, 3)
      }),
    )
    expect(curves).toBeGreaterThan(0)
  })
})

describe('a gap curve has moved', () => {
  const { gaps } = SettingsSchema.parse({})
  const curve = gapCurve([...returned(100), ...once(300)], UNTIL) as GapCurve
  const withPercentile = (p: number, by: number) => ({
    ...curve,
    percentiles: curve.percentiles.map((at, index) => (index === p - 1 ? at + by : at)),
  })

  it.each([
    ['none there was', null, curve, true],
    ['none there is', curve, null, true],
    ['still none', null, null, false],
    ['the same', curve, { ...curve }, false],
    ['the median by 3 days of 50', curve, withPercentile(50, 3 * DAY), true],
    ['the median by -3 days', curve, withPercentile(50, -3 * DAY), true],
    ['the median by 1 day of 50: 2 %', curve, withPercentile(50, DAY), false],
    ['p75 by 2 days', curve, withPercentile(75, 2 * DAY), true],
    ['p95 by 2 days', curve, withPercentile(95, 2 * DAY), true],
    ['p95 by 1 day', curve, withPercentile(95, DAY), false],
    ['another percentile', curve, withPercentile(60, 30 * DAY), false],
    ['other counts alone', curve, { ...curve, gaps: 4_000, returning: 0.3 }, false],
  ])('%s', (_, before, after, moved) => {
    expect(isMoved(before, after, gaps)).toBe(moved)
  })

  it('by the percentiles that the settings draw limits by', () => {
    const own = { ...gaps, atRiskPercentile: 60 }
    expect(isMoved(curve, withPercentile(60, 30 * DAY), own)).toBe(true)
    expect(isMoved(curve, withPercentile(75, 30 * DAY), own)).toBe(false)
  })

  it('not by half a day, however short the gaps are', () => {
    const short = { ...curve, percentiles: curve.percentiles.map(() => 5 * DAY) }
    const moved = (by: number) => ({ ...short, percentiles: short.percentiles.map((at) => at + by) })
    expect(isMoved(short, moved(DAY / 2), gaps)).toBe(false)
    expect(isMoved(short, moved(DAY / 2 + 1), gaps)).toBe(true)
  })
})
