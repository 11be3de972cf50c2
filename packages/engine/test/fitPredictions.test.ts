import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fitPredictions, type PredictedBuyer } from '../src/prediction/fitPredictions.ts'
import { fitPurchases, groupPurchases } from '../src/prediction/fitPurchases.ts'
import { fitSpend } from '../src/prediction/fitSpend.ts'
import { predict } from '../src/prediction/predict.ts'
import { PredictionSchema } from '../src/prediction/prediction.ts'
import { PredictionFitSchema, type PredictionFit } from '../src/prediction/predictionFit.ts'
import { purchaseHistoryOf } from '../src/prediction/purchaseHistory.ts'
import { CALIBRATION_END, readCdnowBuyers } from './support/cdnowBuyers.ts'
import { seed } from './support/histories.ts'
import { simulateShop } from './support/simulateShop.ts'
import { bgnbdLogLikelihood, gammaGammaLogLikelihood, mbgnbdLogLikelihood } from './support/textbook.ts'

const DAY = 86_400_000
const { kind, buyers: cdnow } = readCdnowBuyers()

function fitted(buyers: Iterable<PredictedBuyer>, at: number): PredictionFit {
  const fit = fitPredictions(buyers, at)
  if ('kind' in fit) throw new Error(`There is no fit: ${JSON.stringify(fit)}`)
  return fit
}

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)

const weeksOf = (buyer: PredictedBuyer) => {
  const { repeats, last, age } = purchaseHistoryOf(buyer, CALIBRATION_END)
  return { repeats, last: last / 7, age: age / 7 }
}

/** The means of repeated purchases. */
const spendsOf = (buyers: readonly PredictedBuyer[]) =>
  buyers.flatMap(({ orderDays, spend, firstDaySpend }) =>
    spend > firstDaySpend
      ? [{ purchases: orderDays - 1, mean: (spend - firstDaySpend) / (orderDays - 1) }]
      : [],
  )

/** How far each is from what is expected, as a share of that. */
const misses = (found: readonly number[], expected: readonly number[]) =>
  found.map((value, index) => Math.abs(value / (expected[index] as number) - 1))

describe(`the shop’s parameters on the ${kind} CDNOW data`, () => {
  const fit = fitted(cdnow, CALIBRATION_END)
  const weeks = groupPurchases(cdnow.map(weeksOf))
  const dollars = fit.gammaGamma && [fit.gammaGamma.p, fit.gammaGamma.q, fit.gammaGamma.v / 100]

  // Of generated data no parameters are published; those that made it are nearly the likeliest.
  it.runIf(kind === 'real')('are the published ones, in weeks and dollars', () => {
    const bgnbd = fitPurchases(weeks, 'bgnbd')
    const mbgnbd = fitPurchases(weeks, 'mbgnbd')
    expect(Math.max(...misses(bgnbd.parameters, [0.243, 4.414, 0.793, 2.426]))).toBeLessThan(0.01)
    expect(Math.max(...misses(mbgnbd.parameters, [0.525, 6.183, 0.891, 1.614]))).toBeLessThan(0.02)
    expect(Math.max(...misses(dollars ?? [], [6.25, 3.74, 15.44]))).toBeLessThan(0.02)
    // Fader, Hardie, Lee 2005, table 2.
    expect(bgnbd.logLikelihood).toBeCloseTo(-9582.4, 1)
    expect(fit).toMatchObject({ customers: 2_357, repeaters: 946, gammaGamma: { customers: 946 } })
  })

  it.runIf(kind === 'generated')('are as likely as those that the data is made of', () => {
    const truth = { r: 0.525, alpha: 6.183 * 7, a: 0.891, b: 1.614 }
    const histories = cdnow.map((buyer) => purchaseHistoryOf(buyer, CALIBRATION_END))
    const likelihood = sum(histories.map((history) => mbgnbdLogLikelihood(truth, history)))
    expect(fit.mbgnbd.logLikelihood - likelihood).toBeGreaterThan(0)
    expect(fit.mbgnbd.logLikelihood - likelihood).toBeLessThan(12)
    const spend = { p: 6.25, q: 3.74, v: 1_544 }
    const spent = sum(spendsOf(cdnow).map((history) => gammaGammaLogLikelihood(spend, history)))
    expect((fit.gammaGamma?.logLikelihood ?? 0) - spent).toBeGreaterThan(0)
    expect((fit.gammaGamma?.logLikelihood ?? 0) - spent).toBeLessThan(12)
  })

  it('are the same in days as in weeks', () => {
    for (const variant of ['bgnbd', 'mbgnbd'] as const) {
      const { r, alpha, a, b } = fit[variant]
      expect(Math.max(...misses([r, alpha / 7, a, b], fitPurchases(weeks, variant).parameters))).toBeLessThan(
        1e-4,
      )
    }
  })

  it('have the likelihood that the papers’ own formulas give them', () => {
    const histories = cdnow.map((buyer) => purchaseHistoryOf(buyer, CALIBRATION_END))
    const bgnbd = sum(histories.map((history) => bgnbdLogLikelihood(fit.bgnbd, history)))
    const mbgnbd = sum(histories.map((history) => mbgnbdLogLikelihood(fit.mbgnbd, history)))
    expect(fit.bgnbd.logLikelihood).toBeCloseTo(bgnbd, 5)
    expect(fit.mbgnbd.logLikelihood).toBeCloseTo(mbgnbd, 5)
    const { gammaGamma } = fit
    if (!gammaGamma) throw new Error('There is no spend model')
    const textbook = sum(spendsOf(cdnow).map((history) => gammaGammaLogLikelihood(gammaGamma, history)))
    expect(gammaGamma.logLikelihood).toBeCloseTo(textbook, 5)
  })

  it.each(['bgnbd', 'mbgnbd'] as const)('are where the likelihood is greatest: %s', (variant) => {
    const textbook = variant === 'bgnbd' ? bgnbdLogLikelihood : mbgnbdLogLikelihood
    const histories = cdnow.map((buyer) => purchaseHistoryOf(buyer, CALIBRATION_END))
    for (const name of ['r', 'alpha', 'a', 'b'] as const) {
      for (const factor of [0.98, 1.02]) {
        const beside = { ...fit[variant], [name]: fit[variant][name] * factor }
        expect(sum(histories.map((history) => textbook(beside, history)))).toBeLessThan(
          fit[variant].logLikelihood,
        )
      }
    }
  })

  it('do not depend on the customers’ order, nor on there being two of each', () => {
    const twice = fitted([...cdnow, ...cdnow.toReversed()], CALIBRATION_END)
    const { r, alpha, a, b } = twice.mbgnbd
    const once = fit.mbgnbd
    expect(Math.max(...misses([r, alpha, a, b], [once.r, once.alpha, once.a, once.b]))).toBeLessThan(1e-3)
    expect(twice.mbgnbd.logLikelihood).toBeCloseTo(2 * once.logLikelihood, 3)
    expect(twice.customers).toBe(2 * fit.customers)
  })
})

describe('the parameters of generated shops', () => {
  it.each([
    { purchases: { r: 0.5, alpha: 40, a: 0.9, b: 1.6 }, spend: { p: 6, q: 4, v: 1_500 } },
    { purchases: { r: 2, alpha: 120, a: 0.5, b: 4 }, spend: { p: 2, q: 3, v: 9_000 } },
    { purchases: { r: 1.2, alpha: 30, a: 2, b: 3 }, spend: { p: 15, q: 8, v: 400 } },
  ])('are as likely as those that made them: %j', ({ purchases, spend }) => {
    const shop = simulateShop({ seed: 3, customers: 4_000, arrivalDays: 300, days: 500, purchases, spend })
    const fit = fitted(shop.buyers, shop.at)
    const histories = shop.buyers.map((buyer) => purchaseHistoryOf(buyer, shop.at))
    const truth = sum(histories.map((history) => mbgnbdLogLikelihood(purchases, history)))
    // Twice the difference is chi-square distributed with 4 degrees of freedom; days round a little off, too.
    expect(fit.mbgnbd.logLikelihood - truth).toBeGreaterThan(0)
    expect(fit.mbgnbd.logLikelihood - truth).toBeLessThan(15)
    const spent = sum(spendsOf(shop.buyers).map((history) => gammaGammaLogLikelihood(spend, history)))
    expect((fit.gammaGamma?.logLikelihood ?? 0) - spent).toBeGreaterThan(0)
    expect((fit.gammaGamma?.logLikelihood ?? 0) - spent).toBeLessThan(12)
  })

  it('of one in which everybody spends the same say so', () => {
    const histories = Array.from({ length: 50 }, (_, index) => ({ purchases: 1 + (index % 4), mean: 1_999 }))
    const [p, q, v] = fitSpend(histories).parameters as [number, number, number]
    expect((p * v) / (q - 1)).toBeCloseTo(1_999, -1)
    expect(p).toBeGreaterThan(1_000)
  })
})

describe('too little data', () => {
  const one = (day: number, repeats: number): PredictedBuyer => ({
    orderDays: repeats + 1,
    firstAt: day * DAY,
    lastAt: (day + repeats) * DAY,
    spend: 1_000 * (repeats + 1),
    firstDaySpend: 1_000,
  })
  const shop = (customers: number, repeaters: number) =>
    Array.from({ length: customers }, (_, index) => one(index % 20, index < repeaters ? 1 + (index % 3) : 0))

  it.each([
    [0, 0, 200, { customers: 0, repeaters: 0, days: 0 }],
    [99, 99, 200, { customers: 99, repeaters: 99, days: 200 }],
    [500, 29, 200, { customers: 500, repeaters: 29, days: 200 }],
    [500, 200, 89, { customers: 500, repeaters: 200, days: 89 }],
  ])('is said of %d customers, %d of them repeated, after %d days', (customers, repeaters, days, found) => {
    expect(fitPredictions(shop(customers, repeaters), days * DAY)).toEqual({
      kind: 'tooLittleData',
      customers: { found: found.customers, needed: 100 },
      repeaters: { found: found.repeaters, needed: 30 },
      days: { found: found.days, needed: 90 },
    })
  })

  it('is not said of a little more', () => {
    const fit = fitted(shop(100, 30), 90 * DAY)
    expect(fit).toMatchObject({ customers: 100, repeaters: 30, firstAt: 0, lastAt: 21 * DAY })
  })

  it('is what orders after the fit, or none at all, do not help', () => {
    const late = Array.from({ length: 100 }, () => one(300, 3))
    const none = Array.from({ length: 100 }, () => ({ ...one(0, 0), orderDays: 0 }))
    expect(fitPredictions([...shop(50, 40), ...late, ...none], 200 * DAY)).toMatchObject({
      customers: { found: 50 },
    })
  })

  it('leaves the spend out where too few have spent anything again', () => {
    const free = shop(100, 40).map((buyer, index) => ({
      ...buyer,
      spend: index < 29 ? buyer.spend : buyer.firstDaySpend,
    }))
    const fit = fitted(free, 200 * DAY)
    expect(fit.gammaGamma).toBeNull()
    const prediction = predict(fit, one(195, 5), 200 * DAY, 'EUR')
    expect(prediction).toMatchObject({ spend: null, lifetimeValue: null })
    expect(prediction?.orders.expected).toBeGreaterThan(0)
  })
})

/** Customers as odd data has them: days that do not fit, spend of any sign, one kind or all alike. */
const oddBuyer = fc.record({
  first: fc.integer({ min: -50_000, max: 800 }),
  span: fc.integer({ min: -5, max: 800 }),
  orderDays: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 900 })),
  spend: fc.oneof(fc.integer({ min: -1_000, max: 100_000 }), fc.constantFrom(0, 1, 2 ** 48)),
})
const oddShop = fc.oneof(
  fc.array(oddBuyer, { minLength: 100, maxLength: 160 }),
  fc
    .array(oddBuyer, { minLength: 1, maxLength: 3 })
    .map((few) => Array.from({ length: 120 }, () => few).flat()),
  // Like a subscription: everybody every so many days.
  fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 20 })).map(([gap, orders]) =>
    Array.from({ length: 150 }, (_, index) => ({
      first: index % 50,
      span: gap * orders,
      orderDays: orders + 1,
      spend: 999 * (orders + 1),
    })),
  ),
)

describe('on odd data', () => {
  it('a fit has finite, positive parameters, and predictions are within their bounds', () => {
    let fits = 0
    fc.assert(
      fc.property(oddShop, fc.integer({ min: 0, max: 900 }), (shop, day) => {
        const buyers = shop.map(({ first, span, orderDays, spend }) => ({
          orderDays,
          firstAt: first * DAY,
          lastAt: (first + span) * DAY,
          spend,
          firstDaySpend: Math.floor(spend / 3),
        }))
        const fit = fitPredictions(buyers, day * DAY)
        if ('kind' in fit) return
        fits += 1
        expect(PredictionFitSchema.parse(fit)).toEqual(fit)
        const { mbgnbd, bgnbd, gammaGamma } = fit
        for (const { r, alpha, a, b } of [mbgnbd, bgnbd]) expect(Math.min(r, alpha, a, b)).toBeGreaterThan(0)
        if (gammaGamma) expect(Math.min(gammaGamma.p, gammaGamma.q - 1, gammaGamma.v)).toBeGreaterThan(0)
        for (const buyer of buyers.slice(0, 5)) {
          const prediction = predict(fit, buyer, day * DAY, 'EUR')
          if (buyer.orderDays === 0) expect(prediction).toBeNull()
          if (!prediction) continue
          // Zod refuses NaN and infinities.
          expect(PredictionSchema.parse(prediction)).toEqual(prediction)
          const { alive, orders, spend, nextOrderAt, at } = prediction
          expect(alive).toBeGreaterThanOrEqual(0)
          expect(alive).toBeLessThanOrEqual(1)
          for (const { low, expected, high } of spend ? [orders, spend] : [orders]) {
            expect(low).toBeGreaterThanOrEqual(0)
            expect(expected).toBeGreaterThanOrEqual(low)
            expect(high).toBeGreaterThanOrEqual(expected)
          }
          expect(orders.high).toBeLessThanOrEqual(365)
          if (nextOrderAt !== null) {
            expect(nextOrderAt).toBeGreaterThan(at)
            expect(nextOrderAt).toBeLessThanOrEqual(at + 365 * DAY)
          }
        }
      }),
      { seed, numRuns: 60 },
    )
    expect(fits).toBeGreaterThan(5)
  })
})
