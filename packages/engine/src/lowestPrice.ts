import { DAY } from './duration.ts'
import type { Reduction } from './productsOf.ts'

/** The lowest price of a day, in minor units; days in the order of time, of one currency. */
export interface DayPrice {
  at: number
  price: number
}

/** Directive 98/6/EC, art. 6a: the lowest price of at least so long before the reduction. */
const WINDOW = 30 * DAY

/** Since which day the price is what it is: the first of the days at the end that have it. */
function sinceOf(days: readonly DayPrice[], price: number): number | undefined {
  let since: number | undefined
  for (const day of days.toReversed()) {
    if (day.price !== price) break
    since = day.at
  }
  return since
}

/**
 * The lowest price of the 30 days before today's price began to hold; null where nothing is known of them. A price that
 * was told once holds until the next is told.
 */
export function lowestBefore(days: readonly DayPrice[], price: number): number | null {
  const since = sinceOf(days, price)
  const earlier = days.filter(({ at }) => since === undefined || at < since)
  const start = (since ?? Infinity) - WINDOW
  const within = earlier.filter(({ at }) => at >= start)
  const holding = earlier.findLast(({ at }) => at < start)
  const prices = [...(holding ? [holding] : []), ...within].map((day) => day.price)
  return prices.length === 0 ? null : Math.min(...prices)
}

/**
 * What a price has come down from, to be shown beside it: only where the shop says that it is reduced, and the lowest
 * price of the 30 days before is known.
 *
 * @param previous what the shop says that it cost before
 */
export function reductionOf(
  days: readonly DayPrice[],
  price: number,
  previous: number | null,
): Reduction | null {
  if (previous === null || previous <= price) return null
  const lowest = lowestBefore(days, price)
  return lowest === null ? null : { previous, lowest }
}
