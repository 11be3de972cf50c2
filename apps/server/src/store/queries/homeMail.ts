import { EVENT_NAMES } from '@ciclo/engine'
import { and, asc, count, eq, gt, gte, isNull, lt, lte, ne, or, sql } from 'drizzle-orm'
import { clickedLink } from '../schema.ts'
import type { ReadTx } from '../store.ts'
import { sumOf, type Period } from './countedOrders.ts'
import { livingCustomers } from './customers.ts'

/** Days begin at whole quarters of an hour, whatever the time zone. */
export const QUARTER = 15 * 60_000

/** Mails that wait to go, by the quarter of an hour and by purpose. */
export async function countQueued(tx: ReadTx, workspaceId: string, before: number) {
  const { messages } = tx.tables
  const quarter = sql<number>`${messages.dueAt} / ${sql.raw(String(QUARTER))}`.mapWith(Number)
  const rows = []
  // Purpose by purpose: so the index by which mails are claimed finds them.
  for (const purpose of ['marketing', 'transactional'] as const)
    rows.push(
      ...(await tx
        .select({ purpose: messages.purpose, quarter, mails: count() })
        .from(messages)
        .where(
          and(
            eq(messages.workspaceId, workspaceId),
            eq(messages.state, 'queued'),
            eq(messages.purpose, purpose),
            lt(messages.dueAt, before),
          ),
        )
        .groupBy(messages.purpose, quarter)),
    )
  return rows.map((row) => ({ ...row, at: row.quarter * QUARTER }))
}

/** Of a page of those who wake up next: who, when, and the timers that wake them. */
export async function pageOfWaking(
  tx: ReadTx,
  workspaceId: string,
  { after, before, limit }: { after: { wakeAt: number; id: string } | null; before: number; limit: number },
) {
  const { customers } = tx.tables
  const { id, wakeAt, state } = customers
  return await tx
    .select({ id, wakeAt, state })
    .from(customers)
    .where(
      and(
        livingCustomers(tx, workspaceId),
        isNull(customers.parked),
        lt(wakeAt, before),
        after ? or(gt(wakeAt, after.wakeAt), and(eq(wakeAt, after.wakeAt), gt(id, after.id))) : undefined,
      ),
    )
    .orderBy(asc(wakeAt), asc(id))
    .limit(limit)
}

/** What went out and what was complained of, by the hour. */
export async function readSendingHours(tx: ReadTx, workspaceId: string, { from, to }: Period) {
  const { sendingCounts } = tx.tables
  const { hour, sent, complained } = sendingCounts
  return await tx
    .select({ hour, sent: sumOf(sql`${sent}`), complained: sumOf(sql`${complained}`) })
    .from(sendingCounts)
    .where(and(eq(sendingCounts.workspaceId, workspaceId), gte(hour, from), lt(hour, to)))
    .groupBy(hour)
}

/** When people clicked on links of mails in a period: scanners left out, and what browsers claim. */
export async function humanClicksIn(
  tx: ReadTx,
  workspaceId: string,
  { from, to }: Period,
): Promise<number[]> {
  const { events } = tx.tables
  const rows = await tx
    .select({ at: events.at, class: tx.dialect.jsonText(events.body, ['properties', 'class']) })
    .from(events)
    .where(
      and(
        eq(events.workspaceId, workspaceId),
        clickedLink(events.name),
        eq(events.name, EVENT_NAMES.emailLinkClicked),
        gte(events.at, from),
        lt(events.at, to),
        ne(events.source, 'public'),
      ),
    )
  return rows.flatMap(({ at, class: fetcher }) => (fetcher === 'human' ? at : []))
}

/** So many are counted of what should be over: nobody reacts differently to more. */
const COUNTED_UP_TO = 10_000

/** Mails of a purpose that were due by an instant and have not left, and since when the oldest waits. */
export async function readOverdue(
  tx: ReadTx,
  workspaceId: string,
  purpose: 'marketing' | 'transactional',
  by: number,
): Promise<{ mails: number; since: number | null }> {
  const { messages } = tx.tables
  const some = tx
    .select({ dueAt: messages.dueAt })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.state, 'queued'),
        eq(messages.purpose, purpose),
        lte(messages.dueAt, by),
      ),
    )
    .orderBy(asc(messages.dueAt))
    .limit(COUNTED_UP_TO)
    .as('some')
  const [row] = await tx
    .select({ mails: count(), since: sql<number | null>`min(${some.dueAt})`.mapWith(Number) })
    .from(some)
  return { mails: row?.mails ?? 0, since: row?.since ?? null }
}
