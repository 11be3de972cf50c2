import { HOUR } from '@ciclo/engine'
import { and, eq, gte, lt, sql } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export type SendingFigure = 'sent' | 'deferred' | 'bounced' | 'blocked' | 'complained'

/** What is to be added to an hour of a sender and a mailbox provider; what is less than nothing is taken away. */
export interface SendingCount extends Partial<Record<SendingFigure, number>> {
  senderId: string
  /** The beginning of the hour. */
  hour: number
  /** As `countedProvider` names it. */
  domain: string
}

const keyOf = ({ senderId, hour, domain }: SendingCount) => `${senderId}\n${hour}\n${domain}`

/** Adds to the counts. Each row is locked until the transaction ends, in an order that is always the same. */
export async function addSendingCounts(
  tx: Tx,
  workspaceId: string,
  added: readonly SendingCount[],
): Promise<void> {
  const { sendingCounts } = tx.tables
  if (added.length === 0) return
  const rows = new Map<string, Required<SendingCount> & { workspaceId: string }>()
  for (const count of added) {
    const key = keyOf(count)
    const known = rows.get(key)
    const sum = (figure: SendingFigure) => (known?.[figure] ?? 0) + (count[figure] ?? 0)
    const { senderId, hour, domain } = count
    rows.set(key, {
      workspaceId,
      senderId,
      hour,
      domain,
      sent: sum('sent'),
      deferred: sum('deferred'),
      bounced: sum('bounced'),
      blocked: sum('blocked'),
      complained: sum('complained'),
    })
  }
  const sorted = [...rows].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, row]) => row)
  const plus = (figure: SendingFigure) => sql`${sendingCounts[figure]} + ${excluded(sendingCounts[figure])}`
  await insertRows(tx, sendingCounts, sorted).onConflictDoUpdate({
    target: [sendingCounts.workspaceId, sendingCounts.senderId, sendingCounts.hour, sendingCounts.domain],
    set: {
      sent: plus('sent'),
      deferred: plus('deferred'),
      bounced: plus('bounced'),
      blocked: plus('blocked'),
      complained: plus('complained'),
    },
  })
}

/** How many mails a sender gave out since an instant. */
export async function readSentSince(
  tx: ReadTx,
  workspaceId: string,
  { senderId, since }: { senderId: string; since: number },
): Promise<number> {
  const counts = tx.tables.sendingCounts
  const [row] = await tx
    .select({ sent: sql<number>`coalesce(sum(${counts.sent}), 0)`.mapWith(Number) })
    .from(counts)
    .where(and(eq(counts.workspaceId, workspaceId), eq(counts.senderId, senderId), gte(counts.hour, since)))
  return row?.sent ?? 0
}

/** How many mails a sender gave out in an hour to each of these providers, by the provider: none is no entry. */
export async function readSentTo(
  tx: ReadTx,
  workspaceId: string,
  { senderId, hour, domains }: { senderId: string; hour: number; domains: readonly string[] },
): Promise<Map<string, number>> {
  const counts = tx.tables.sendingCounts
  if (domains.length === 0) return new Map()
  const rows = await tx
    .select({ domain: counts.domain, sent: counts.sent })
    .from(counts)
    .where(
      and(
        eq(counts.workspaceId, workspaceId),
        eq(counts.senderId, senderId),
        eq(counts.hour, hour),
        tx.dialect.isOneOf(counts.domain, domains),
      ),
    )
  return new Map(rows.map(({ domain, sent }) => [domain, sent]))
}

/**
 * Counts what came back in an hour in the hour before, as if it had been told then. What was sent stays where it is:
 * limits go by it.
 */
export async function dateBackReports(
  tx: Tx,
  workspaceId: string,
  { senderId, hour }: { senderId: string; hour: number },
): Promise<void> {
  const counts = tx.tables.sendingCounts
  const { domain, bounced, blocked, complained } = counts
  const rows = await tx
    .select({ domain, bounced, blocked, complained })
    .from(counts)
    .where(and(eq(counts.workspaceId, workspaceId), eq(counts.senderId, senderId), eq(counts.hour, hour)))
  const told = rows.filter((row) => row.bounced !== 0 || row.blocked !== 0 || row.complained !== 0)
  await addSendingCounts(
    tx,
    workspaceId,
    told.flatMap((row) => [
      { senderId, hour: hour - HOUR, ...row },
      {
        senderId,
        hour,
        domain: row.domain,
        bounced: -row.bounced,
        blocked: -row.blocked,
        complained: -row.complained,
      },
    ]),
  )
}

export type SendingSums = Record<SendingFigure, number>

/** All that is counted of a sender since an instant. */
export async function sumSendingCounts(
  tx: ReadTx,
  workspaceId: string,
  { senderId, since }: { senderId: string; since: number },
): Promise<SendingSums> {
  const { sendingCounts } = tx.tables
  const sum = (figure: SendingFigure) =>
    sql<number>`coalesce(sum(${sendingCounts[figure]}), 0)`.mapWith(Number)
  const [sums] = await tx
    .select({
      sent: sum('sent'),
      deferred: sum('deferred'),
      bounced: sum('bounced'),
      blocked: sum('blocked'),
      complained: sum('complained'),
    })
    .from(sendingCounts)
    .where(
      and(
        eq(sendingCounts.workspaceId, workspaceId),
        eq(sendingCounts.senderId, senderId),
        gte(sendingCounts.hour, since),
      ),
    )
  return sums ?? { sent: 0, deferred: 0, bounced: 0, blocked: 0, complained: 0 }
}

/** Forgets what nobody asks for any more. */
export async function deleteSendingCounts(tx: Tx, before: number): Promise<void> {
  const { sendingCounts } = tx.tables
  await tx.delete(sendingCounts).where(lt(sendingCounts.hour, before))
}
