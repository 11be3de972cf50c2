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

interface Gathered {
  purchases: PurchaseHistory[]
  spends: SpendHistory[]
  repeaters: number
  firstAt: number
  lastAt: number
}

/** Spend is taken of repeated purchases, as in its source: the first one is often another, for the sake of an offer. */
function gather(buyers: Iterable<PredictedBuyer>, at: number): Gathered {
  const gathered: Gathered = { purchases: [], spends: [], repeaters: 0, firstAt: at, lastAt: -Infinity }
  for (const buyer of buyers) {
    const { orderDays, firstAt, lastAt, spend, firstDaySpend } = buyer
    if (orderDays < 1 || firstAt > at) continue
    const history = purchaseHistoryOf(buyer, at)
    gathered.purchases.push(history)
    if (history.repeats > 0) {
      gathered.repeaters += 1
      const mean = (spend - firstDaySpend) / history.repeats
      if (mean > 0) gathered.spends.push({ purchases: history.repeats, mean })
    }
    gathered.firstAt = Math.min(gathered.firstAt, firstAt)
    gathered.lastAt = Math.max(gathered.lastAt, Math.min(lastAt, at))
  }
  return gathered
}

function missingIn({ purchases, repeaters, firstAt }: Gathered, at: number): TooLittleData | null {
  const found = { customers: purchases.length, repeaters, days: Math.floor((at - firstAt) / DAY) }
  const needed = Object.keys(NEEDED) as (keyof typeof NEEDED)[]
  if (needed.every((what) => found[what] >= NEEDED[what])) return null
  const of = (what: keyof typeof NEEDED) => ({ found: found[what], needed: NEEDED[what] })
  return { kind: 'tooLittleData', customers: of('customers'), repeaters: of('repeaters'), days: of('days') }
}

/** What there is too little of for a fit at `at` (epoch milliseconds); null where there is enough. */
export const missingForFit = (buyers: Iterable<PredictedBuyer>, at: number): TooLittleData | null =>
  missingIn(gather(buyers, at), at)

/**
 * The shop's parameters from all customers with an order until `at` (epoch milliseconds). Takes a second for some 20,000
 * customers with distinct histories: it is run off the event loop.
 */
export function fitPredictions(buyers: Iterable<PredictedBuyer>, at: number): PredictionFit | TooLittleData {
  const gathered = gather(buyers, at)
  const missing = missingIn(gathered, at)
  if (missing) return missing
  const { purchases, spends, repeaters, firstAt, lastAt } = gathered
  const rows = groupPurchases(purchases)
  return {
    at,
    customers: purchases.length,
    repeaters,
    firstAt,
    lastAt,
    mbgnbd: fitVariant(rows, 'mbgnbd'),
    bgnbd: fitVariant(rows, 'bgnbd'),
    gammaGamma: fitSpendModel(spends),
  }
}
