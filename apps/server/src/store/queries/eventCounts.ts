import { and, eq, gte, lt, max, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Where events come from that a shop sends: by a key, or a file. */
export const COUNTED_SOURCES = ['secret', 'public', 'import'] as const
export type CountedSource = (typeof COUNTED_SOURCES)[number]

/** What came in within an hour. Times are epoch milliseconds. */
export interface EventCount {
  source: CountedSource
  /** The beginning of the hour. */
  hour: number
  events: number
  lastAt: number
}

/** Adds to the counts of a workspace; the rows are locked in an order that is always the same. */
export async function addEventCounts(
  tx: Tx,
  workspaceId: string,
  added: readonly EventCount[],
): Promise<void> {
  const { eventCounts } = tx.tables
  if (added.length === 0) return
  const rows = added
    .map((count) => ({ workspaceId, ...count }))
    .toSorted((one, other) => (`${one.source} ${one.hour}` < `${other.source} ${other.hour}` ? -1 : 1))
  const lastAt = excluded(eventCounts.lastAt)
  await insertRows(tx, eventCounts, rows).onConflictDoUpdate({
    target: [eventCounts.workspaceId, eventCounts.source, eventCounts.hour],
    set: {
      events: sql`${eventCounts.events} + ${excluded(eventCounts.events)}`,
      lastAt: sql`case when ${lastAt} > ${eventCounts.lastAt} then ${lastAt} else ${eventCounts.lastAt} end`,
    },
  })
}

/** Hour by hour since an instant. */
export async function readEventCounts(tx: ReadTx, workspaceId: string, since: number): Promise<EventCount[]> {
  const { eventCounts } = tx.tables
  const { source, hour, events, lastAt } = eventCounts
  return await tx
    .select({ source, hour, events, lastAt })
    .from(eventCounts)
    .where(and(eq(eventCounts.workspaceId, workspaceId), gte(hour, since)))
    .orderBy(source, hour)
}

/** When the last event of each source came in, as far as that is kept. */
export async function lastEventOfSources(tx: ReadTx, workspaceId: string) {
  const { eventCounts } = tx.tables
  const rows = await tx
    .select({ source: eventCounts.source, at: max(eventCounts.lastAt) })
    .from(eventCounts)
    .where(eq(eventCounts.workspaceId, workspaceId))
    .groupBy(eventCounts.source)
  return new Map(rows.flatMap(({ source, at }) => (at === null ? [] : [[source, at] as const])))
}

export async function deleteEventCounts(tx: Tx, before: number): Promise<void> {
  const { eventCounts } = tx.tables
  await tx.delete(eventCounts).where(lt(eventCounts.hour, before))
}
