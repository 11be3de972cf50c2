import type { PredictedBuyer } from '../../src/prediction/fitPredictions.ts'
import type { PurchaseParameters } from '../../src/prediction/purchaseModel.ts'
import type { SpendParameters } from '../../src/prediction/spendModel.ts'

const DAY = 86_400_000

/** Numbers above 0 and below 1, the same for the same seed: Lehmer's generator with the constants of Park and Miller. */
export function seededUniform(seed: number): () => number {
  let state = (seed % 2_147_483_646) + 1
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}

/** Draws of the distributions that the models are made of. */
export function samplers(uniform: () => number) {
  const exponential = () => -Math.log(uniform())
  const normal = () => Math.sqrt(2 * exponential()) * Math.cos(2 * Math.PI * uniform())
  /** Of scale 1. Source: Marsaglia, Tsang 2000, ACM Transactions on Mathematical Software 26:363. */
  function gamma(shape: number): number {
    if (shape < 1) return gamma(shape + 1) * uniform() ** (1 / shape)
    const third = shape - 1 / 3
    for (;;) {
      const deviation = normal()
      const cube = (1 + deviation / Math.sqrt(9 * third)) ** 3
      if (cube <= 0) continue
      if (Math.log(uniform()) < deviation ** 2 / 2 + third * (1 - cube + Math.log(cube))) return third * cube
    }
  }
  const beta = (a: number, b: number) => {
    const one = gamma(a)
    return one / (one + gamma(b))
  }
  return { exponential, gamma, beta }
}

export interface SimulatedShop {
  seed: number
  customers: number
  /** Customers come evenly over so many days, the shop's first ones. */
  arrivalDays: number
  /** From the shop's first day to the day of the fit. */
  days: number
  purchases: PurchaseParameters
  spend: SpendParameters
}

/** Customers who buy as the MBG/NBD and Gamma-Gamma models have it, their purchases seen in whole days until `at`. */
export function simulateShop(shop: SimulatedShop): { buyers: PredictedBuyer[]; at: number } {
  const { purchases, spend } = shop
  const uniform = seededUniform(shop.seed)
  const { exponential, gamma, beta } = samplers(uniform)
  const buyers = Array.from({ length: shop.customers }, () => {
    const rate = gamma(purchases.r) / purchases.alpha
    const stops = beta(purchases.a, purchases.b)
    const scale = gamma(spend.q) / spend.v
    const first = uniform() * shop.arrivalDays
    const amounts = new Map<number, number>()
    for (let time = first; time < shop.days; time += exponential() / rate) {
      const day = Math.floor(time)
      // One purchase a day: more on one day would be a spend of another kind than the model's.
      if (!amounts.has(day)) amounts.set(day, Math.max(1, Math.round(gamma(spend.p) / scale)))
      if (uniform() < stops) break
    }
    const days = [...amounts.keys()]
    return {
      orderDays: days.length,
      firstAt: (days[0] as number) * DAY,
      lastAt: (days.at(-1) as number) * DAY,
      spend: [...amounts.values()].reduce((sum, amount) => sum + amount, 0),
      firstDaySpend: amounts.get(days[0] as number) as number,
    }
  })
  return { buyers, at: shop.days * DAY }
}
