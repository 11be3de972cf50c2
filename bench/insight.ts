import { fitPredictions, type PredictedBuyer } from '../packages/engine/src/prediction/fitPredictions.ts'
import { groupPurchases } from '../packages/engine/src/prediction/fitPurchases.ts'
import { expectedOrders, futureOrders } from '../packages/engine/src/prediction/futureOrders.ts'
import { predict } from '../packages/engine/src/prediction/predict.ts'
import type { PredictionFit } from '../packages/engine/src/prediction/predictionFit.ts'
import { purchaseHistoryOf } from '../packages/engine/src/prediction/purchaseHistory.ts'
import {
  CALIBRATION_END,
  HOLDOUT_DAYS,
  readCdnowBuyers,
  type CdnowBuyer,
} from '../packages/engine/test/support/cdnowBuyers.ts'
import { simulateShop } from '../packages/engine/test/support/simulateShop.ts'
import { mbgnbdLogLikelihood } from '../packages/engine/test/support/textbook.ts'
import type { BenchLine } from '../scripts/support/benchGroups.ts'
import { median } from './support/statistics.ts'

type Report = (line: BenchLine) => void

const ROUNDS = 7
const TEXTBOOK_PASSES = 100
const DISTINCT_CUSTOMERS = 23_570
const WEEK = 7

const sum = (values: readonly number[]) => values.reduce((one, other) => one + other, 0)

function millisecondsOf(run: () => unknown): number {
  const started = performance.now()
  run()
  return performance.now() - started
}

function fitted(buyers: readonly PredictedBuyer[], at: number): PredictionFit {
  const fit = fitPredictions(buyers, at)
  if ('kind' in fit) throw new Error(`Expected enough data for a fit, found ${JSON.stringify(fit)}`)
  return fit
}

/** In the papers' units: weeks and dollars. */
function reportParameters(report: Report, { bgnbd, mbgnbd, gammaGamma }: PredictionFit): void {
  for (const [name, { r, alpha, a, b, logLikelihood }] of Object.entries({ bgnbd, mbgnbd })) {
    report({ name: `${name}.r`, value: r, unit: '-' })
    report({ name: `${name}.alpha`, value: alpha / WEEK, unit: 'weeks' })
    report({ name: `${name}.a`, value: a, unit: '-' })
    report({ name: `${name}.b`, value: b, unit: '-' })
    report({ name: `${name}.logLikelihood.days`, value: logLikelihood, unit: '-' })
  }
  if (!gammaGamma) throw new Error('Expected enough repeated purchases for a spend model')
  report({ name: 'gammagamma.p', value: gammaGamma.p, unit: '-' })
  report({ name: 'gammagamma.q', value: gammaGamma.q, unit: '-' })
  report({ name: 'gammagamma.v', value: gammaGamma.v / 100, unit: 'dollars' })
}

/** The share of the customers with the most orders of the hold-out who are in the first tenth of a ranking. */
function topTenthFound(buyers: readonly CdnowBuyer[], scores: readonly number[]): number {
  const tenth = Math.round(buyers.length / 10)
  const orders = buyers.map(({ heldOut }) => heldOut.orderDays)
  const best = orders.toSorted((one, other) => other - one).slice(0, tenth)
  // More customers than a tenth have as many orders as its last one: any of them counts.
  const least = best.at(-1) as number
  const ranking = buyers.map((_, index) => index)
  ranking.sort((one, other) => (scores[other] as number) - (scores[one] as number) || one - other)
  return ranking.slice(0, tenth).filter((index) => (orders[index] as number) >= least).length / tenth
}

/** Ours and the naive guess against what 39 weeks have brought that neither has seen. */
function reportHoldout(report: Report, buyers: readonly CdnowBuyer[], fit: PredictionFit): void {
  const histories = buyers.map((buyer) => purchaseHistoryOf(buyer, CALIBRATION_END))
  const expected = histories.map((history) =>
    expectedOrders(futureOrders(fit.mbgnbd, history, 'mbgnbd', HOLDOUT_DAYS, HOLDOUT_DAYS)),
  )
  const errorOf = (guesses: readonly number[]) =>
    sum(buyers.map(({ heldOut }, index) => Math.abs((guesses[index] as number) - heldOut.orderDays))) /
    buyers.length
  // The first order brought the customer: the better of the naive guesses is the number of those after it.
  const repeats = histories.map((history) => history.repeats)
  report({ name: 'holdout.mae.naive', value: errorOf(repeats), unit: 'orders' })
  const ratio = errorOf(expected) / errorOf(repeats)
  report({ name: 'holdout.mae.model', value: errorOf(expected), unit: 'orders', ratio })
  const all = sum(buyers.map(({ heldOut }) => heldOut.orderDays))
  report({ name: 'holdout.total.naive', value: sum(repeats) / all, unit: 'of-real' })
  report({ name: 'holdout.total.model', value: sum(expected) / all, unit: 'of-real' })
  const naive = topTenthFound(
    buyers,
    buyers.map(({ orderDays }) => orderDays),
  )
  const model = topTenthFound(buyers, expected)
  report({ name: 'holdout.topTenth.naive', value: naive, unit: 'share' })
  report({ name: 'holdout.topTenth.model', value: model, unit: 'share', ratio: model / naive })
}

/** Customers of whom no two have the same history: nothing can be grouped. */
function distinctCustomers(): { buyers: PredictedBuyer[]; at: number } {
  const shop = simulateShop({
    seed: 23_570,
    customers: 4 * DISTINCT_CUSTOMERS,
    arrivalDays: 1_400,
    days: 1_500,
    purchases: { r: 1.5, alpha: 60, a: 0.6, b: 6 },
    spend: { p: 6, q: 4, v: 1_500 },
  })
  const distinct = new Map<string, PredictedBuyer>()
  for (const buyer of shop.buyers) {
    const { repeats, last, age } = purchaseHistoryOf(buyer, shop.at)
    distinct.set(`${repeats} ${last} ${age}`, buyer)
  }
  return { buyers: [...distinct.values()].slice(0, DISTINCT_CUSTOMERS), at: shop.at }
}

/**
 * A whole fit, of both purchase models and the spend model, beside the likelihood of one of them as it is printed in the
 * paper, worked out a hundred times: a search that is told no more asks some five hundred times.
 */
function reportFits(report: Report, buyers: readonly PredictedBuyer[]): void {
  const histories = buyers.map((buyer) => purchaseHistoryOf(buyer, CALIBRATION_END))
  const model = { r: 0.525, alpha: 6.183 * WEEK, a: 0.891, b: 1.614 }
  const textbook = () => {
    for (let pass = 0; pass < TEXTBOOK_PASSES; pass += 1) {
      sum(histories.map((history) => mbgnbdLogLikelihood(model, history)))
    }
  }
  const rounds = Array.from({ length: ROUNDS + 1 }, () => ({
    baseline: millisecondsOf(textbook),
    subject: millisecondsOf(() => fitPredictions(buyers, CALIBRATION_END)),
  })).slice(1)
  report({
    name: 'insight.fit.2357.baseline',
    value: median(rounds.map(({ baseline }) => baseline)),
    unit: 'ms',
  })
  report({
    name: 'insight.fit.2357',
    value: median(rounds.map(({ subject }) => subject)),
    unit: 'ms',
    ratio: median(rounds.map(({ subject, baseline }) => subject / baseline)),
  })
  const distinct = distinctCustomers()
  const rows = groupPurchases(distinct.buyers.map((buyer) => purchaseHistoryOf(buyer, distinct.at)))
  report({ name: 'insight.fit.23570.histories', value: rows.repeats.length, unit: 'distinct' })
  const times = Array.from({ length: 3 }, () =>
    millisecondsOf(() => fitPredictions(distinct.buyers, distinct.at)),
  )
  report({ name: 'insight.fit.23570', value: median(times), unit: 'ms' })
}

function reportPredictions(report: Report, buyers: readonly PredictedBuyer[], fit: PredictionFit): void {
  const repetitions = 10
  const times = Array.from({ length: ROUNDS + 1 }, () =>
    millisecondsOf(() => {
      for (let repetition = 0; repetition < repetitions; repetition += 1) {
        for (const buyer of buyers) predict(fit, buyer, CALIBRATION_END, 'USD')
      }
    }),
  ).slice(1)
  report({
    name: 'insight.predict',
    value: (repetitions * buyers.length * 1_000) / median(times),
    unit: 'customers/s',
  })
}

/**
 * The purchase and spend models on the CDNOW data: the parameters beside which the published ones can be laid, what the
 * predictions are worth in the 39 weeks after, and how long it takes.
 */
export default function measureInsight(report: Report): Promise<void> {
  const { kind, buyers } = readCdnowBuyers()
  report({ name: `insight.data.${kind}`, value: buyers.length, unit: 'customers' })
  const fit = fitted(buyers, CALIBRATION_END)
  reportParameters(report, fit)
  reportHoldout(report, buyers, fit)
  reportFits(report, buyers)
  reportPredictions(report, buyers, fit)
  return Promise.resolve()
}
