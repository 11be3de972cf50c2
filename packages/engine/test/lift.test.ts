import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  differenceOfMeans,
  differenceOfShares,
  liftOf,
  studentQuantile,
  type LiftGroup,
} from '../src/insight/lift.ts'

/** A group from what each of its people spent: 0 is nothing bought. */
const groupOf = (spent: readonly number[]): LiftGroup => ({
  people: spent.length,
  converted: spent.filter((one) => one > 0).length,
  revenue: spent.reduce((sum, one) => sum + one, 0),
  squares: spent.reduce((sum, one) => sum + one * one, 0),
})

describe('the difference of two shares', () => {
  // Newcombe, Statistics in Medicine 17 (1998), 873-890: the eight examples of table II, method 10.
  it.each([
    [56, 70, 48, 80, 0.0524, 0.3339],
    [9, 10, 3, 10, 0.1705, 0.809],
    [6, 7, 2, 7, 0.0582, 0.8062],
    [5, 56, 0, 29, -0.0381, 0.1926],
    [0, 10, 0, 20, -0.1611, 0.2775],
    [0, 10, 0, 10, -0.2775, 0.2775],
    [10, 10, 0, 20, 0.6791, 1],
    [10, 10, 0, 10, 0.6075, 1],
  ])('%i of %i and %i of %i lies between %f and %f', (one, people, other, others, low, high) => {
    const found = differenceOfShares({ converted: one, people }, { converted: other, people: others })
    expect(found.difference).toBeCloseTo(one / people - other / others, 12)
    expect(found.low).toBeCloseTo(low, 4)
    expect(found.high).toBeCloseTo(high, 4)
  })

  it('lies within its interval, which turns round with the groups', () => {
    const group = fc.nat(200).chain((converted) =>
      fc.record({
        converted: fc.constant(converted),
        people: fc.integer({ min: Math.max(1, converted), max: 400 }),
      }),
    )
    fc.assert(
      fc.property(group, group, (one, other) => {
        const there = differenceOfShares(one, other)
        const back = differenceOfShares(other, one)
        expect(there.low).toBeLessThanOrEqual(there.difference + 1e-12)
        expect(there.high).toBeGreaterThanOrEqual(there.difference - 1e-12)
        expect(there.low).toBeCloseTo(-back.high, 12)
        expect(there.low).toBeGreaterThanOrEqual(-1 - 1e-12)
        expect(there.high).toBeLessThanOrEqual(1 + 1e-12)
      }),
    )
  })
})

describe('the difference of two means', () => {
  // Student's table: 97.5 % quantiles.
  it.each([
    [10, 2.2281],
    [20, 2.086],
    [30, 2.0423],
    [60, 2.0003],
    [120, 1.9799],
    [1e9, 1.96],
  ])('with %f degrees of freedom reaches %f standard errors', (degrees, quantile) => {
    expect(studentQuantile(degrees)).toBeCloseTo(quantile, 4)
  })

  // Student's sleep data (Biometrika 6, 1908), as R's t.test(extra ~ group) gives it: -3.3654832 to 0.2054832.
  it('is that of a published example', () => {
    const one = groupOf([0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2])
    const other = groupOf([1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4])
    const found = differenceOfMeans(one, other)
    expect(found.mailed).toBeCloseTo(0.75, 10)
    expect(found.heldOut).toBeCloseTo(2.33, 10)
    expect(found.low).toBeCloseTo(-3.3654832, 4)
    expect(found.high).toBeCloseTo(0.2054832, 4)
    expect(found.verdict).toBe('unclear')
  })

  it('is sure where everybody spent the same', () => {
    expect(differenceOfMeans(groupOf([2, 2, 2]), groupOf([1, 1]))).toEqual({
      mailed: 2,
      heldOut: 1,
      difference: 1,
      low: 1,
      high: 1,
      verdict: 'raised',
    })
  })
})

describe('the lift', () => {
  const people = (bought: number, not: number) =>
    groupOf([
      ...Array.from({ length: bought }, (_, place) => 1_000 + place),
      ...Array.from({ length: not }, () => 0),
    ])

  it.each<[string, LiftGroup, LiftGroup, conversion: string | null, revenue: string | null]>([
    ['raised', people(300, 700), people(200, 800), 'raised', 'raised'],
    ['lowered', people(100, 900), people(200, 800), 'lowered', 'lowered'],
    ['unclear', people(101, 900), people(100, 900), 'unclear', 'unclear'],
    ['of too few people', people(29, 0), people(500, 500), null, null],
    ['of just enough people', people(10, 20), people(10, 20), 'unclear', 'unclear'],
    ['of too few buyers', people(5, 500), people(4, 500), null, null],
    ['of buyers in one group alone', people(40, 500), people(0, 500), 'raised', null],
    ['of nobody', people(0, 0), people(0, 0), null, null],
  ])('is %s', (_, mailed, heldOut, conversion, revenue) => {
    const lift = liftOf(mailed, heldOut)
    expect(lift.conversion?.verdict ?? null).toBe(conversion)
    expect(lift.revenue?.verdict ?? null).toBe(revenue)
    expect(lift.conversionWord).toBe(conversion === null ? 'not enough data yet' : null)
    expect(lift.revenueWord).toBe(revenue === null ? 'not enough data yet' : null)
  })
})
