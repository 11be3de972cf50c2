import { mergeProduct, type CatalogueProduct, type ProductWord } from '@ciclo/engine'
import { and, asc, eq, gt, isNull, lte, or, sql, type SQL } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

type Row = ReadTx['tables']['products']['$inferSelect']

/** A product as lists show it: with how many there are, and whether it is on the shelves. */
export type ShelvedProduct = CatalogueProduct & Pick<Row, 'stock' | 'hidden'>

const toShelved = (row: Row): ShelvedProduct => ({
  ...toProduct(row),
  stock: row.stock,
  hidden: row.hidden,
})

/** What events say of a product, without what only the shop's system lists. */
function toProduct(row: Row): CatalogueProduct {
  const {
    workspaceId: _workspace,
    prices: _prices,
    variants: _variants,
    images: _images,
    stock: _stock,
    hidden: _hidden,
    ...product
  } = row
  return product
}

const byId = (one: CatalogueProduct, other: CatalogueProduct) => (one.id < other.id ? -1 : 1)

/** The products that the words change, as they are after them. */
function changedBy(words: readonly ProductWord[], rows: readonly Row[]): CatalogueProduct[] {
  const before = new Map(rows.map((row) => [row.id, toProduct(row)]))
  const after = new Map(before)
  for (const word of words) after.set(word.facts.id, mergeProduct(after.get(word.facts.id), word))
  return [...after.values()].filter((product) => before.get(product.id) !== product)
}

/** What an upsert of a product takes over of what is told of it, whoever tells it. */
export const excludedFacts = (products: Tx['tables']['products']) => ({
  trusted: excluded(products.trusted),
  sku: excluded(products.sku),
  name: excluded(products.name),
  brand: excluded(products.brand),
  category: excluded(products.category),
  url: excluded(products.url),
  imageUrl: excluded(products.imageUrl),
  price: excluded(products.price),
  currency: excluded(products.currency),
  reduction: excluded(products.reduction),
  claimed: excluded(products.claimed),
  updatedAt: excluded(products.updatedAt),
})

/**
 * Adds words on products to the catalogue, in their order. Most repeat what is known: they cost one read. What changes
 * is locked, read again and written, in the order of the ids (against deadlocks).
 */
export async function saveProducts(
  tx: Tx,
  workspaceId: string,
  words: readonly ProductWord[],
): Promise<void> {
  if (words.length === 0) return
  const { products } = tx.tables
  const read = (ids: ReadonlySet<string>) =>
    tx
      .select()
      .from(products)
      .where(and(eq(products.workspaceId, workspaceId), tx.dialect.isOneOf(products.id, [...ids])))
      .orderBy(asc(products.id))
  const seen = await read(new Set(words.map(({ facts }) => facts.id)))
  const changing = new Set(changedBy(words, seen).map(({ id }) => id))
  if (changing.size === 0) return
  const concerned = words.filter(({ facts }) => changing.has(facts.id))
  const changed = changedBy(concerned, await tx.dialect.forUpdate(read(changing)))
  if (changed.length === 0) return
  const rows = changed.toSorted(byId).map((product) => ({ workspaceId, ...product }))
  await insertRows(tx, products, rows).onConflictDoUpdate({
    target: [products.workspaceId, products.id],
    set: excludedFacts(products),
    // A product that another transaction has told of meanwhile could not be locked. No browser writes over the shop.
    setWhere: sql`${excluded(products.trusted)} or not ${products.trusted}`,
  })
}

/** As few as are soon gone. */
const FEW = 5

export const STOCK_LEVELS = ['in', 'low', 'out'] as const
export type StockLevel = (typeof STOCK_LEVELS)[number]

export interface ProductFilter {
  /** Those that the shop itself has told of, or the others. */
  trusted?: boolean | undefined
  /** In their id, sku, name, brand or category. */
  search?: string | undefined
  /** `in`: can be bought, also where nobody counts them; `low`: five at most; `out`: none. */
  stock?: StockLevel | undefined
  hidden?: boolean | undefined
}

const likePattern = (text: string) => `%${text.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** SQLite folds the case of ASCII alone: other letters are looked for as written, small, and small with a capital first. */
function saying({ products }: ReadTx['tables'], search: string): SQL | undefined {
  const small = search.toLowerCase()
  const written = new Set([search, small, small.slice(0, 1).toUpperCase() + small.slice(1)])
  const columns = [products.id, products.sku, products.name, products.brand, products.category]
  return or(
    ...columns.flatMap((column) => [
      sql`lower(${column}) like ${likePattern(small)} escape '\\'`,
      ...[...written].map((one) => sql`${column} like ${likePattern(one)} escape '\\'`),
    ]),
  )
}

function stockIs({ stock }: ReadTx['tables']['products'], level: StockLevel): SQL | undefined {
  if (level === 'out') return eq(stock, 0)
  return level === 'low' ? and(gt(stock, 0), lte(stock, FEW)) : or(isNull(stock), gt(stock, 0))
}

/** A page of the catalogue by id. */
export async function pageOfProducts(
  tx: ReadTx,
  workspaceId: string,
  { trusted, search, stock, hidden }: ProductFilter,
  after: string | undefined,
  limit: number,
): Promise<ShelvedProduct[]> {
  const { products } = tx.tables
  const rows = await tx
    .select()
    .from(products)
    .where(
      and(
        eq(products.workspaceId, workspaceId),
        trusted === undefined ? undefined : eq(products.trusted, trusted),
        hidden === undefined ? undefined : eq(products.hidden, hidden),
        stock === undefined ? undefined : stockIs(products, stock),
        search === undefined ? undefined : saying(tx.tables, search),
        after === undefined ? undefined : gt(products.id, after),
      ),
    )
    .orderBy(asc(products.id))
    .limit(limit)
  return rows.map(toShelved)
}

export async function readProduct(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<ShelvedProduct | undefined> {
  const { products } = tx.tables
  const [row] = await tx
    .select()
    .from(products)
    .where(and(eq(products.workspaceId, workspaceId), eq(products.id, id)))
  return row && toShelved(row)
}

/** The products that these may be: by their id in the catalogue, else by the shop's sku. */
export async function findProducts(
  tx: ReadTx,
  workspaceId: string,
  wanted: readonly { productId: string | null; sku: string | null }[],
): Promise<CatalogueProduct[]> {
  const { products } = tx.tables
  if (wanted.length === 0) return []
  const find = (column: typeof products.id | typeof products.sku, values: readonly string[]) =>
    tx
      .select()
      .from(products)
      .where(and(eq(products.workspaceId, workspaceId), tx.dialect.isOneOf(column, values)))
      .orderBy(asc(products.id))
  const found = await find(products.id, [
    ...new Set(wanted.flatMap(({ productId, sku }) => productId ?? sku ?? [])),
  ])
  const ids = new Set(found.map(({ id }) => id))
  const skus = wanted.flatMap(({ productId, sku }) =>
    sku === null || ids.has(productId ?? sku) ? [] : [sku],
  )
  const others = skus.length === 0 ? [] : await find(products.sku, [...new Set(skus)])
  return [...found, ...others].map(toProduct)
}
