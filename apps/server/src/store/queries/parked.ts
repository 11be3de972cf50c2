import type { Input } from '@ciclo/engine'
import { and, asc, desc, eq, lte } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** An input that could not be applied: kept with its error, so that nothing is lost and it can be tried again. */
export interface ParkedInput {
  id: string
  customerId: string | null
  error: string
  input: Input
  at: number
}

/** One that fails again keeps its place under the same id, with the new error and time. */
export async function insertParked(
  tx: Tx,
  workspaceId: string,
  added: readonly ParkedInput[],
): Promise<void> {
  const { parked: table } = tx.tables
  // The same timer may have failed twice; PostgreSQL takes a row once in a statement.
  const rows = [...new Map(added.map((parked) => [parked.id, { workspaceId, ...parked }])).values()]
  if (rows.length === 0) return
  await insertRows(tx, table, rows).onConflictDoUpdate({
    target: [table.workspaceId, table.id],
    set: {
      customerId: excluded(table.customerId),
      error: excluded(table.error),
      at: excluded(table.at),
    },
  })
}

const toParked = (row: ReadTx['tables']['parked']['$inferSelect']): ParkedInput => {
  const { workspaceId: _workspace, input, ...parked } = row
  return { ...parked, input: input as Input }
}

/** Takes these out, to be tried again: what is not returned is not parked any more. */
export async function takeParked(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Set<string>> {
  const { parked: table } = tx.tables
  if (ids.length === 0) return new Set()
  const taken = await tx
    .delete(table)
    .where(and(eq(table.workspaceId, workspaceId), tx.dialect.isOneOf(table.id, ids)))
    .returning({ id: table.id })
  return new Set(taken.map(({ id }) => id))
}

export async function readParked(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<ParkedInput | undefined> {
  const { parked: table } = tx.tables
  const [row] = await tx
    .select()
    .from(table)
    .where(and(eq(table.workspaceId, workspaceId), eq(table.id, id)))
  return row && toParked(row)
}

export interface ParkedPlace {
  at: number
  id: string
}

/** One page of what is parked, the newest first. */
export async function pageOfParked(
  tx: ReadTx,
  workspaceId: string,
  wanted: { customerId: string | undefined; after: ParkedPlace | undefined; limit: number },
): Promise<ParkedInput[]> {
  const { parked: table } = tx.tables
  const { customerId, after, limit } = wanted
  const rows = await tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.workspaceId, workspaceId),
        customerId === undefined ? undefined : eq(table.customerId, customerId),
        after && behind('descending', [table.at, after.at], [table.id, after.id]),
      ),
    )
    .orderBy(desc(table.at), desc(table.id))
    .limit(limit)
  return rows.map(toParked)
}

/** One page of what was parked by `until`, in the order in which it was: to be tried again in it. */
export async function parkedUntil(
  tx: ReadTx,
  workspaceId: string,
  wanted: { until: number; after: ParkedPlace | undefined; limit: number },
): Promise<ParkedInput[]> {
  const { parked: table } = tx.tables
  const { until, after, limit } = wanted
  const rows = await tx
    .select()
    .from(table)
    .where(
      and(
        eq(table.workspaceId, workspaceId),
        lte(table.at, until),
        after && behind('ascending', [table.at, after.at], [table.id, after.id]),
      ),
    )
    .orderBy(asc(table.at), asc(table.id))
    .limit(limit)
  return rows.map(toParked)
}

/** All that is parked of these customers: the members of one, after merges. */
export async function parkedOfCustomers(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<ParkedInput[]> {
  const { parked: table } = tx.tables
  const rows = await tx
    .select()
    .from(table)
    .where(and(eq(table.workspaceId, workspaceId), tx.dialect.isOneOf(table.customerId, customerIds)))
  return rows.map(toParked)
}

export async function deleteParked(tx: Tx, workspaceId: string, id: string): Promise<void> {
  const { parked: table } = tx.tables
  await tx.delete(table).where(and(eq(table.workspaceId, workspaceId), eq(table.id, id)))
}
