import { DAY } from '../settings.ts'
import { fitPurchases, groupPurchases, type PurchaseRows } from './fitPurchases.ts'
import { fitSpend } from './fitSpend.ts'
import type { PredictionFit, TooLittleData } from './predictionFit.ts'
import { purchaseHistoryOf, type OrderTimes } from './purchaseHistory.ts'
import type { PurchaseHistory, PurchaseVariant } from './purchaseModel.ts'
import type { SpendHistory } from './spendModel.ts'

/** What the fit needs of one customer with orders. Money is in minor units of the workspace's currency, net of refunds. */
export interface PredictedBuyer extends OrderTimes {
  spend: number
  /** Of that, what was spent on the first day with an order. */
  firstDaySpend: number
}

/**
 * docs/predictions.md says what was measured with fewer.
 */
const NEEDED = { customers: 100, repeaters: 30, days: 90 }

function fitVariant(rows: PurchaseRows, variant: PurchaseVariant): PredictionFit['mbgnbd'] {
  const { parameters, logLikelihood } = fitPurchases(rows, variant)
  const [r, alpha, a, b] = parameters as [number, number, number, number]
  return { r, alpha, a, b, logLikelihood }
}

function fitSpendModel(histories: readonly SpendHistory[]): PredictionFit['gammaGamma'] {
  if (histories.length < NEEDED.repeaters) return null
  const { parameters, logLikelihood } = fitSpend(histories)
  const [p, q, v] = parameters as [number, number, number]
  return { p, q, v, customers: histories.length, logLikelihood }
}

/**
 * The shop's parameters from all customers with an order until `at` (epoch milliseconds). Takes a second for some 20,000
 * customers with distinct histories: it is run off the event loop.
 *
 * Spend is fitted on repeated purchases, as in its source: the first one is often another, for the sake of an offer.
 */
export function fitPredictions(buyers: Iterable<PredictedBuyer>, at: number): PredictionFit | TooLittleData {
  const purchases: PurchaseHistory[] = []
  const spends: SpendHistory[] = []
  let repeaters = 0
  let first = at
  let last = -Infinity
  for (const buyer of buyers) {
    const { orderDays, firstAt, lastAt, spend, firstDaySpend } = buyer
    if (orderDays < 1 || firstAt > at) continue
    const history = purchaseHistoryOf(buyer, at)
    purchases.push(history)
    if (history.repeats > 0) {
      repeaters += 1
      const mean = (spend - firstDaySpend) / history.repeats
      if (mean > 0) spends.push({ purchases: history.repeats, mean })
    }
    first = Math.min(first, firstAt)
    last = Math.max(last, Math.min(lastAt, at))
  }
  const found = { customers: purchases.length, repeaters, days: Math.floor((at - first) / DAY) }
  if (found.customers < NEEDED.customers || repeaters < NEEDED.repeaters || found.days < NEEDED.days) {
    const of = (what: keyof typeof NEEDED) => ({ found: found[what], needed: NEEDED[what] })
    return { kind: 'tooLittleData', customers: of('customers'), repeaters: of('repeaters'), days: of('days') }
  }
  const rows = groupPurchases(purchases)
  return {
    at,
    customers: found.customers,
    repeaters,
    firstAt: first,
    lastAt: last,
    mbgnbd: fitVariant(rows, 'mbgnbd'),
    bgnbd: fitVariant(rows, 'bgnbd'),
    gammaGamma: fitSpendModel(spends),
  }
}
