import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buyerHistoryOf, populationOf, PopulationSchema, type BuyerHistory } from '../src/population.ts'
import { SettingsSchema } from '../src/settings.ts'
import { check, runs, seed } from './support/histories.ts'
import { DAY, START } from './support/inputs.ts'

const settings = SettingsSchema.parse({})

const buyer = (spend: number, ...orderDays: number[]): BuyerHistory => ({
  orders: orderDays.map((day) => START + day * DAY),
  positive: spend > 0 ? orderDays.length : 0,
  spend,
  firstDaySpend: spend,
  orderDays: new Set(orderDays).size,
})
const AT = START + 500 * DAY

/** Buyers who spent 1, 2, ... `count`. */
const spenders = (count: number) => Array.from({ length: count }, (_, index) => buyer(index + 1, 0))

describe('the population', () => {
  it('of an empty shop says nothing', () => {
    const nothing = { buyers: 0, at: AT, gaps: null, vipLine: null, rfm: null, fit: null }
    expect(populationOf([], settings, AT)).toEqual(nothing)
    expect(populationOf([buyer(0)], settings, AT)).toEqual(nothing)
  })

  it('has a curve, lines and a VIP line where there are enough buyers', () => {
    const buyers = Array.from({ length: 150 }, (_, index) => buyer((index + 1) * 100, 0, index + 1))
    const population = populationOf(buyers, settings, AT)
    expect(population).toMatchObject({
      buyers: 150,
      at: AT,
      gaps: { gaps: 150, openGaps: 150, basis: 'returning' },
      vipLine: 13_600,
      rfm: { buyers: 150, frequency: { middle: 3, top: 3 }, monetary: { middle: 5_100, top: 10_100 } },
      fit: null,
    })
    expect(PopulationSchema.parse(population)).toEqual(population)
  })

  it.each<[share: number | null, buyers: BuyerHistory[], line: number | null]>([
    [0.1, spenders(100), 91],
    [0.1, spenders(99), null],
    [0.1, [...spenders(99), ...Array.from({ length: 50 }, () => buyer(0, 0))], null],
    [0.25, spenders(200), 151],
    [0.001, spenders(100), 101],
    [0.999, spenders(100), 2],
    [null, spenders(200), null],
    // Equal buyers are not divided: a tenth at most are VIPs.
    [0.1, [...spenders(80), ...Array.from({ length: 40 }, () => buyer(500, 0))], 501],
    [0.1, [...spenders(110), ...Array.from({ length: 10 }, () => buyer(500, 0))], 109],
  ])('draws the VIP line for a share of %j', (vipShare, buyers, line) => {
    expect(populationOf(buyers, SettingsSchema.parse({ vipShare }), AT).vipLine).toBe(line)
  })

  it(`is the same in whatever order the buyers come (seed ${seed}, ${runs} runs)`, () => {
    const arbitraryBuyer = fc.record({
      orders: fc
        .array(fc.integer({ min: 0, max: 500 * 24 }), { maxLength: 8 })
        .map((hours) => hours.toSorted((one, other) => one - other).map((hour) => START + (hour * DAY) / 24)),
      positive: fc.integer({ min: 0, max: 8 }),
      spend: fc.integer({ min: 0, max: 50 }),
      firstDaySpend: fc.constant(0),
      orderDays: fc.constant(1),
    })
    const arbitraryShuffle = fc
      .array(arbitraryBuyer, { maxLength: 150, minLength: 40 })
      .chain((buyers) =>
        fc.tuple(
          fc.constant(buyers),
          fc.shuffledSubarray(buyers, { minLength: buyers.length, maxLength: buyers.length }),
        ),
      )
    check(
      fc.property(arbitraryShuffle, ([buyers, shuffled]) => {
        expect(populationOf(shuffled, settings, AT)).toEqual(populationOf(buyers, settings, AT))
      }),
    )
  })
})

describe('the history of a buyer', () => {
  const order = {
    at: START,
    currency: 'USD',
    total: 1_000,
    refunded: 0,
    cancelled: false,
    trusted: true,
    told: true,
  }

  it('has the times of all orders in order, and the value of those that count as money', () => {
    const orders = [
      { ...order, at: START + 3 * DAY, refunded: 400 },
      { ...order, at: START + 2 * DAY, trusted: false },
      { ...order, at: START + DAY, currency: 'EUR' },
      { ...order, refunded: 1_000 },
    ]
    const times = [START, START + DAY, START + 2 * DAY, START + 3 * DAY]
    expect(buyerHistoryOf(orders, settings, AT)).toEqual({
      orders: times,
      orderDays: 4,
      positive: 2,
      spend: 600,
      firstDaySpend: 0,
    })
    const believing = SettingsSchema.parse({ browserOrdersAreRevenue: true })
    expect(buyerHistoryOf(orders, believing, AT)).toEqual({
      orders: times,
      orderDays: 4,
      positive: 3,
      spend: 1_600,
      firstDaySpend: 0,
    })
    expect(buyerHistoryOf(orders, settings, START + DAY)).toEqual({
      orders: times.slice(0, 2),
      positive: 1,
      spend: 0,
      firstDaySpend: 0,
      orderDays: 2,
    })
  })

  it('knows what was spent on the first day', () => {
    const orders = [
      { ...order, at: START + DAY, total: 70 },
      { ...order, at: START + DAY - 1, total: 20 },
      { ...order, total: 5 },
    ]
    expect(buyerHistoryOf(orders, settings, AT)).toMatchObject({ orderDays: 2, spend: 95, firstDaySpend: 25 })
    expect(buyerHistoryOf(orders.slice(1), settings, AT)).toMatchObject({ spend: 25, firstDaySpend: 25 })
  })

  it.each([
    ['cancelled', { cancelled: true }],
    ['not told yet', { told: false }],
    ['later', { at: AT + 1 }],
  ])('is none where the only order is %s', (_, change) => {
    expect(buyerHistoryOf([{ ...order, ...change }], settings, AT)).toBeNull()
  })
})
