import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { survivalCurve } from '../src/survivalCurve.ts'
import { check, runs, seed } from './support/histories.ts'

const ended = (duration: number) => ({ duration, ended: true })
const open = (duration: number) => ({ duration, ended: false })

/**
 * Weeks in remission of 21 leukaemia patients on 6-mercaptopurine (Freireich et al. 1963, Blood 21:699), `open` where
 * the remission lasted until the study's end.
 */
const REMISSIONS = [
  ...[6, 6, 6, 7, 10, 13, 16, 22, 23].map(ended),
  ...[6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35].map(open),
]

describe('the Kaplan-Meier estimate', () => {
  // As tabulated in Kleinbaum & Klein, Survival Analysis: A Self-Learning Text, chapter 2.
  it('of the remissions of Freireich et al. is that of the textbook', () => {
    const rows = [...survivalCurve(REMISSIONS)].map(({ duration, atRisk, ended: failed, survival }) => {
      return [duration, atRisk, failed, survival.toFixed(4)]
    })
    expect(rows).toEqual([
      [6, 21, 3, '0.8571'],
      [7, 17, 1, '0.8067'],
      [10, 15, 1, '0.7529'],
      [13, 12, 1, '0.6902'],
      [16, 11, 1, '0.6275'],
      [22, 7, 1, '0.5378'],
      [23, 6, 1, '0.4482'],
    ])
  })

  // As `survfit` of R's survival package prints them for the same data.
  it('has Greenwood’s standard errors', () => {
    const errors = [...survivalCurve(REMISSIONS)].map(({ error }) => error.toFixed(4))
    expect(errors).toEqual(['0.0764', '0.0869', '0.0963', '0.1068', '0.1141', '0.1282', '0.1346'])
  })

  it('falls to 0 without an error where the longest of all ends', () => {
    expect([...survivalCurve([open(1), ended(2), ended(3)])]).toEqual([
      { duration: 2, atRisk: 2, ended: 1, survival: 0.5, error: 0.5 * Math.sqrt(1 / 2) },
      { duration: 3, atRisk: 1, ended: 1, survival: 0, error: 0 },
    ])
  })

  it('of nothing that ended has no step', () => {
    expect([...survivalCurve([])]).toEqual([])
    expect([...survivalCurve([open(1), open(2)])]).toEqual([])
  })

  const arbitraryDurations = fc.array(
    fc.record({ duration: fc.integer({ min: 0, max: 30 }), ended: fc.boolean() }),
    { maxLength: 60 },
  )

  it(`never rises, and stays within 0 and 1 (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(arbitraryDurations, (durations) => {
        let last = { duration: -1, survival: 1 }
        for (const step of survivalCurve(durations)) {
          expect(step.duration).toBeGreaterThan(last.duration)
          expect(step.survival).toBeLessThan(last.survival)
          expect(step.survival).toBeGreaterThanOrEqual(0)
          expect(step.error).toBeGreaterThanOrEqual(0)
          last = step
        }
      }),
    )
  })

  it(`is the share that lasted longer where nothing is open (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(arbitraryDurations, (durations) => {
        const all = durations.map(({ duration }) => ended(duration))
        for (const { duration, survival } of survivalCurve(all)) {
          const longer = all.filter((one) => one.duration > duration).length
          expect(survival).toBeCloseTo(longer / all.length, 12)
        }
      }),
    )
  })

  it(`is above the share of the ended ones alone where some are open (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(arbitraryDurations, (durations) => {
        const finished = durations.filter((one) => one.ended)
        for (const { duration, survival } of survivalCurve(durations)) {
          const longer = finished.filter((one) => one.duration > duration).length
          expect(survival).toBeGreaterThanOrEqual(longer / finished.length - 1e-12)
        }
      }),
    )
  })
})
