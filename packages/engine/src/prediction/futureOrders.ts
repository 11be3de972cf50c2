import {
  chancesToStop,
  type PurchaseHistory,
  type PurchaseParameters,
  type PurchaseVariant,
} from './purchaseModel.ts'

/** What a customer is going to buy within a time, as probabilities. */
export interface FutureOrders {
  /** That the customer has not stopped buying. */
  alive: number
  /** That there are at least 1, 2, 3 ... purchases, as far as that is possible. */
  atLeast: number[]
}

/** What is less likely than that is left out. */
const NEGLIGIBLE = 1e-9

/** The probability that a customer with this history still buys. */
export function aliveOf(
  { r, alpha, a, b }: PurchaseParameters,
  { repeats, last, age }: PurchaseHistory,
  variant: PurchaseVariant,
): number {
  const chances = chancesToStop(repeats, variant)
  if (chances === 0) return 1
  const silence = Math.log((alpha + age) / (alpha + last))
  return 1 / (1 + (a / (b + chances - 1)) * Math.exp((r + repeats) * silence))
}

/**
 * How many purchases a customer makes in the next `duration` (unit of the parameters), `most` at most. It is the model's
 * own distribution: who still buys would make a number of purchases by a negative binomial distribution (shape
 * r + repeats, their rate being gamma), if it were for ever; the n-th is made by those whom n - 1 chances have not
 * stopped (beta). Both are independent, given the history. The sum over n is the expectation that the sources write with
 * the hypergeometric function 2F1; unlike theirs it has no gap where `a` is 1.
 */
export function futureOrders(
  parameters: PurchaseParameters,
  history: PurchaseHistory,
  variant: PurchaseVariant,
  duration: number,
  most: number,
): FutureOrders {
  const { r, alpha, a, b } = parameters
  const alive = aliveOf(parameters, history, variant)
  const shape = r + history.repeats
  const stays = b + chancesToStop(history.repeats, variant)
  const share = duration / (alpha + history.age + duration)
  // Of exactly n purchases by who never stops, and of more than n.
  let exactly = Math.exp(shape * Math.log1p(-share))
  let more = 1 - exactly
  let notStopped = alive
  const atLeast: number[] = []
  for (let count = 1; count <= most; count += 1) {
    const probability = notStopped * more
    if (probability < NEGLIGIBLE) break
    atLeast.push(probability)
    exactly *= ((shape + count - 1) / count) * share
    more = Math.max(0, more - exactly)
    notStopped *= (stays + count - 1) / (a + stays + count - 1)
  }
  return { alive, atLeast }
}

/** The expected number of purchases. */
export const expectedOrders = ({ atLeast }: FutureOrders) => atLeast.reduce((sum, one) => sum + one, 0)

/** The least number of purchases that is not exceeded with this probability. */
export function ordersQuantile({ atLeast }: FutureOrders, probability: number): number {
  const count = atLeast.findIndex((more) => more <= 1 - probability)
  return count === -1 ? atLeast.length : count
}
