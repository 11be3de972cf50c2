import { and, desc, eq, like, lt, or } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Something about our mails that nothing was made of. */
export interface UnreadReport {
  id: string
  at: number
  via: string
  reason: string
  excerpt: string
}

export interface ReportPlace {
  at: number
  id: string
}

/** As many are kept, the newest: anybody who has a mail of ours can send us more. */
const MOST_REPORTS = 1_000

/** Keeps one; told again it stays as it is. */
export async function insertReport(tx: Tx, workspaceId: string, report: UnreadReport): Promise<void> {
  const { reports } = tx.tables
  await insertRows(tx, reports, [{ workspaceId, ...report }]).onConflictDoNothing()
  const [last] = await tx
    .select({ at: reports.at, id: reports.id })
    .from(reports)
    .where(eq(reports.workspaceId, workspaceId))
    .orderBy(desc(reports.at), desc(reports.id))
    .limit(1)
    .offset(MOST_REPORTS - 1)
  if (!last) return
  await tx
    .delete(reports)
    .where(
      and(
        eq(reports.workspaceId, workspaceId),
        or(lt(reports.at, last.at), and(eq(reports.at, last.at), lt(reports.id, last.id))),
      ),
    )
}

/** One page, the newest first. */
export async function pageOfReports(
  tx: ReadTx,
  workspaceId: string,
  { after, limit }: { after: ReportPlace | undefined; limit: number },
): Promise<UnreadReport[]> {
  const { reports } = tx.tables
  const { id, at, via, reason, excerpt } = reports
  return await tx
    .select({ id, at, via, reason, excerpt })
    .from(reports)
    .where(
      and(
        eq(reports.workspaceId, workspaceId),
        after && behind('descending', [reports.at, after.at], [reports.id, after.id]),
      ),
    )
    .orderBy(desc(reports.at), desc(reports.id))
    .limit(limit)
}

/** Returns whether there was one. */
export async function deleteReport(tx: Tx, workspaceId: string, id: string): Promise<boolean> {
  const { reports } = tx.tables
  const deleted = await tx
    .delete(reports)
    .where(and(eq(reports.workspaceId, workspaceId), eq(reports.id, id)))
    .returning({ id: reports.id })
  return deleted.length > 0
}

/** What names somebody who is erased goes with them. Excerpts are kept in lower case. */
export async function deleteReportsNaming(
  tx: Tx,
  workspaceId: string,
  addresses: readonly string[],
): Promise<number> {
  const { reports } = tx.tables
  let count = 0
  for (const address of addresses) {
    // As many as a thousand texts: no index serves it, and none is needed.
    const removed = await tx
      .delete(reports)
      .where(
        and(
          eq(reports.workspaceId, workspaceId),
          like(reports.excerpt, `%${address.replaceAll(/[\\%]/g, '_')}%`),
        ),
      )
      .returning({ id: reports.id })
    count += removed.length
  }
  return count
}
