import { sortPurchases, type Purchases } from '@ciclo/engine'
import {
  cancelledOrders,
  mergedCustomers,
  pageOfOrderLines,
  recommendableProducts,
} from '../store/queries/recommendations.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Store } from '../store/store.ts'

const PAGE = 20_000

/** Grows as rows come, without a copy for each. */
function createColumn<Values extends Int32Array | Float64Array>(make: (length: number) => Values) {
  let values = make(65_536)
  let length = 0
  return {
    push: (value: number) => {
      if (length === values.length) {
        const larger = make(length * 2)
        larger.set(values)
        values = larger
      }
      values[length] = value
      length += 1
    },
    all: () => values.subarray(0, length) as Values,
  }
}

/** Numbers for texts, from 0. */
function createNumbers() {
  const numbers = new Map<string, number>()
  return {
    of: (text: string) => {
      const known = numbers.get(text)
      if (known !== undefined) return known
      numbers.set(text, numbers.size)
      return numbers.size - 1
    },
    count: () => numbers.size,
  }
}

export interface ShopPurchases {
  purchases: Purchases
  /** By their number: the products that somebody has bought come after those of the catalogue. */
  productIds: readonly string[]
  categoryOf: (product: number) => string | undefined
  /** What is never recommended: hidden, or told of by browsers alone. */
  isExcluded: (product: number) => boolean
}

/** All that was bought, page by page, in numbers: 24 bytes for a line. Cancelled orders do not count. */
export async function readPurchases(store: Store, workspaceId: string): Promise<ShopPurchases> {
  const { merged, cancelled, listed, settings } = await store.read(async (tx) => ({
    merged: await mergedCustomers(tx, workspaceId),
    cancelled: await cancelledOrders(tx, workspaceId),
    listed: await recommendableProducts(tx, workspaceId),
    settings: await readSettings(tx, workspaceId),
  }))
  const [products, customers, orders] = [createNumbers(), createNumbers(), createNumbers()]
  const productIds: string[] = []
  const categories: (string | null)[] = []
  const excluded: boolean[] = []
  for (const { id, category, hidden, trusted } of listed) {
    productIds[products.of(id)] = id
    categories.push(category)
    excluded.push(hidden || !trusted)
  }
  const customerColumn = createColumn((length) => new Int32Array(length))
  const productColumn = createColumn((length) => new Int32Array(length))
  const orderColumn = createColumn((length) => new Int32Array(length))
  const timeColumn = createColumn((length) => new Float64Array(length))
  let after: { orderId: string; line: number } | undefined
  for (let more = true; more;) {
    const place = after
    const page = await store.read((tx) => pageOfOrderLines(tx, workspaceId, place, PAGE))
    for (const { orderId, customerId, productId, at, trusted } of page) {
      if (cancelled.has(orderId) || (!trusted && !settings.browserOrdersAreRevenue)) continue
      const product = products.of(productId)
      productIds[product] ??= productId
      customerColumn.push(customers.of(merged.get(customerId) ?? customerId))
      productColumn.push(product)
      orderColumn.push(orders.of(orderId))
      timeColumn.push(at)
    }
    after = page.at(-1)
    more = page.length === PAGE
  }
  return {
    purchases: sortPurchases({
      customers: customerColumn.all(),
      products: productColumn.all(),
      orders: orderColumn.all(),
      times: timeColumn.all(),
      productCount: products.count(),
    }),
    productIds,
    categoryOf: (product) => categories[product] ?? undefined,
    // What is in no catalogue has no name to show.
    isExcluded: (product) => excluded[product] ?? true,
  }
}
