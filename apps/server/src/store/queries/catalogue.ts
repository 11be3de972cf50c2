import type { DayPrice, ListedProduct } from '@ciclo/engine'
import { and, asc, eq, gt, gte, isNotNull, lt, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'
import { excludedFacts } from './products.ts'

type NewsRow = ReadTx['tables']['productNews']['$inferSelect']
export type ProductNews = Omit<NewsRow, 'workspaceId'>

/** Products with all that is kept of them, by their ids; locked in a write. */
export async function readListed(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<Map<string, ListedProduct>> {
  const { products } = tx.tables
  const rows = await tx
    .select()
    .from(products)
    .where(and(eq(products.workspaceId, workspaceId), tx.dialect.isOneOf(products.id, ids)))
    .orderBy(asc(products.id))
  return new Map(rows.map(({ workspaceId: _workspace, ...product }) => [product.id, product]))
}

/** Writes products as they are now, in the order of their ids (against deadlocks). */
export async function saveListed(
  tx: Tx,
  workspaceId: string,
  listed: readonly ListedProduct[],
): Promise<void> {
  const { products } = tx.tables
  if (listed.length === 0) return
  const rows = listed
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map(({ reduction = null, ...product }) => ({ workspaceId, ...product, reduction }))
  await insertRows(tx, products, rows).onConflictDoUpdate({
    target: [products.workspaceId, products.id],
    set: {
      ...excludedFacts(products),
      prices: excluded(products.prices),
      variants: excluded(products.variants),
      images: excluded(products.images),
      stock: excluded(products.stock),
      hidden: excluded(products.hidden),
      listedAt: excluded(products.listedAt),
    },
    // Another transaction that has listed the product meanwhile may have had newer news.
    setWhere: sql`${products.listedAt} is null or ${products.listedAt} <= ${excluded(products.listedAt)}`,
  })
}

/** A price that a product was told to have on a day. */
export interface ToldPrice extends DayPrice {
  productId: string
  currency: string
}

/** Remembers prices by their day: the lowest of each counts, in whatever order they are told. */
export async function savePrices(tx: Tx, workspaceId: string, told: readonly ToldPrice[]): Promise<void> {
  const { productPrices } = tx.tables
  const lowest = new Map<string, ToldPrice>()
  for (const price of told) {
    const key = JSON.stringify([price.productId, price.currency, price.at])
    const known = lowest.get(key)
    if (!known || price.price < known.price) lowest.set(key, price)
  }
  const rows = [...lowest.entries()]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([, price]) => ({ workspaceId, ...price }))
  if (rows.length === 0) return
  await insertRows(tx, productPrices, rows).onConflictDoUpdate({
    target: [productPrices.workspaceId, productPrices.productId, productPrices.currency, productPrices.at],
    set: { price: excluded(productPrices.price) },
    setWhere: sql`${excluded(productPrices.price)} < ${productPrices.price}`,
  })
}

/** What products have cost since a day, by product and currency (`p1 EUR`), days in the order of time. */
export async function readPrices(
  tx: ReadTx,
  workspaceId: string,
  productIds: readonly string[],
  since: number,
): Promise<Map<string, DayPrice[]>> {
  const { productPrices } = tx.tables
  const rows = await tx
    .select()
    .from(productPrices)
    .where(
      and(
        eq(productPrices.workspaceId, workspaceId),
        tx.dialect.isOneOf(productPrices.productId, productIds),
        gte(productPrices.at, since),
      ),
    )
    .orderBy(asc(productPrices.productId), asc(productPrices.currency), asc(productPrices.at))
  const found = new Map<string, DayPrice[]>()
  for (const { productId, currency, at, price } of rows) {
    const key = priceKey(productId, currency)
    found.set(key, [...(found.get(key) ?? []), { at, price }])
  }
  return found
}

export const priceKey = (productId: string, currency: string) => `${productId} ${currency}`

/** Forgets the days of these products before one, but for the last of them: its price still held. */
export async function forgetPrices(
  tx: Tx,
  workspaceId: string,
  productIds: readonly string[],
  before: number,
): Promise<void> {
  const { productPrices } = tx.tables
  await tx
    .delete(productPrices)
    .where(
      and(
        eq(productPrices.workspaceId, workspaceId),
        tx.dialect.isOneOf(productPrices.productId, productIds),
        lt(productPrices.at, before),
      ),
    )
}

/** Notes what somebody may wait for; the newest of a kind counts. */
export async function saveNews(tx: Tx, workspaceId: string, news: readonly ProductNews[]): Promise<void> {
  const { productNews } = tx.tables
  if (news.length === 0) return
  const rows = news
    .toSorted((one, other) => (one.productId < other.productId ? -1 : 1))
    .map((one) => ({ workspaceId, ...one }))
  await insertRows(tx, productNews, rows).onConflictDoUpdate({
    target: [productNews.workspaceId, productNews.productId, productNews.kind],
    set: { at: excluded(productNews.at), previous: excluded(productNews.previous) },
  })
}

export async function nextNews(tx: ReadTx, workspaceId: string): Promise<ProductNews | undefined> {
  const { productNews } = tx.tables
  const [row] = await tx
    .select()
    .from(productNews)
    .where(eq(productNews.workspaceId, workspaceId))
    .orderBy(asc(productNews.at), asc(productNews.productId), asc(productNews.kind))
    .limit(1)
  return row
}

/** Everybody was told; newer news of it stay. */
export async function dropNews(
  tx: Tx,
  workspaceId: string,
  { productId, kind, at }: ProductNews,
): Promise<void> {
  const { productNews } = tx.tables
  await tx
    .delete(productNews)
    .where(
      and(
        eq(productNews.workspaceId, workspaceId),
        eq(productNews.productId, productId),
        eq(productNews.kind, kind),
        eq(productNews.at, at),
      ),
    )
}

/** Which of these products somebody waits for. */
export async function readAskedFor(
  tx: ReadTx,
  workspaceId: string,
  productIds: readonly string[],
): Promise<Set<string>> {
  const { productInterests } = tx.tables
  if (productIds.length === 0) return new Set()
  const rows = await tx
    .selectDistinct({ productId: productInterests.productId })
    .from(productInterests)
    .where(
      and(
        eq(productInterests.workspaceId, workspaceId),
        tx.dialect.isOneOf(productInterests.productId, productIds),
        isNotNull(productInterests.requestedAt),
      ),
    )
  return new Set(rows.map(({ productId }) => productId))
}

/** Who has asked for a product that is there again, the oldest request first. */
export async function readRequests(
  tx: ReadTx,
  workspaceId: string,
  productId: string,
  limit: number,
): Promise<{ customerId: string; requestedAt: number }[]> {
  const { productInterests } = tx.tables
  const rows = await tx
    .select({ customerId: productInterests.customerId, requestedAt: productInterests.requestedAt })
    .from(productInterests)
    .where(
      and(
        eq(productInterests.workspaceId, workspaceId),
        eq(productInterests.productId, productId),
        isNotNull(productInterests.requestedAt),
      ),
    )
    .orderBy(asc(productInterests.requestedAt), asc(productInterests.customerId))
    .limit(limit)
  return rows.flatMap(({ customerId, requestedAt }) =>
    requestedAt === null ? [] : [{ customerId, requestedAt }],
  )
}

/** Requests that were answered; one that was made anew meanwhile stays. */
export async function answerRequests(
  tx: Tx,
  workspaceId: string,
  productId: string,
  answered: readonly { customerId: string; requestedAt: number }[],
): Promise<void> {
  const { productInterests } = tx.tables
  const newest = Math.max(...answered.map(({ requestedAt }) => requestedAt))
  await tx
    .update(productInterests)
    .set({ requestedAt: null })
    .where(
      and(
        eq(productInterests.workspaceId, workspaceId),
        eq(productInterests.productId, productId),
        tx.dialect.isOneOf(
          productInterests.customerId,
          answered.map(({ customerId }) => customerId),
        ),
        sql`${productInterests.requestedAt} <= ${newest}`,
      ),
    )
}

/** Who has looked at a product, or put it into a cart, since a time: a page by customer. */
export async function readInterested(
  tx: ReadTx,
  workspaceId: string,
  productId: string,
  { since, after, limit }: { since: number; after: string; limit: number },
): Promise<string[]> {
  const { productInterests } = tx.tables
  const rows = await tx
    .select({ customerId: productInterests.customerId })
    .from(productInterests)
    .where(
      and(
        eq(productInterests.workspaceId, workspaceId),
        eq(productInterests.productId, productId),
        gt(productInterests.customerId, after),
        sql`(${productInterests.viewedAt} >= ${since} or ${productInterests.addedAt} >= ${since})`,
      ),
    )
    .orderBy(asc(productInterests.customerId))
    .limit(limit)
  return rows.map(({ customerId }) => customerId)
}
