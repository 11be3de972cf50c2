import { DAY } from '../settings.ts'
import { expectedOrders, futureOrders, ordersQuantile, type FutureOrders } from './futureOrders.ts'
import { spendPerPurchase, spendQuantiles } from './futureSpend.ts'
import type { Prediction } from './prediction.ts'
import type { PredictionFit } from './predictionFit.ts'
import { purchaseHistoryOf, type OrderTimes } from './purchaseHistory.ts'
import type { PurchaseHistory, PurchaseParameters } from './purchaseModel.ts'

const HORIZON = 365

/** The band leaves out a tenth below and a tenth above. */
const TAIL = 0.1

const DIGITS = 1e4
const round = (value: number) => Math.round(value * DIGITS) / DIGITS

/** The expected value is within the band, also where it is less than one order and nine of ten customers bring none. */
function ordersBand(orders: FutureOrders): Prediction['orders'] {
  const expected = round(expectedOrders(orders))
  return {
    low: Math.min(ordersQuantile(orders, TAIL), Math.floor(expected)),
    expected,
    high: Math.max(ordersQuantile(orders, 1 - TAIL), Math.ceil(expected)),
  }
}

function spendBand(
  fit: NonNullable<PredictionFit['gammaGamma']>,
  purchases: number,
  total: number,
  orders: FutureOrders,
): NonNullable<Prediction['spend']> {
  const soFar = { purchases, total: Math.max(0, total) }
  const expected = Math.round(expectedOrders(orders) * spendPerPurchase(fit, soFar))
  const [low = 0, high = 0] = spendQuantiles(fit, soFar, orders, [1 - TAIL, TAIL])
  return {
    low: Math.min(Math.round(low), expected),
    expected,
    high: Math.max(Math.round(high), expected),
  }
}

/** After how many days an order is as likely as not, if it is within the horizon. */
function daysToNextOrder(
  { r, alpha }: PurchaseParameters,
  { repeats, age }: PurchaseHistory,
  alive: number,
): number | null {
  if (alive <= 0.5) return null
  const days = (alpha + age) * Math.expm1(-Math.log(1 - 0.5 / alive) / (r + repeats))
  return days <= HORIZON ? days : null
}

/**
 * What is to be expected of a customer in the 365 days after `at`, by the shop's fit; null without an order. `spend` is
 * revenue so far, net of refunds, in minor units of `currency`. Takes some 10 microseconds.
 */
export function predict(
  fit: PredictionFit,
  figures: OrderTimes & { spend: number },
  at: number,
  currency: string,
): Prediction | null {
  const { orderDays, spend: total } = figures
  if (orderDays < 1) return null
  const history = purchaseHistoryOf(figures, at)
  const orders = futureOrders(fit.mbgnbd, history, 'mbgnbd', HORIZON, HORIZON)
  const spend = fit.gammaGamma && spendBand(fit.gammaGamma, orderDays, total, orders)
  const days = daysToNextOrder(fit.mbgnbd, history, orders.alive)
  return {
    at,
    alive: round(orders.alive),
    orders: ordersBand(orders),
    spend,
    currency,
    lifetimeValue: spend && total + spend.expected,
    nextOrderAt: days === null ? null : Math.round(at + days * DAY),
    basis: { orders: orderDays, ageDays: history.age, fittedOn: fit.customers, fittedAt: fit.at },
  }
}
