import { and, asc, eq, inArray } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

export type PullRow = ReadTx['tables']['pulls']['$inferSelect']

export async function readPulls(tx: ReadTx, workspaceId: string, connectionId?: string): Promise<PullRow[]> {
  const { pulls } = tx.tables
  return await tx
    .select()
    .from(pulls)
    .where(
      and(
        eq(pulls.workspaceId, workspaceId),
        connectionId === undefined ? undefined : eq(pulls.connectionId, connectionId),
      ),
    )
    .orderBy(asc(pulls.connectionId), asc(pulls.resource))
}

/** Begins anew, whatever was there before. */
export async function beginPulls(tx: Tx, rows: readonly PullRow[]): Promise<void> {
  const { pulls } = tx.tables
  for (const row of rows)
    await tx
      .insert(pulls)
      .values(row)
      .onConflictDoUpdate({ target: [pulls.workspaceId, pulls.connectionId, pulls.resource], set: row })
}

/** Writes down how far one has come; false where somebody has stopped it meanwhile, and nothing was written. */
export async function savePull(
  tx: Tx,
  { workspaceId, connectionId, resource }: Pick<PullRow, 'workspaceId' | 'connectionId' | 'resource'>,
  change: Partial<PullRow>,
): Promise<boolean> {
  const { pulls } = tx.tables
  const rows = await tx
    .update(pulls)
    .set(change)
    .where(
      and(
        eq(pulls.workspaceId, workspaceId),
        eq(pulls.connectionId, connectionId),
        eq(pulls.resource, resource),
        inArray(pulls.state, ['waiting', 'running']),
      ),
    )
    .returning({ resource: pulls.resource })
  return rows.length > 0
}

/** Those under way wait until somebody wants them again; returns how many there were. */
export async function changePulls(
  tx: Tx,
  workspaceId: string,
  connectionId: string,
  from: readonly PullRow['state'][],
  to: PullRow['state'],
  at: number,
): Promise<number> {
  const { pulls } = tx.tables
  const rows = await tx
    .update(pulls)
    .set({ state: to, updatedAt: at, endedAt: null })
    .where(
      and(
        eq(pulls.workspaceId, workspaceId),
        eq(pulls.connectionId, connectionId),
        inArray(pulls.state, [...from]),
      ),
    )
    .returning({ resource: pulls.resource })
  return rows.length
}
