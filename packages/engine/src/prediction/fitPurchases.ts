import { fitParameters, type ParameterFit } from './fitParameters.ts'
import { chancesToStop, type PurchaseHistory, type PurchaseVariant } from './purchaseModel.ts'

/** Equal histories, and how many customers have them. Times stand in a table of the distinct ones. */
export interface PurchaseRows {
  times: Float64Array
  repeats: Float64Array
  last: Uint32Array
  age: Uint32Array
  customers: Float64Array
}

/** Histories of one kind are one row: a shop of 2,357 customers has some 600 of them. */
export function groupPurchases(histories: Iterable<PurchaseHistory>): PurchaseRows {
  const indexes = new Map<number, number>()
  const indexOf = (time: number) => {
    let index = indexes.get(time)
    if (index === undefined) {
      index = indexes.size
      indexes.set(time, index)
    }
    return index
  }
  const rows = new Map<string, { repeats: number; last: number; age: number; customers: number }>()
  for (const { repeats, last, age } of histories) {
    const key = `${repeats} ${last} ${age}`
    const row = rows.get(key)
    if (row) row.customers += 1
    else rows.set(key, { repeats, last: indexOf(last), age: indexOf(age), customers: 1 })
  }
  const all = [...rows.values()]
  return {
    times: Float64Array.from(indexes.keys()),
    repeats: Float64Array.from(all, (row) => row.repeats),
    last: Uint32Array.from(all, (row) => row.last),
    age: Uint32Array.from(all, (row) => row.age),
    customers: Float64Array.from(all, (row) => row.customers),
  }
}

/** For 0, 1 ... `count`: the sum of the logarithms of the first so many terms. */
function sumsOfLogs(count: number, term: (index: number) => number): Float64Array {
  const sums = new Float64Array(count + 1)
  for (let index = 0; index < count; index += 1) {
    sums[index + 1] = (sums[index] as number) + Math.log(term(index))
  }
  return sums
}

/** Where one way is less likely than the other by this factor (as a logarithm), it adds nothing to a double. */
const NOTHING = 40

/** A product of numbers between 1 and 2 stays far from overflowing below this. */
const LARGE = 1e250

/**
 * The logarithm of the probability of all histories, of both variants. A history has happened to a customer who has not
 * stopped by the end, or who stopped at the last purchase; the second is written as a multiple of the first, so that
 * nothing overflows. Ratios of gamma functions are products over the purchases, summed once for all customers; of what
 * is left for each customer, 1 plus that multiple, the product is taken, and its logarithm now and then.
 */
function purchaseLikelihood(rows: PurchaseRows, variant: PurchaseVariant) {
  const { times, repeats, last, age, customers } = rows
  const most = repeats.reduce((one, other) => Math.max(one, other), 0)
  const logs = new Float64Array(times.length)
  const stops = new Float64Array(most + 1)
  return ([r, alpha, a, b]: readonly number[]): number => {
    const [shape, rate, stop, stay] = [r, alpha, a, b] as [number, number, number, number]
    const logRate = Math.log(rate)
    for (let index = 0; index < times.length; index += 1) {
      logs[index] = Math.log1p((times[index] as number) / rate)
    }
    const bought = sumsOfLogs(most, (index) => shape + index)
    const stayed = sumsOfLogs(most + 1, (index) => (stay + index) / (stop + stay + index))
    for (let count = 0; count <= most; count += 1) {
      const chances = chancesToStop(count, variant)
      stops[count] = chances === 0 ? -Infinity : Math.log(stop / (stay + chances - 1))
    }
    let sum = 0
    let product = 1
    for (let row = 0; row < repeats.length; row += 1) {
      const count = repeats[row] as number
      const weight = customers[row] as number
      const exponent = shape + count
      const end = logs[age[row] as number] as number
      const alive =
        (bought[count] as number) +
        (stayed[chancesToStop(count, variant)] as number) -
        exponent * end -
        count * logRate
      const ratio = (stops[count] as number) + exponent * (end - (logs[last[row] as number] as number))
      sum += weight * (ratio > 0 ? alive + ratio : alive)
      const distance = Math.abs(ratio)
      if (distance > NOTHING) continue
      const both = 1 + Math.exp(-distance)
      if (weight === 1) product *= both
      else sum += weight * Math.log(both)
      if (product > LARGE) {
        sum += Math.log(product)
        product = 1
      }
    }
    return sum + Math.log(product)
  }
}

/** Shapes beyond these are of customers who are all alike, or of whom nothing can be said. */
const SHAPES = { least: 1e-3, most: 1e3 }
const STOPS = { least: 1e-3, most: 1e4 }

/**
 * The parameters `r`, `alpha`, `a`, `b` of the greatest likelihood. Times are of any unit: `alpha` is of the same.
 * There must be somebody with a second purchase.
 */
export function fitPurchases(rows: PurchaseRows, variant: PurchaseVariant): ParameterFit {
  let purchases = 0
  let observed = 0
  for (let row = 0; row < rows.repeats.length; row += 1) {
    const customers = rows.customers[row] as number
    purchases += customers * (rows.repeats[row] as number)
    observed += customers * (rows.times[rows.age[row] as number] as number)
  }
  // The time between two purchases, if all customers were alike and nobody stopped.
  const gap = observed / purchases
  const starts = [0.3, 1, 4].flatMap((r) =>
    [
      [0.5, 2],
      [1, 1],
      [1, 10],
    ].flatMap(([a, b]) => [0.3, 1].map((share) => [r, share * r * gap, a as number, b as number])),
  )
  const ranges = [SHAPES, { least: 1e-4 * gap, most: 1e4 * gap }, STOPS, STOPS]
  return fitParameters(purchaseLikelihood(rows, variant), starts, ranges)
}
