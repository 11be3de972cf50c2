import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { GapCurve } from '../src/gapCurve.ts'
import { NO_ORDERS, type OrderFigures } from '../src/orderFigures.ts'
import { personalLimits } from '../src/personalLimits.ts'
import { SettingsSchema } from '../src/settings.ts'
import { check, runs, seed } from './support/histories.ts'
import { DAY, START } from './support/inputs.ts'

const settings = SettingsSchema.parse({})

/** A shop whose percentile p is p days. */
const curve: GapCurve = {
  gaps: 1_000,
  openGaps: 300,
  returning: 0.7,
  basis: 'returning',
  percentiles: Array.from({ length: 99 }, (_, index) => (index + 1) * DAY),
  curve: [],
}

/** Somebody with an order each `gap` days, `gaps` times again. */
const buyer = (gaps: number, gap: number): OrderFigures => ({
  ...NO_ORDERS,
  count: gaps + 1,
  orderDays: gaps + 1,
  firstAt: START,
  lastAt: START + gaps * gap * DAY,
})

const inDays = ({ atRisk, lapsed, lost, expectedGap, ...rest }: ReturnType<typeof personalLimits>) => ({
  ...rest,
  days: [atRisk, lapsed, lost, expectedGap].map((at) => at && at / DAY),
})

describe('personal limits', () => {
  it('of a shop without a curve are those of the settings', () => {
    const expected = { basis: 'cold-start', gaps: 0, days: [90, 180, 365, null] }
    expect(inDays(personalLimits(buyer(5, 10), settings, null))).toEqual(expected)
    const fixed = SettingsSchema.parse({
      gaps: { mode: 'fixed' },
      limits: { atRisk: DAY, lapsed: 2 * DAY, lost: 3 * DAY },
    })
    expect(inDays(personalLimits(buyer(5, 10), fixed, curve)).days).toEqual([1, 2, 3, null])
  })

  it.each<[gaps: number, gap: number, expected: number[]]>([
    // (n * own + 3 * 50) / (n + 3), and 75, 95 and twice 95 days in the same proportion.
    [1, 10, [60, 76, 152, 40]],
    [2, 25, [60, 76, 152, 40]],
    [3, 50, [75, 95, 190, 50]],
    [3, 150, [150, 190, 380, 100]],
    [7, 400, [442.5, 560.5, 1_121, 295]],
  ])('after %i gaps of %i days of their own follow the blend', (gaps, gap, days) => {
    expect(inDays(personalLimits(buyer(gaps, gap), settings, curve))).toEqual({ basis: 'own', gaps, days })
  })

  it('of somebody with one order, or several on one day, are the shop’s', () => {
    const shop = { basis: 'shop', gaps: 0, days: [75, 95, 190, 50] }
    expect(inDays(personalLimits(buyer(0, 0), settings, curve))).toEqual(shop)
    expect(inDays(personalLimits({ ...buyer(0, 0), count: 4 }, settings, curve))).toEqual(shop)
    expect(inDays(personalLimits(NO_ORDERS, settings, curve))).toEqual(shop)
  })

  it('come from the percentiles, the factor and the weight of the settings', () => {
    const own = SettingsSchema.parse({
      gaps: { atRiskPercentile: 60, lapsedPercentile: 80, lostFactor: 1.5, priorWeight: 1 },
    })
    expect(inDays(personalLimits(buyer(1, 150), own, curve)).days).toEqual([120, 160, 240, 100])
  })

  it('are at least a day, and a day apart', () => {
    const flat = { ...curve, percentiles: curve.percentiles.map(() => 60_000) }
    expect(inDays(personalLimits(buyer(0, 0), settings, flat)).days).toEqual([1, 2, 4, 1])
    const near = SettingsSchema.parse({ gaps: { lostFactor: 1.001 } })
    expect(inDays(personalLimits(buyer(0, 0), near, flat)).days).toEqual([1, 2, 3, 1])
  })

  it('are ten years at most', () => {
    const wide = { ...curve, percentiles: curve.percentiles.map((at) => (at <= 50 * DAY ? DAY : 1_000 * at)) }
    expect(inDays(personalLimits(buyer(3, 1_000), settings, wide)).days.slice(0, 3)).toEqual([
      3_650, 3_651, 3_652,
    ])
  })

  it(`are whole, ascending and within the dates that exist (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(
        fc.record({
          gaps: fc.integer({ min: 0, max: 500 }),
          span: fc.integer({ min: 0, max: 60 * 365 * DAY }),
          widths: fc.array(fc.integer({ min: 0, max: 300 * DAY }), { minLength: 99, maxLength: 99 }),
          lostFactor: fc.double({ min: 1.001, max: 100, noNaN: true }),
        }),
        ({ gaps, span, widths, lostFactor }) => {
          let sum = 1
          const percentiles = widths.map((width) => (sum += width))
          const figures = { ...buyer(gaps, 0), lastAt: START + span }
          const settingsOf = SettingsSchema.parse({ gaps: { lostFactor } })
          const { atRisk, lapsed, lost } = personalLimits(figures, settingsOf, { ...curve, percentiles })
          expect([atRisk, lapsed, lost].every(Number.isSafeInteger)).toBe(true)
          expect(atRisk).toBeGreaterThanOrEqual(DAY)
          expect(lapsed).toBeGreaterThanOrEqual(atRisk + DAY)
          expect(lost).toBeGreaterThanOrEqual(lapsed + DAY)
          expect(new Date(figures.lastAt + lost).getTime()).not.toBeNaN()
        },
      ),
    )
  })

  it('of figures that an older version wrote, without days, are the shop’s', () => {
    const older = { ...buyer(3, 10), orderDays: 0 }
    expect(personalLimits(older, settings, curve)).toMatchObject({ basis: 'shop', gaps: 0, atRisk: 75 * DAY })
  })

  it(`of who orders less often are never shorter (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(
        fc.record({
          gaps: fc.integer({ min: 1, max: 50 }),
          shorter: fc.integer({ min: 1, max: 1_000 }),
          more: fc.integer({ min: 0, max: 1_000 }),
        }),
        ({ gaps, shorter, more }) => {
          const often = personalLimits(buyer(gaps, shorter), settings, curve)
          const seldom = personalLimits(buyer(gaps, shorter + more), settings, curve)
          for (const limit of ['atRisk', 'lapsed', 'lost'] as const) {
            expect(seldom[limit]).toBeGreaterThanOrEqual(often[limit])
          }
        },
      ),
    )
  })
})
