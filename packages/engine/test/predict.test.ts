import { describe, expect, it } from 'vitest'
import { fitPredictions } from '../src/prediction/fitPredictions.ts'
import { aliveOf, expectedOrders, futureOrders, ordersQuantile } from '../src/prediction/futureOrders.ts'
import { spendPerPurchase, spendQuantiles } from '../src/prediction/futureSpend.ts'
import { predict } from '../src/prediction/predict.ts'
import type { PredictionFit } from '../src/prediction/predictionFit.ts'
import { purchaseHistoryOf } from '../src/prediction/purchaseHistory.ts'
import { CALIBRATION_END, HOLDOUT_DAYS, readCdnowBuyers } from './support/cdnowBuyers.ts'
import { samplers, seededUniform } from './support/simulateShop.ts'
import { bgnbdExpectation, mbgnbdExpectation } from './support/textbook.ts'

const DAY = 86_400_000
const ENDLESS = 100_000

/** As published for the CDNOW sample, in weeks and dollars. */
const BGNBD = { r: 0.243, alpha: 4.414, a: 0.793, b: 2.426 }
const MBGNBD = { r: 0.525, alpha: 6.183, a: 0.891, b: 1.614 }
const SPEND = { p: 6.25, q: 3.74, v: 15.44 }

const HISTORIES = [
  { repeats: 0, last: 0, age: 38.86 },
  { repeats: 1, last: 0.14, age: 27 },
  { repeats: 2, last: 30.43, age: 38.86 },
  { repeats: 7, last: 29.43, age: 38.86 },
  { repeats: 29, last: 38, age: 38.86 },
  { repeats: 3, last: 5, age: 300 },
]

const mean = (values: readonly number[]) => values.reduce((one, other) => one + other, 0) / values.length

const { kind, buyers } = readCdnowBuyers()
const fit = fitPredictions(buyers, CALIBRATION_END) as PredictionFit

describe('the orders to be expected', () => {
  it('of the papers’ customer in 39 weeks are the published 1.226', () => {
    const history = { repeats: 2, last: 30.43, age: 38.86 }
    const published = expectedOrders(futureOrders(BGNBD, history, 'bgnbd', 39, ENDLESS))
    expect(Math.abs(published / 1.226 - 1)).toBeLessThan(0.005)
    if (kind !== 'real') return
    const ours = expectedOrders(
      futureOrders({ ...fit.bgnbd, alpha: fit.bgnbd.alpha / 7 }, history, 'bgnbd', 39, ENDLESS),
    )
    expect(Math.abs(ours / 1.226 - 1)).toBeLessThan(0.005)
  })

  it.each(HISTORIES)('are those of the papers’ formulas for %j', (history) => {
    for (const duration of [1, 39, 52, 500]) {
      const bgnbd = expectedOrders(futureOrders(BGNBD, history, 'bgnbd', duration, ENDLESS))
      expect(bgnbd).toBeCloseTo(bgnbdExpectation(BGNBD, history, duration), 5)
      const mbgnbd = expectedOrders(futureOrders(MBGNBD, history, 'mbgnbd', duration, ENDLESS))
      expect(mbgnbd).toBeCloseTo(mbgnbdExpectation(MBGNBD, history, duration), 5)
    }
  })

  it('have no gap where a is 1, where the papers’ formula has one', () => {
    const [history] = HISTORIES.slice(2) as [(typeof HISTORIES)[number]]
    const at = (a: number) => expectedOrders(futureOrders({ ...MBGNBD, a }, history, 'mbgnbd', 39, ENDLESS))
    expect(Number.isFinite(mbgnbdExpectation({ ...MBGNBD, a: 1 }, history, 39))).toBe(false)
    expect(at(1)).toBeCloseTo((at(0.999) + at(1.001)) / 2, 6)
  })
})

describe('the probability of still buying', () => {
  it.each(HISTORIES)('is that of the MBG/NBD for %j', (history) => {
    const { r, alpha, a, b } = MBGNBD
    const { repeats, last, age } = history
    const expected = 1 / (1 + (a / (b + repeats)) * ((alpha + age) / (alpha + last)) ** (r + repeats))
    expect(aliveOf(MBGNBD, history, 'mbgnbd')).toBeCloseTo(expected, 12)
  })

  it('of one who has bought once is 1 for ever by the BG/NBD alone', () => {
    const [once] = HISTORIES as [(typeof HISTORIES)[number]]
    expect(aliveOf(BGNBD, once, 'bgnbd')).toBe(1)
    expect(aliveOf(MBGNBD, once, 'mbgnbd')).toBeLessThan(0.6)
  })

  it('falls with silence to nothing, and never to less', () => {
    const silent = [0, 10, 100, 1_000, 1e9].map((silence) =>
      aliveOf(MBGNBD, { repeats: 200, last: 100, age: 100 + silence }, 'mbgnbd'),
    )
    expect(silent).toEqual(silent.toSorted((one, other) => other - one))
    expect(silent.at(-1)).toBe(0)
  })
})

/** A customer’s future drawn many times, purchase by purchase. */
function drawFutures(history: (typeof HISTORIES)[number], total: number, duration: number) {
  const uniform = seededUniform(7)
  const { exponential, gamma, beta } = samplers(uniform)
  const { r, alpha, a, b } = MBGNBD
  const { p, q, v } = SPEND
  const alive = aliveOf(MBGNBD, history, 'mbgnbd')
  return Array.from({ length: 40_000 }, () => {
    let count = 0
    let spend = 0
    if (uniform() >= alive) return { count, spend }
    const rate = gamma(r + history.repeats) / (alpha + history.age)
    const stops = beta(a, b + history.repeats + 1)
    const scale = gamma(q + p * (history.repeats + 1)) / (v + total)
    for (let time = exponential() / rate; time < duration; time += exponential() / rate) {
      count += 1
      spend += gamma(p) / scale
      if (uniform() < stops) break
    }
    return { count, spend }
  })
}

describe('a customer’s purchases', () => {
  const hour = 3_600_000
  it.each([
    ['are counted in days', [3, 23 * hour, 10 * DAY, 20 * DAY + 5], { repeats: 2, last: 10, age: 20 }],
    ['are one where all are on one day', [1, hour, 9 * hour, 2 * DAY], { repeats: 0, last: 0, age: 2 }],
    ['are one a day at most', [9, 0, 2 * DAY, 5 * DAY], { repeats: 2, last: 2, age: 5 }],
    ['are none that are still to come', [4, 10 * DAY, 20 * DAY, 15 * DAY], { repeats: 3, last: 5, age: 5 }],
    ['have not begun yet', [2, 10 * DAY, 20 * DAY, 5 * DAY], { repeats: 0, last: 0, age: 0 }],
    ['are no older than a century', [1, -1e9 * DAY, 0, 5 * DAY], { repeats: 0, last: 0, age: 36_525 }],
  ])('%s', (_, [orderDays = 0, firstAt = 0, lastAt = 0, at = 0], expected) => {
    expect(purchaseHistoryOf({ orderDays, firstAt, lastAt }, at)).toEqual(expected)
  })
})

describe('the bands', () => {
  it.each(HISTORIES.slice(0, 5).map((history, index) => ({ history, total: 15 + 60 * index })))(
    'are those of drawn futures: %j',
    ({ history, total }) => {
      const futures = drawFutures(history, total, 52)
      const share = (holds: (future: (typeof futures)[number]) => boolean) =>
        futures.filter(holds).length / futures.length
      const orders = futureOrders(MBGNBD, history, 'mbgnbd', 52, ENDLESS)
      const spent = { purchases: history.repeats + 1, total }
      expect(mean(futures.map(({ count }) => count)) / expectedOrders(orders)).toBeCloseTo(1, 1)
      const spend = expectedOrders(orders) * spendPerPurchase(SPEND, spent)
      expect(Math.abs(mean(futures.map((future) => future.spend)) / spend - 1)).toBeLessThan(0.03)
      for (const [index, probability] of orders.atLeast.slice(0, 20).entries()) {
        expect(Math.abs(share(({ count }) => count > index) - probability)).toBeLessThan(0.008)
      }
      for (const probability of [0.1, 0.5, 0.9]) {
        const quantile = ordersQuantile(orders, probability)
        expect(share(({ count }) => count <= quantile)).toBeGreaterThan(probability - 0.008)
        expect(share(({ count }) => count < quantile)).toBeLessThan(probability + 0.008)
        const [amount = 0] = spendQuantiles(SPEND, spent, orders, [probability])
        const more = share((future) => future.spend > amount)
        if (amount > 0) expect(Math.abs(more - probability)).toBeLessThan(0.015)
        else expect(more).toBeLessThan(probability + 0.008)
      }
    },
  )

  it.each([0.1, 0.3, 0.5, 0.7, 0.9])(
    'are exceeded by a sole order with probability %d, nearly',
    (probability) => {
      // Of p = 1 and q + p * purchases = 3 the distribution is a Lomax one: more than s with (1 + s / (v + total)) ^ -3.
      const orders = { alive: 1, atLeast: [1] }
      const spent = { purchases: 1, total: 20 }
      const [amount = 0] = spendQuantiles({ p: 1, q: 2, v: 30 }, spent, orders, [probability])
      expect(Math.abs((1 + amount / 50) ** -3 - probability)).toBeLessThan(0.01)
    },
  )

  it(`hold 8 of 10 customers of the ${kind} CDNOW data in the 39 weeks after the fit`, () => {
    const { gammaGamma } = fit
    if (!gammaGamma) throw new Error('There is no spend model')
    let above = 0
    let below = 0
    let aboveSpend = 0
    let belowSpend = 0
    for (const buyer of buyers) {
      const history = purchaseHistoryOf(buyer, CALIBRATION_END)
      const orders = futureOrders(fit.mbgnbd, history, 'mbgnbd', HOLDOUT_DAYS, HOLDOUT_DAYS)
      const spent = { purchases: buyer.orderDays, total: buyer.spend }
      const [low = 0, high = 0] = spendQuantiles(gammaGamma, spent, orders, [0.9, 0.1])
      if (buyer.heldOut.orderDays > ordersQuantile(orders, 0.9)) above += 1
      if (buyer.heldOut.orderDays < ordersQuantile(orders, 0.1)) below += 1
      if (buyer.heldOut.spend > high) aboveSpend += 1
      if (buyer.heldOut.spend < low) belowSpend += 1
    }
    expect((above + below) / buyers.length).toBeLessThan(0.2)
    expect((aboveSpend + belowSpend) / buyers.length).toBeLessThan(0.2)
    // A band that is wide enough for everybody would say nothing.
    expect(above).toBeGreaterThan(0.02 * buyers.length)
    expect(aboveSpend).toBeGreaterThan(0.05 * buyers.length)
  })
})

describe('a prediction', () => {
  /** By the published parameters, in days and cents. */
  const published: PredictionFit = {
    at: 1_000 * DAY,
    customers: 2_357,
    repeaters: 946,
    firstAt: 0,
    lastAt: 999 * DAY,
    mbgnbd: { ...MBGNBD, alpha: MBGNBD.alpha * 7, logLikelihood: 0 },
    bgnbd: { ...BGNBD, alpha: BGNBD.alpha * 7, logLikelihood: 0 },
    gammaGamma: { ...SPEND, v: SPEND.v * 100, customers: 946, logLikelihood: 0 },
  }
  const at = 1_000 * DAY + 12 * 3_600_000
  const regular = { orderDays: 6, firstAt: 800 * DAY, lastAt: 990 * DAY, spend: 30_000 }
  const once = { orderDays: 1, firstAt: 990 * DAY, lastAt: 990 * DAY, spend: 0 }

  it('says what it rests on', () => {
    expect(predict(published, regular, at, 'PLN')).toMatchObject({
      at,
      currency: 'PLN',
      basis: { orders: 6, ageDays: 200, fittedOn: 2_357, fittedAt: 1_000 * DAY },
    })
  })

  it('adds what is expected to what was spent', () => {
    const prediction = predict(published, regular, at, 'PLN')
    const orders = expectedOrders(
      futureOrders(published.mbgnbd, { repeats: 5, last: 190, age: 200 }, 'mbgnbd', 365, 365),
    )
    // w = p x / (p x + q - 1) of the customer's own mean, the rest of the shop's.
    const weight = (6.25 * 6) / (6.25 * 6 + 2.74)
    const perOrder = ((1 - weight) * 6.25 * 1_544) / 2.74 + weight * 5_000
    expect(prediction?.orders.expected).toBeCloseTo(orders, 3)
    expect(prediction?.spend?.expected).toBeCloseTo(orders * perOrder, -1)
    expect(prediction?.lifetimeValue).toBe(30_000 + (prediction?.spend?.expected ?? 0))
  })

  it('has a band that leaves out a tenth on either side', () => {
    const { orders, spend } = predict(published, regular, at, 'PLN') ?? {}
    const year = futureOrders(published.mbgnbd, { repeats: 5, last: 190, age: 200 }, 'mbgnbd', 365, 365)
    expect([orders?.low, orders?.high]).toEqual([ordersQuantile(year, 0.1), ordersQuantile(year, 0.9)])
    const spent = { purchases: 6, total: 30_000 }
    const ends = spendQuantiles({ ...SPEND, v: 1_544 }, spent, year, [0.9, 0.1])
    expect([spend?.low, spend?.high]).toEqual(ends.map(Math.round))
  })

  it('expects the next order when it is as likely as not', () => {
    const { nextOrderAt } = predict(published, regular, at, 'PLN') ?? {}
    const days = ((nextOrderAt ?? 0) - at) / DAY
    const [next] = futureOrders(
      published.mbgnbd,
      { repeats: 5, last: 190, age: 200 },
      'mbgnbd',
      days,
      365,
    ).atLeast
    expect(next).toBeCloseTo(0.5, 6)
  })

  it.each([
    ['who has probably stopped', { ...regular, lastAt: 850 * DAY }],
    ['whose next order is more than a year away', { ...once, firstAt: 985 * DAY, lastAt: 985 * DAY }],
  ])('expects none of one %s', (_, figures) => {
    expect(predict(published, figures, at, 'PLN')?.nextOrderAt).toBeNull()
  })

  it('is the same all day long', () => {
    const { nextOrderAt: morning, at: one, ...early } = predict(published, regular, 1_000 * DAY, 'PLN') ?? {}
    const {
      nextOrderAt: evening,
      at: other,
      ...late
    } = predict(published, regular, 1_001 * DAY - 1, 'PLN') ?? {}
    expect(early).toEqual(late)
    expect((evening ?? 0) - (morning ?? 0)).toBe((other ?? 0) - (one ?? 0))
  })

  it('of one who has given everything back expects little, and never less than nothing', () => {
    const returned = predict(published, { ...regular, spend: -5_000 }, at, 'PLN')
    const kept = predict(published, regular, at, 'PLN')
    expect(returned?.spend?.low).toBeGreaterThanOrEqual(0)
    expect(returned?.spend?.expected).toBeLessThan((kept?.spend?.expected ?? 0) / 5)
    expect(returned?.lifetimeValue).toBe(-5_000 + (returned?.spend?.expected ?? 0))
  })

  it('is none without an order', () => {
    expect(predict(published, { ...once, orderDays: 0 }, at, 'PLN')).toBeNull()
  })
})
