/** What one customer has bought of a product: the first time. Numbers stand for the ids, so that a million fit. */
export interface Purchases {
  /** One row each; rows of one customer stand together, in the order of time. */
  customers: Int32Array
  products: Int32Array
  /** Epoch milliseconds. */
  times: Float64Array
  /** The order that it was bought in, as a number. */
  orders: Int32Array
  /** How many products there are: they are numbered from 0. */
  productCount: number
}

/** Where the rows of each customer begin and end: `[from, to)`. */
export function* customersOf({ customers }: Purchases): Generator<readonly [from: number, to: number], void> {
  let from = 0
  for (let place = 1; place <= customers.length; place += 1) {
    if (place < customers.length && customers[place] === customers[from]) continue
    yield [from, place]
    from = place
  }
}

/**
 * Puts rows in the order that `Purchases` has: by customer, then time; of a product that a customer has bought again only
 * the first time stays.
 */
export function sortPurchases(rows: Purchases): Purchases {
  const { customers, products, times, orders, productCount } = rows
  const places = Int32Array.from(customers.keys()).toSorted(
    (one, other) =>
      (customers[one] ?? 0) - (customers[other] ?? 0) ||
      (times[one] ?? 0) - (times[other] ?? 0) ||
      (orders[one] ?? 0) - (orders[other] ?? 0) ||
      (products[one] ?? 0) - (products[other] ?? 0),
  )
  const kept = new Int32Array(places.length)
  let [count, current] = [0, -1]
  let seen = new Set<number>()
  for (const place of places) {
    const customer = customers[place] ?? 0
    if (customer !== current) {
      current = customer
      seen = new Set()
    }
    const product = products[place] ?? 0
    if (seen.has(product)) continue
    seen.add(product)
    kept[count] = place
    count += 1
  }
  const chosen = kept.subarray(0, count)
  const pick = (values: Int32Array) => Int32Array.from(chosen, (place) => values[place] ?? 0)
  return {
    customers: pick(customers),
    products: pick(products),
    orders: pick(orders),
    times: Float64Array.from(chosen, (place) => times[place] ?? 0),
    productCount,
  }
}
