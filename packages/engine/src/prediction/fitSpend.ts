import { fitParameters, type ParameterFit } from './fitParameters.ts'
import { logGamma } from './logGamma.ts'
import type { SpendHistory } from './spendModel.ts'

/** Of a kind of purchases that varies more, one says nothing about the next; less is a fixed price. */
const SHAPES = { least: 0.2, most: 1e4 }
/** How far `q` is above 1. */
const ABOVE_ONE = { least: 1e-3, most: 1e4 }

function spendLikelihood(histories: readonly SpendHistory[]) {
  const totals = Float64Array.from(histories, ({ purchases, mean }) => purchases * mean)
  const counts = Float64Array.from(histories, ({ purchases }) => purchases)
  const kinds = new Map<number, number>()
  let logs = 0
  let logsByPurchase = 0
  for (const { purchases, mean } of histories) {
    kinds.set(purchases, (kinds.get(purchases) ?? 0) + 1)
    logs += Math.log(mean)
    logsByPurchase += purchases * Math.log(purchases * mean)
  }
  return ([p, q, v]: readonly number[]): number => {
    const [shape, spread, scale] = [p, q, v] as [number, number, number]
    let sum = shape * logsByPurchase - logs
    const perCustomer = spread * Math.log(scale) - logGamma(spread)
    for (const [purchases, customers] of kinds) {
      const own = shape * purchases
      sum += customers * (logGamma(own + spread) - logGamma(own) + perCustomer)
    }
    for (let row = 0; row < totals.length; row += 1) {
      sum -= (shape * (counts[row] as number) + spread) * Math.log(scale + (totals[row] as number))
    }
    return sum
  }
}

/** The parameters `p`, `q`, `v` of the greatest likelihood, `v` in the unit of the means. Means are above 0. */
export function fitSpend(histories: readonly SpendHistory[]): ParameterFit {
  const logLikelihood = spendLikelihood(histories)
  const mean = histories.reduce((sum, history) => sum + history.mean, 0) / histories.length
  const starts = [1, 5, 25].flatMap((p) => [1.5, 3, 10].map((q) => [p, q - 1, (mean * (q - 1)) / p] as const))
  const fit = fitParameters(
    ([p, above, v]) => logLikelihood([p as number, 1 + (above as number), v as number]),
    starts,
    [SHAPES, ABOVE_ONE, { least: 1e-6 * mean, most: 1e6 * mean }],
  )
  const [p, above, v] = fit.parameters as [number, number, number]
  return { ...fit, parameters: [p, 1 + above, v] }
}
