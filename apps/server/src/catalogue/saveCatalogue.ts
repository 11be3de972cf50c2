import {
  DAY,
  equalJson,
  mergeCatalogue,
  reductionOf,
  type CatalogueItem,
  type DayPrice,
  type ListedProduct,
} from '@ciclo/engine'
import {
  forgetPrices,
  priceKey,
  readAskedFor,
  readListed,
  readPrices,
  saveListed,
  saveNews,
  savePrices,
  type ProductNews,
  type ToldPrice,
} from '../store/queries/catalogue.ts'
import { readSettings } from '../store/queries/settings.ts'
import type { Tx } from '../store/store.ts'

/** What a list of products has changed. */
export interface CatalogueChanges {
  /** The ids of those that are not as they were before. */
  changed: string[]
  /** What somebody may wait for; it is told by a job. */
  news: ProductNews[]
}

/** Prices are remembered for so long. */
const KEPT = 400 * DAY
/** A price that has fallen by this share is news. */
const DROP = 0.1

const dayOf = (at: number) => Math.floor(at / DAY) * DAY

/** Whether somebody can buy it. */
export const isBuyable = ({ stock, hidden }: Pick<ListedProduct, 'stock' | 'hidden'>) =>
  !hidden && (stock === null || stock > 0)

/** A price that has fallen, of what can be bought. */
function fallOf(before: ListedProduct | undefined, after: ListedProduct): ProductNews[] {
  const { id: productId, listedAt, price, currency } = after
  const was = before?.currency === currency ? (before?.price ?? null) : null
  const isNews =
    listedAt !== null && isBuyable(after) && was !== null && price !== null && price <= was * (1 - DROP)
  return isNews ? [{ productId, kind: 'price', at: listedAt, previous: was }] : []
}

/**
 * Takes over what the shop's system says of its products: at most 500 at a time. In whatever order items come, and
 * however often, the products are the same in the end; who may wait for one is told by a job.
 *
 * @param now what is older than 400 days by it is no price that anybody compares with
 */
export async function saveCatalogue(
  tx: Tx,
  workspaceId: string,
  items: readonly CatalogueItem[],
  now: number,
): Promise<CatalogueChanges> {
  if (items.length === 0) return { changed: [], news: [] }
  const { currency } = await readSettings(tx, workspaceId)
  const ids = [...new Set(items.map(({ id }) => id))].toSorted()
  const before = await readListed(tx, workspaceId, ids)
  const after = new Map(before)
  for (const item of items) after.set(item.id, mergeCatalogue(after.get(item.id), item, currency))
  const told = items.flatMap(({ id: productId, updatedAt, prices = [] }) =>
    prices.map(({ price, currency: code }): ToldPrice => ({
      productId,
      currency: code,
      at: dayOf(updatedAt),
      price,
    })),
  )
  await savePrices(
    tx,
    workspaceId,
    told.filter(({ at }) => at >= now - KEPT),
  )
  await forgetPrices(tx, workspaceId, ids, now - KEPT)
  const history = await readPrices(tx, workspaceId, ids, now - KEPT)
  const products = [...after.values()].map((product) => withReduction(product, history))
  const changed = products.filter((product) => !equalJson(before.get(product.id), product))
  await saveListed(tx, workspaceId, changed)
  const there = changed.filter(isBuyable)
  const asked = await readAskedFor(
    tx,
    workspaceId,
    there.map(({ id }) => id),
  )
  // Also of one that was there before: there may have been fewer pieces than requests.
  const stock = there.flatMap(({ id, listedAt }): ProductNews[] =>
    asked.has(id) && listedAt !== null
      ? [{ productId: id, kind: 'stock', at: listedAt, previous: null }]
      : [],
  )
  const news = [...stock, ...changed.flatMap((product) => fallOf(before.get(product.id), product))]
  await saveNews(tx, workspaceId, news)
  return { changed: changed.map(({ id }) => id), news }
}

/** A late word on an earlier price may change what today's is held against. */
function withReduction(
  product: ListedProduct,
  history: ReadonlyMap<string, readonly DayPrice[]>,
): ListedProduct {
  const { id, price, currency, prices } = product
  if (price === null || currency === null || prices === null) return product
  const previous = prices.find((one) => one.currency === currency)?.previous ?? null
  return { ...product, reduction: reductionOf(history.get(priceKey(id, currency)) ?? [], price, previous) }
}
