import { DAY } from '../settings.ts'
import type { PurchaseHistory } from './purchaseModel.ts'

/** When a customer ordered: the distinct days (UTC) with an order, the first and the last order. */
export interface OrderTimes {
  orderDays: number
  firstAt: number
  lastAt: number
}

/** No shop is older: what is, is a mistake of the data. */
const MOST_DAYS = 36_525

const dayOf = (at: number) => Math.floor(at / DAY)
const atMost = (days: number, most: number) => Math.max(0, Math.min(days, most))

/** The purchases of a customer as the models know them, in whole days. A customer buys once a day at most. */
export function purchaseHistoryOf({ orderDays, firstAt, lastAt }: OrderTimes, at: number): PurchaseHistory {
  const age = atMost(dayOf(at) - dayOf(firstAt), MOST_DAYS)
  const last = atMost(dayOf(lastAt) - dayOf(firstAt), age)
  return { repeats: atMost(orderDays - 1, last), last: orderDays > 1 ? last : 0, age }
}
