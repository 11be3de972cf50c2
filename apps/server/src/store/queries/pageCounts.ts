import { and, count, desc, eq, gte, lte, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

type Row = ReadTx['tables']['pageCounts']['$inferSelect']

export type PageCount = Omit<Row, 'workspaceId'>

/** What a row is known by within its workspace. */
export const pageCountKey = ({ day, path, referrer, campaign }: Omit<PageCount, 'views'>): string =>
  JSON.stringify([day, path, referrer, campaign])

/** Adds to the counts of a workspace; the rows are locked in an order that is always the same. */
export async function addPageCounts(tx: Tx, workspaceId: string, added: readonly PageCount[]): Promise<void> {
  const { pageCounts } = tx.tables
  if (added.length === 0) return
  const rows = added
    .map((one) => ({ workspaceId, ...one }))
    .toSorted((one, other) => (pageCountKey(one) < pageCountKey(other) ? -1 : 1))
  const { day, path, referrer, campaign } = pageCounts
  await insertRows(tx, pageCounts, rows).onConflictDoUpdate({
    target: [pageCounts.workspaceId, day, path, referrer, campaign],
    set: { views: sql`${pageCounts.views} + ${excluded(pageCounts.views)}` },
  })
}

/** The counts of the days from `from` to `to`, both included: newest days first, and of a day the most seen. */
export async function listPageCounts(
  tx: ReadTx,
  workspaceId: string,
  { from, to, limit }: { from: string; to: string; limit: number },
): Promise<PageCount[]> {
  const { pageCounts } = tx.tables
  const { day, path, referrer, campaign, views } = pageCounts
  return await tx
    .select({ day, path, referrer, campaign, views })
    .from(pageCounts)
    .where(and(eq(pageCounts.workspaceId, workspaceId), gte(day, from), lte(day, to)))
    .orderBy(desc(day), desc(views), path, referrer, campaign)
    .limit(limit)
}

/** How many different rows a day has. */
export async function countPageCounts(tx: ReadTx, workspaceId: string, day: string): Promise<number> {
  const { pageCounts } = tx.tables
  const [row] = await tx
    .select({ rows: count() })
    .from(pageCounts)
    .where(and(eq(pageCounts.workspaceId, workspaceId), eq(pageCounts.day, day)))
  return row?.rows ?? 0
}
