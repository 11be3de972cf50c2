import { NOT_ENOUGH_DATA } from './share.ts'

/** One half of an experiment. Money is integer minor units of one currency. */
export interface LiftGroup {
  people: number
  /** How many of them bought. */
  converted: number
  /** What all of them spent, and the sum of the squares of what each spent. */
  revenue: number
  squares: number
}

/** A difference between those who were mailed and those who were held out, with its 95 % interval. */
interface LiftEstimate {
  mailed: number
  heldOut: number
  difference: number
  low: number
  high: number
  /** `unclear` where the interval holds 0: the mails may have done nothing. */
  verdict: 'raised' | 'lowered' | 'unclear'
}

interface Lift {
  /** Shares of people who bought; null where `word` says that there is not enough to know. */
  conversion: LiftEstimate | null
  /** Minor units a person. */
  revenue: LiftEstimate | null
  conversionWord: typeof NOT_ENOUGH_DATA | null
  revenueWord: typeof NOT_ENOUGH_DATA | null
}

/** Fewer people than this in a group, or buyers in both together, and no interval is shown. */
export const FEWEST_PEOPLE = 30
const FEWEST_BUYERS = 10

/** Of the standard normal distribution: 95 % lie within it on both sides of 0. */
const Z = 1.959963984540054

/** Wilson's score interval of a share. */
function wilson(count: number, people: number): { low: number; high: number } {
  const share = count / people
  const square = Z * Z
  const middle = 2 * count + square
  const reach = Z * Math.sqrt(square + 4 * count * (1 - share))
  const twice = 2 * (people + square)
  // Rounding may leave a share below 0 or above 1 by a trace.
  return { low: Math.max(0, (middle - reach) / twice), high: Math.min(1, (middle + reach) / twice) }
}

const verdictOf = (low: number, high: number) => (low > 0 ? 'raised' : high < 0 ? 'lowered' : 'unclear')

/**
 * The difference of two shares with its hybrid score interval: method 10 of Newcombe, "Interval estimation for the
 * difference between independent proportions", Statistics in Medicine 17 (1998), 873-890.
 */
export function differenceOfShares(
  mailed: Pick<LiftGroup, 'people' | 'converted'>,
  heldOut: Pick<LiftGroup, 'people' | 'converted'>,
): LiftEstimate {
  const one = mailed.converted / mailed.people
  const other = heldOut.converted / heldOut.people
  const ofOne = wilson(mailed.converted, mailed.people)
  const ofOther = wilson(heldOut.converted, heldOut.people)
  const difference = one - other
  const low = difference - Math.hypot(one - ofOne.low, ofOther.high - other)
  const high = difference + Math.hypot(ofOne.high - one, other - ofOther.low)
  return { mailed: one, heldOut: other, difference, low, high, verdict: verdictOf(low, high) }
}

/**
 * The 97.5 % quantile of Student's t distribution: the expansion 26.7.5 of Abramowitz and Stegun, Handbook of
 * Mathematical Functions (1964). Off by less than 0.0001 from 10 degrees of freedom on.
 */
export function studentQuantile(degrees: number): number {
  const [z, n] = [Z, degrees]
  return (
    z +
    (z ** 3 + z) / (4 * n) +
    (5 * z ** 5 + 16 * z ** 3 + 3 * z) / (96 * n ** 2) +
    (3 * z ** 7 + 19 * z ** 5 + 17 * z ** 3 - 15 * z) / (384 * n ** 3) +
    (79 * z ** 9 + 776 * z ** 7 + 1_482 * z ** 5 - 1_920 * z ** 3 - 945 * z) / (92_160 * n ** 4)
  )
}

const varianceOfMean = ({ people, revenue, squares }: LiftGroup) =>
  Math.max(0, (squares - (revenue * revenue) / people) / (people - 1)) / people

/**
 * The difference of what people of two groups spend, with its interval: Welch, "The generalization of Student's problem
 * when several different population variances are involved", Biometrika 34 (1947), 28-35.
 */
export function differenceOfMeans(mailed: LiftGroup, heldOut: LiftGroup): LiftEstimate {
  const one = mailed.revenue / mailed.people
  const other = heldOut.revenue / heldOut.people
  const [ofOne, ofOther] = [varianceOfMean(mailed), varianceOfMean(heldOut)]
  const both = ofOne + ofOther
  const degrees = (both * both) / (ofOne ** 2 / (mailed.people - 1) + ofOther ** 2 / (heldOut.people - 1))
  // Where everybody spent the same there is nothing to be unsure of.
  const reach = both === 0 ? 0 : studentQuantile(degrees) * Math.sqrt(both)
  const difference = one - other
  const [low, high] = [difference - reach, difference + reach]
  return { mailed: one, heldOut: other, difference, low, high, verdict: verdictOf(low, high) }
}

/**
 * What the mails have brought about, as far as it is known: how much more of those who were mailed bought, and how much
 * more they spent, than of those who were held out by chance. Either is left out below 30 people in a group; the
 * conversion also below 10 buyers in both groups together, the revenue below 10 in either.
 */
export function liftOf(mailed: LiftGroup, heldOut: LiftGroup): Lift {
  const people = Math.min(mailed.people, heldOut.people)
  const isMeasured = people >= FEWEST_PEOPLE && mailed.converted + heldOut.converted >= FEWEST_BUYERS
  const isWeighed = people >= FEWEST_PEOPLE && Math.min(mailed.converted, heldOut.converted) >= FEWEST_BUYERS
  return {
    conversion: isMeasured ? differenceOfShares(mailed, heldOut) : null,
    conversionWord: isMeasured ? null : NOT_ENOUGH_DATA,
    revenue: isWeighed ? differenceOfMeans(mailed, heldOut) : null,
    revenueWord: isWeighed ? null : NOT_ENOUGH_DATA,
  }
}
