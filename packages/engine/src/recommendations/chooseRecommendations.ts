export const RECOMMENDATION_KINDS = ['together', 'next', 'popular'] as const
export type RecommendationKind = (typeof RECOMMENDATION_KINDS)[number]

/** A list of recommendations, the best first: what it is about, and what speaks for each. */
export interface RecommendationList {
  kind: RecommendationKind
  items: readonly { productId: string; customers: number; of: number; score: number }[]
}

/** A product that is recommended, and why. */
export interface Recommendation {
  productId: string
  reason: { kind: RecommendationKind; customers: number; of: number }
}

/**
 * The first of several lists, then those behind it, each product once: never what may not be shown now, and never what the
 * customer has.
 *
 * @param isShown whether a product can be bought, and is one that the shop has told of
 */
export function chooseRecommendations(
  lists: readonly RecommendationList[],
  {
    isShown,
    owned,
    limit,
  }: { isShown: (productId: string) => boolean; owned: ReadonlySet<string>; limit: number },
): Recommendation[] {
  const chosen = new Map<string, Recommendation>()
  for (const { kind, items } of lists)
    for (const { productId, customers, of } of items) {
      if (chosen.size >= limit) return [...chosen.values()]
      if (chosen.has(productId) || owned.has(productId) || !isShown(productId)) continue
      chosen.set(productId, { productId, reason: { kind, customers, of } })
    }
  return [...chosen.values()]
}
