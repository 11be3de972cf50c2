import { EVENT_NAMES, type Event, type EventInput } from '@ciclo/engine'
import { and, asc, count, desc, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface StoredEvent {
  customerId: string
  input: EventInput
}

export async function insertEvents(
  tx: Tx,
  workspaceId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const rows = events.map(({ customerId, input }) => ({
    workspaceId,
    messageId: input.id,
    customerId,
    type: input.event.type,
    name: input.event.name ?? null,
    at: input.at,
    receivedAt: input.receivedAt,
    source: input.source,
    body: input.event,
  }))
  // The receipts make each count once. A browser and the shop's server may still say the same of one moment.
  if (rows.length > 0) await insertRows(tx, tx.tables.events, rows).onConflictDoNothing()
}

export function toInput(row: {
  messageId: string
  at: number
  receivedAt: number
  source: EventInput['source']
  body: unknown
}) {
  const input: EventInput = {
    kind: 'event',
    id: row.messageId,
    at: row.at,
    receivedAt: row.receivedAt,
    source: row.source,
    event: row.body as Event,
  }
  return input
}

/** Everything that ever happened to these customers. */
export async function readHistory(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<StoredEvent[]> {
  const { events } = tx.tables
  const rows = await tx
    .select()
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, customerIds)))
  return rows.map((row) => ({ customerId: row.customerId, input: toInput(row) }))
}

/** How many events each of these customers has; none are left out. */
export async function countEvents(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Map<string, number>> {
  const { events } = tx.tables
  const rows = await tx
    .select({ customerId: events.customerId, events: count() })
    .from(events)
    .where(and(eq(events.workspaceId, workspaceId), tx.dialect.isOneOf(events.customerId, customerIds)))
    .groupBy(events.customerId)
  return new Map(rows.map((row) => [row.customerId, row.events]))
}

/** A place in a newest-first list. */
export interface EventCursor {
  at: number
  messageId: string
}

/** One page of the events of these customers, newest first. */
export async function pageOfEvents(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
  after: EventCursor | undefined,
  limit: number,
): Promise<EventInput[]> {
  const { events } = tx.tables
  const rows = await tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, customerIds),
        after && behind('descending', [events.at, after.at], [events.messageId, after.messageId]),
      ),
    )
    .orderBy(desc(events.at), desc(events.messageId))
    .limit(limit)
  return rows.map(toInput)
}

/** One page of all that ever happened, customer by customer, behind a place. */
export async function pageOfAllEvents(
  tx: ReadTx,
  workspaceId: string,
  after: (EventCursor & { customerId: string }) | undefined,
  limit: number,
): Promise<StoredEvent[]> {
  const { events } = tx.tables
  const rows = await tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        after &&
          behind(
            'ascending',
            [events.customerId, after.customerId],
            [events.at, after.at],
            [events.messageId, after.messageId],
          ),
      ),
    )
    .orderBy(asc(events.customerId), asc(events.at), asc(events.messageId))
    .limit(limit)
  return rows.map((row) => ({ customerId: row.customerId, input: toInput(row) }))
}

/** The events by which others became part of these customers, newest first. */
export async function readMergeEvents(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<EventInput[]> {
  const { events } = tx.tables
  const rows = await tx
    .select()
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        tx.dialect.isOneOf(events.customerId, customerIds),
        eq(events.name, EVENT_NAMES.customersMerged),
        // Nobody else's event of that name explains anything.
        eq(events.source, 'own'),
      ),
    )
    .orderBy(desc(events.at), desc(events.messageId))
  return rows.map(toInput)
}
