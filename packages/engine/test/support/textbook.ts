import { logGamma } from '../../src/prediction/logGamma.ts'
import type { PurchaseHistory, PurchaseParameters } from '../../src/prediction/purchaseModel.ts'
import type { SpendHistory, SpendParameters } from '../../src/prediction/spendModel.ts'

/** The models as they are printed, term by term, and without care for speed or overflow: to check the engine's by. */

const logBeta = (a: number, b: number) => logGamma(a) + logGamma(b) - logGamma(a + b)

const purchaseTerm = ({ r, alpha }: PurchaseParameters, repeats: number, time: number) =>
  logGamma(r + repeats) - logGamma(r) + r * Math.log(alpha) - (r + repeats) * Math.log(alpha + time)

/** Fader, Hardie, Lee 2005, Marketing Science 24:275, equation 6. */
export function bgnbdLogLikelihood(
  model: PurchaseParameters,
  { repeats, last, age }: PurchaseHistory,
): number {
  const { a, b } = model
  const alive = Math.exp(logBeta(a, b + repeats) - logBeta(a, b) + purchaseTerm(model, repeats, age))
  const stopped =
    repeats === 0
      ? 0
      : Math.exp(logBeta(a + 1, b + repeats - 1) - logBeta(a, b) + purchaseTerm(model, repeats, last))
  return Math.log(alive + stopped)
}

/** Batislam, Denizel, Filiztekin 2007, International Journal of Research in Marketing 24:201. */
export function mbgnbdLogLikelihood(
  model: PurchaseParameters,
  { repeats, last, age }: PurchaseHistory,
): number {
  const { a, b } = model
  const alive = logBeta(a, b + repeats + 1) - logBeta(a, b) + purchaseTerm(model, repeats, age)
  const stopped = logBeta(a + 1, b + repeats) - logBeta(a, b) + purchaseTerm(model, repeats, last)
  return Math.log(Math.exp(alive) + Math.exp(stopped))
}

/** Fader, Hardie 2013, The Gamma-Gamma Model of Monetary Value, equation 1a. */
export function gammaGammaLogLikelihood(
  { p, q, v }: SpendParameters,
  { purchases, mean }: SpendHistory,
): number {
  const own = p * purchases
  return (
    logGamma(own + q) -
    logGamma(own) -
    logGamma(q) +
    q * Math.log(v) +
    (own - 1) * Math.log(mean) +
    own * Math.log(purchases) -
    (own + q) * Math.log(v + mean * purchases)
  )
}

/** The sum of Gauss, for 0 <= z < 1. */
function hypergeometric(a: number, b: number, c: number, z: number): number {
  let sum = 1
  for (let term = 1, n = 0; Math.abs(term) > 1e-15 * sum; n += 1) {
    term *= (((a + n) * (b + n)) / ((c + n) * (n + 1))) * z
    sum += term
  }
  return sum
}

/** Fader, Hardie, Lee 2005, equation 10. */
export function bgnbdExpectation(
  { r, alpha, a, b }: PurchaseParameters,
  { repeats, last, age }: PurchaseHistory,
  duration: number,
): number {
  const end = alpha + age + duration
  const gauss = hypergeometric(r + repeats, b + repeats, a + b + repeats - 1, duration / end)
  const forever = ((a + b + repeats - 1) / (a - 1)) * (1 - ((alpha + age) / end) ** (r + repeats) * gauss)
  const odds = repeats === 0 ? 0 : (a / (b + repeats - 1)) * ((alpha + age) / (alpha + last)) ** (r + repeats)
  return forever / (1 + odds)
}

/** Batislam, Denizel, Filiztekin 2007, appendix; Hoppe, Wagner 2007, Marketing JRM 3:75. */
export function mbgnbdExpectation(
  { r, alpha, a, b }: PurchaseParameters,
  { repeats, last, age }: PurchaseHistory,
  duration: number,
): number {
  const end = alpha + age + duration
  const gauss = hypergeometric(r + repeats, b + repeats + 1, a + b + repeats, duration / end)
  const forever = ((a + b + repeats) / (a - 1)) * (1 - ((alpha + age) / end) ** (r + repeats) * gauss)
  const odds = (a / (b + repeats)) * ((alpha + age) / (alpha + last)) ** (r + repeats)
  return forever / (1 + odds)
}
