import {
  chooseRecommendations,
  DAY,
  RECOMMENDATION_KINDS,
  type CatalogueProduct,
  type RecommendationKind,
  type RecommendationList,
} from '@ciclo/engine'
import { isBuyable } from '../catalogue/saveCatalogue.ts'
import { readListed } from '../store/queries/catalogue.ts'
import { memberIds } from '../store/queries/customers.ts'
import { boughtProducts, readRecommendations, viewedProducts } from '../store/queries/recommendations.ts'
import type { ReadTx } from '../store/store.ts'

/** What was bought so long ago may be bought again. */
const OWNED = 365 * DAY
/** So many of a customer's last products speak for others. */
const SUBJECTS = 3

export const RECOMMENDED_KINDS = [...RECOMMENDATION_KINDS, 'viewed'] as const
export type RecommendedKind = (typeof RECOMMENDED_KINDS)[number]

/** Whom or what something is recommended for, and in which way. */
export interface RecommendRequest {
  /** What a page or a mail is about. */
  productIds?: readonly string[]
  /** Whose purchases are left out, and of whose last ones it is where no products are named. */
  customerId?: string
  /** `together`, then what comes next, then what is popular, when left out. */
  kind?: RecommendedKind
  limit: number
  now: number
}

/** A product as the shop has told of it, and why it is recommended. */
export interface RecommendedProduct {
  product: CatalogueProduct
  reason: { kind: RecommendedKind; customers: number; of: number }
}

/** In which order lists are asked for something: the first that has it says why. */
const CHAINS: Readonly<Record<RecommendationKind, readonly RecommendationKind[]>> = {
  together: ['together', 'next', 'popular'],
  next: ['next', 'together', 'popular'],
  popular: ['popular'],
}

/**
 * Products to be shown to a customer or beside others, the best first, each with its reason. Never one that cannot be
 * bought, that the shop has taken away or never named, that was asked about, or that the customer has bought within a year.
 */
export async function recommend(
  tx: ReadTx,
  workspaceId: string,
  { productIds = [], customerId, kind = 'together', limit, now }: RecommendRequest,
): Promise<RecommendedProduct[]> {
  const members =
    customerId === undefined ? [] : [customerId, ...(await memberIds(tx, workspaceId, customerId))]
  const bought =
    members.length === 0 ? [] : await boughtProducts(tx, workspaceId, [...new Set(members)], now - OWNED)
  const owned = new Set([...bought.map(({ productId }) => productId), ...productIds])
  if (kind === 'viewed') {
    const viewed = await viewedProducts(tx, workspaceId, members, limit * 4)
    const shown = await shownOf(
      tx,
      workspaceId,
      viewed.map(({ productId }) => productId),
    )
    return viewed
      .flatMap(({ productId }) => (owned.has(productId) ? [] : (shown.get(productId) ?? [])))
      .slice(0, limit)
      .map((product) => ({ product, reason: { kind, customers: 1, of: 1 } }))
  }
  const subjects =
    productIds.length > 0
      ? productIds
      : [...new Set(bought.map(({ productId }) => productId))].slice(0, SUBJECTS)
  const about = await readListed(tx, workspaceId, subjects)
  const categories = subjects.flatMap((id) => about.get(id)?.category ?? [])
  const rows = await readRecommendations(tx, workspaceId, [...new Set([...subjects, ...categories, ''])])
  const listsOf = (of: RecommendationKind): RecommendationList[] => {
    const wanted = of === 'popular' ? [...new Set(categories), ''] : subjects
    return wanted.flatMap((subject) => {
      const row = rows.find((one) => one.kind === of && one.subject === subject)
      return row ? [{ kind: of, items: row.items }] : []
    })
  }
  const lists = CHAINS[kind].flatMap(listsOf)
  const candidates = [...new Set(lists.flatMap(({ items }) => items.map(({ productId }) => productId)))]
  const shown = await shownOf(tx, workspaceId, candidates)
  return chooseRecommendations(lists, { isShown: (id) => shown.has(id), owned, limit }).flatMap(
    ({ productId, reason }) => {
      const product = shown.get(productId)
      return product ? [{ product, reason }] : []
    },
  )
}

/** Those that can be shown and bought, by their id: with a name that the shop itself has given. */
async function shownOf(tx: ReadTx, workspaceId: string, ids: readonly string[]) {
  const listed = await readListed(tx, workspaceId, ids)
  return new Map(
    [...listed].filter(
      ([, product]) =>
        isBuyable(product) && product.trusted && product.name !== null && !product.claimed.includes('name'),
    ),
  )
}
