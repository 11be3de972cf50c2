import {
  boughtNext,
  boughtTogether,
  chooseRecommendations,
  popular,
  type Purchases,
  type Recommended,
  type RecommendationList,
} from '@ciclo/engine'
import { splitAt, type Generated } from './generatePurchases.ts'

const DAY = 86_400_000
const SHOWN = 5

const listOf = (
  kind: RecommendationList['kind'],
  items: readonly Recommended[] = [],
): RecommendationList => ({
  kind,
  items: items.map(({ product, customers, of, score }) => ({
    productId: String(product),
    customers,
    of,
    score,
  })),
})

const nothing = () => false

/** What each customer has bought, in the order of time. */
function byCustomer({ customers, products }: Purchases) {
  const bought = new Map<number, string[]>()
  for (const [row, customer] of customers.entries()) {
    const list = bought.get(customer) ?? []
    list.push(String(products[row]))
    bought.set(customer, list)
  }
  return bought
}

/**
 * Of the customers who buy something new in the last 30 days, how many find it among the five that would have been
 * recommended to them before: by what goes with the last thing they bought, and by plain popularity.
 */
export function hitRate(generated: Generated): { together: number; popular: number; customers: number } {
  const at = generated.end - 30 * DAY
  const { before, after } = splitAt(generated, at)
  const together = new Map(
    [...boughtTogether(before, nothing)].map(({ product, items }) => [String(product), items]),
  )
  const next = new Map([...boughtNext(before, nothing)].map(({ product, items }) => [String(product), items]))
  const [overall] = popular(before, at, () => undefined, nothing)
  const everybody = listOf('popular', overall?.items)
  const known = byCustomer(before)
  const hits = { together: 0, popular: 0 }
  let customers = 0
  for (const [customer, later] of byCustomer(after)) {
    const earlier = known.get(customer)
    const owned = new Set(earlier)
    const fresh = later.filter((product) => !owned.has(product))
    if (!earlier || fresh.length === 0) continue
    customers += 1
    const last = earlier.at(-1) ?? ''
    const choose = (lists: readonly RecommendationList[]) =>
      chooseRecommendations(lists, { isShown: () => true, owned, limit: SHOWN }).some(({ productId }) =>
        fresh.includes(productId),
      )
    if (choose([listOf('together', together.get(last)), listOf('next', next.get(last)), everybody]))
      hits.together += 1
    if (choose([everybody])) hits.popular += 1
  }
  return { together: hits.together / customers, popular: hits.popular / customers, customers }
}
