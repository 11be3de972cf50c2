import type { FutureOrders } from './futureOrders.ts'
import type { SpendParameters } from './spendModel.ts'

/** What is known of a customer's spend: at how many purchases, and how much in all. */
interface SpendSoFar {
  purchases: number
  total: number
}

/** Purchases of a number that is less likely than that do not move a band. */
const NEGLIGIBLE = 1e-6

/** A band's ends are found to this share of themselves. */
const PRECISION = 1e-3
const MOST_STEPS = 60

/** What the customer spends at a purchase on average, between the shop's mean and the customer's own. */
export const spendPerPurchase = ({ p, q, v }: SpendParameters, { purchases, total }: SpendSoFar) =>
  (p * (v + total)) / (p * purchases + q - 1)

/** The distribution function of the normal distribution, to 7 decimals: Abramowitz, Stegun 1964, 26.2.17. */
function normal(value: number): number {
  const t = 1 / (1 + 0.2316419 * Math.abs(value))
  const polynomial =
    t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))))
  const tail = 0.3989422804014327 * Math.exp(-0.5 * value * value) * polynomial
  return value < 0 ? tail : 1 - tail
}

/**
 * The probability that all purchases together bring more than an amount (a multiple of v + total). The spend of n
 * purchases, divided by v + total, is beta prime distributed (p n, q + p * purchases), which is an F distribution but for
 * its scale. That one is taken for its cube root's ratio of normal variables: Paulson 1942, Annals of Mathematical
 * Statistics 13:233. It misses by less than 0.01 where a band ends.
 */
function exceedance({ p, q }: SpendParameters, { purchases }: SpendSoFar, { atLeast }: FutureOrders) {
  const own = q + p * purchases
  const ownError = 1 / (9 * own)
  const terms: { probability: number; root: number; error: number }[] = []
  for (let index = 0; index < atLeast.length; index += 1) {
    const probability = (atLeast[index] as number) - (atLeast[index + 1] ?? 0)
    if (probability < NEGLIGIBLE) continue
    const shape = p * (index + 1)
    terms.push({ probability, root: Math.cbrt(own / shape), error: 1 / (9 * shape) })
  }
  return (amount: number): number => {
    const amountRoot = Math.cbrt(amount)
    let sum = 0
    for (const { probability, root, error } of terms) {
      const ratio = amountRoot * root
      const deviation = ((1 - ownError) * ratio - (1 - error)) / Math.sqrt(ownError * ratio * ratio + error)
      sum += probability * (1 - normal(deviation))
    }
    return sum
  }
}

/** Where a falling function of a positive number has come down to `wanted`: regula falsi over its logarithm. */
function crossing(falling: (value: number) => number, wanted: number, guess: number): number {
  const at = (logarithm: number) => falling(Math.exp(logarithm)) - wanted
  let low = Math.log(guess)
  let high = low
  let above = at(low)
  let below = above
  for (let step = 0; step < MOST_STEPS && below > 0; step += 1) {
    ;[low, above] = [high, below]
    high += 1
    below = at(high)
  }
  for (let step = 0; step < MOST_STEPS && above <= 0; step += 1) {
    ;[high, below] = [low, above]
    low -= 1
    above = at(low)
  }
  for (let step = 0; step < MOST_STEPS && high - low > PRECISION; step += 1) {
    const middle = low + ((high - low) * above) / (above - below)
    const value = at(middle)
    if (Math.abs(value) < PRECISION * 1e-2) return Math.exp(middle)
    // The end that stays is taken for half as far away, or it would stay for ever (the Illinois method).
    if (value > 0) [low, above, below] = [middle, value, below / 2]
    else [high, below, above] = [middle, value, above / 2]
  }
  return Math.exp((low + high) / 2)
}

/** The amounts that the spend of all future purchases exceeds with these probabilities. */
export function spendQuantiles(
  parameters: SpendParameters,
  soFar: SpendSoFar,
  orders: FutureOrders,
  probabilities: readonly number[],
): number[] {
  const any = orders.atLeast[0] ?? 0
  const scale = parameters.v + soFar.total
  const exceeds = exceedance(parameters, soFar, orders)
  const guess = spendPerPurchase(parameters, soFar) / scale
  return probabilities.map((probability) =>
    any <= probability ? 0 : scale * crossing(exceeds, probability, guess),
  )
}
