import { and, asc, eq, gt, inArray, isNotNull, lt } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export type RecommendationRow = ReadTx['tables']['recommendations']['$inferSelect']
type OrderLine = ReadTx['tables']['orderLines']['$inferSelect']

/** A page of what was bought, behind a line. */
export async function pageOfOrderLines(
  tx: ReadTx,
  workspaceId: string,
  after: Pick<OrderLine, 'orderId' | 'line'> | undefined,
  limit: number,
) {
  const { orderLines } = tx.tables
  const { orderId, line, customerId, productId, at, trusted } = orderLines
  return await tx
    .select({ orderId, line, customerId, productId, at, trusted })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.workspaceId, workspaceId),
        after && behind('ascending', [orderId, after.orderId], [line, after.line]),
      ),
    )
    .orderBy(asc(orderId), asc(line))
    .limit(limit)
}

/** The ids of the orders that were cancelled. */
export async function cancelledOrders(tx: ReadTx, workspaceId: string): Promise<Set<string>> {
  const { orders } = tx.tables
  const rows = await tx
    .select({ id: orders.id })
    .from(orders)
    .where(and(eq(orders.workspaceId, workspaceId), eq(orders.cancelled, true)))
  return new Set(rows.map(({ id }) => id))
}

/** Into whom customers were merged, by their own ids. */
export async function mergedCustomers(tx: ReadTx, workspaceId: string): Promise<Map<string, string>> {
  const { customers } = tx.tables
  const rows = await tx
    .select({ id: customers.id, into: customers.mergedInto })
    .from(customers)
    .where(and(eq(customers.workspaceId, workspaceId), isNotNull(customers.mergedInto)))
  return new Map(rows.flatMap(({ id, into }) => (into === null ? [] : [[id, into]])))
}

/** All products, as far as recommendations ask. */
export async function recommendableProducts(tx: ReadTx, workspaceId: string) {
  const { products } = tx.tables
  const { id, category, hidden, trusted } = products
  return await tx
    .select({ id, category, hidden, trusted })
    .from(products)
    .where(eq(products.workspaceId, workspaceId))
    .orderBy(asc(id))
}

export async function saveRecommendations(
  tx: Tx,
  workspaceId: string,
  rows: readonly Omit<RecommendationRow, 'workspaceId'>[],
): Promise<void> {
  const { recommendations } = tx.tables
  if (rows.length === 0) return
  await insertRows(
    tx,
    recommendations,
    rows.map((row) => ({ workspaceId, ...row })),
  ).onConflictDoUpdate({
    target: [recommendations.workspaceId, recommendations.kind, recommendations.subject],
    set: { items: excluded(recommendations.items), builtAt: excluded(recommendations.builtAt) },
  })
}

/** Takes away what an earlier build has made and this one has not; so many at once. */
export async function dropRecommendations(
  tx: Tx,
  workspaceId: string,
  before: number,
  limit: number,
): Promise<number> {
  const { recommendations } = tx.tables
  const { kind, subject, builtAt } = recommendations
  const old = await tx
    .select({ kind, subject })
    .from(recommendations)
    .where(and(eq(recommendations.workspaceId, workspaceId), lt(builtAt, before)))
    .limit(limit)
  for (const [of, group] of Map.groupBy(old, (row) => row.kind))
    await tx.delete(recommendations).where(
      and(
        eq(recommendations.workspaceId, workspaceId),
        eq(kind, of),
        inArray(
          subject,
          group.map((row) => row.subject),
        ),
        lt(builtAt, before),
      ),
    )
  return old.length
}

/** The lists of these subjects: of products, categories, or of all (''). */
export async function readRecommendations(
  tx: ReadTx,
  workspaceId: string,
  subjects: readonly string[],
): Promise<RecommendationRow[]> {
  const { recommendations } = tx.tables
  return await tx
    .select()
    .from(recommendations)
    .where(
      and(
        eq(recommendations.workspaceId, workspaceId),
        inArray(recommendations.kind, ['together', 'next', 'popular']),
        tx.dialect.isOneOf(recommendations.subject, subjects),
      ),
    )
}

/** What these customers have bought, and of it the newest first; so many at most. */
export async function boughtProducts(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  since: number,
): Promise<{ productId: string; at: number }[]> {
  const { orderLines } = tx.tables
  const { productId, at } = orderLines
  const rows = await tx
    .select({ productId, at })
    .from(orderLines)
    .where(
      and(
        eq(orderLines.workspaceId, workspaceId),
        tx.dialect.isOneOf(orderLines.customerId, customerIds),
        gt(at, since),
      ),
    )
    .orderBy(asc(at))
    .limit(1_000)
  return rows.toReversed()
}

/** What these customers have looked at, the newest first. */
export async function viewedProducts(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  limit: number,
): Promise<{ productId: string; viewedAt: number }[]> {
  const { productInterests } = tx.tables
  const { productId, viewedAt } = productInterests
  const rows = await tx
    .select({ productId, viewedAt })
    .from(productInterests)
    .where(
      and(
        eq(productInterests.workspaceId, workspaceId),
        tx.dialect.isOneOf(productInterests.customerId, customerIds),
        isNotNull(viewedAt),
      ),
    )
    .limit(2_000)
  return rows
    .flatMap((row) => (row.viewedAt === null ? [] : [{ productId: row.productId, viewedAt: row.viewedAt }]))
    .toSorted((one, other) => other.viewedAt - one.viewedAt)
    .slice(0, limit)
}
