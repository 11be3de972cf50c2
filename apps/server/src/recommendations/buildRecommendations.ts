import { boughtNext, boughtTogether, popular, type RecommendationKind, type Recommended } from '@ciclo/engine'
import type { RecommendedItem } from '../store/catalogueTables.ts'
import type { Store } from '../store/store.ts'
import { readPurchases } from './readPurchases.ts'

/** A list as it is kept: of a product, a category, or all ('') . */
export interface BuiltList {
  kind: RecommendationKind
  subject: string
  items: RecommendedItem[]
}

/** Told at once: as many as one transaction writes. */
const LISTS_AT_ONCE = 500

/** Makes all recommendations of a shop, and tells them in parts. Minutes of work at most, in a process of its own. */
export async function buildRecommendations(
  store: Store,
  { workspaceId, at }: { workspaceId: string; at: number },
  tell: (part: BuiltList[]) => Promise<void>,
): Promise<{ lines: number; products: number; lists: number }> {
  const { purchases, productIds, categoryOf, isExcluded } = await readPurchases(store, workspaceId)
  let lists = 0
  let part: BuiltList[] = []
  const add = async (kind: RecommendationKind, subject: string, items: readonly Recommended[]) => {
    part.push({
      kind,
      subject,
      items: items.map(({ product, customers, of, score }) => ({
        productId: productIds[product] ?? '',
        customers,
        of,
        score: Math.round(score * 1_000) / 1_000,
      })),
    })
    lists += 1
    if (part.length < LISTS_AT_ONCE) return
    await tell(part)
    part = []
  }
  for (const { product, items } of boughtTogether(purchases, isExcluded))
    await add('together', productIds[product] ?? '', items)
  for (const { product, items } of boughtNext(purchases, isExcluded))
    await add('next', productIds[product] ?? '', items)
  for (const { category, items } of popular(purchases, at, categoryOf, isExcluded))
    await add('popular', category ?? '', items)
  if (part.length > 0) await tell(part)
  return { lines: purchases.customers.length, products: purchases.productCount, lists }
}
