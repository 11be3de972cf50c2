import type { Message, MessageState, Purpose, RunWithdrawal } from '@ciclo/engine'
import { and, asc, desc, eq, gt, like, lte, or, sql, type SQL } from 'drizzle-orm'
import { mailIdOf } from '../../mailId.ts'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export interface CustomerMessage extends Message {
  customerId: string
}

export async function insertMessages(
  tx: Tx,
  workspaceId: string,
  added: readonly CustomerMessage[],
): Promise<void> {
  const rows = added.map((message) => ({
    workspaceId,
    ...message,
    dueAt: message.createdAt,
    mailId: mailIdOf({ workspaceId, ...message }),
  }))
  // The derived id has been there before only if this very mail was already asked for.
  if (rows.length > 0) await insertRows(tx, tx.tables.messages, rows).onConflictDoNothing()
}

export type OutboxMessage = ReadTx['tables']['messages']['$inferSelect'] & { purpose: Purpose }

/**
 * Takes messages that are due, and those whose earlier claimer let its lease run out: each goes to one claimer only,
 * under a new fence.
 */
export async function claimMessages(
  tx: Tx,
  claim: { now: number; leaseUntil: number; limit: number },
): Promise<OutboxMessage[]> {
  const { messages } = tx.tables
  const take = async (condition: SQL | undefined, limit: number) =>
    await tx.dialect.forUpdateSkipLocked(
      tx
        .select({ workspaceId: messages.workspaceId, id: messages.id })
        .from(messages)
        .where(condition)
        .orderBy(asc(messages.dueAt))
        .limit(limit),
    )
  // One after the other, each along its index: both in one condition would sort the whole backlog for every claim.
  const runOut = and(eq(messages.state, 'sending'), lte(messages.leaseUntil, claim.now))
  const due = await take(runOut, claim.limit)
  // What is owed goes before what is sold: an order's mail does not wait behind a campaign.
  for (const purpose of ['transactional', 'marketing'] as const) {
    const waiting = and(
      eq(messages.state, 'queued'),
      eq(messages.purpose, purpose),
      lte(messages.dueAt, claim.now),
    )
    if (due.length < claim.limit) due.push(...(await take(waiting, claim.limit - due.length)))
  }
  const claimed: OutboxMessage[] = []
  for (const [workspaceId, group] of Map.groupBy(due, (message) => message.workspaceId)) {
    const ids = group.map(({ id }) => id)
    const rows = await tx
      .update(messages)
      .set({ state: 'sending', leaseUntil: claim.leaseUntil, fence: sql`${messages.fence} + 1` })
      .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
      .returning()
    for (const row of rows) claimed.push({ ...row, purpose: row.purpose as Purpose })
  }
  // An update gives its rows back in any order, and of several to one customer the cap lets only the first pass.
  return claimed.toSorted(
    (one, other) =>
      Number(one.purpose === 'marketing') - Number(other.purpose === 'marketing') ||
      one.dueAt - other.dueAt ||
      one.createdAt - other.createdAt ||
      (one.id < other.id ? -1 : 1),
  )
}

/**
 * When marketing mails were sent to customers, by customer, ascending: those since an instant, and those that somebody
 * is sending right now, which count as sent now.
 *
 * @param except the ids of messages that do not count, because it is they that are decided on
 */
export async function readMarketingSentAt(
  tx: ReadTx,
  workspaceId: string,
  wanted: { customerIds: readonly string[]; since: number; now: number; except: ReadonlySet<string> },
): Promise<Map<string, number[]>> {
  const { messages } = tx.tables
  const { customerIds, since, now, except } = wanted
  const found = new Map<string, number[]>()
  if (customerIds.length === 0) return found
  const rows = await tx
    .select({ id: messages.id, customerId: messages.customerId, sentAt: messages.sentAt })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        tx.dialect.isOneOf(messages.customerId, customerIds),
        eq(messages.purpose, 'marketing'),
        // By `like`, which no index serves: by the state SQLite would look at everything that is being sent.
        or(gt(messages.sentAt, since), like(messages.state, 'sending')),
      ),
    )
  for (const { id, customerId, sentAt } of rows) {
    if (except.has(id)) continue
    const times = found.get(customerId) ?? []
    times.push(sentAt ?? now)
    found.set(customerId, times)
  }
  for (const times of found.values()) times.sort((one, other) => one - other)
  return found
}

/** What became of one attempt. Recorded only under the fence of the claim that made it. */
export interface MessageOutcome {
  messageId: string
  fence: number
  state: MessageState
  reason: string | null
  /** For a message that goes back to the queue. */
  dueAt?: number
  subject?: string
  sentAt?: number
  response?: string
  attempts: number
}

/** Returns whether the claim still held: false means that another claimer has taken the message over. */
export async function recordOutcome(tx: Tx, workspaceId: string, outcome: MessageOutcome): Promise<boolean> {
  const { messages } = tx.tables
  const { messageId, fence, ...changes } = outcome
  // Whatever goes back to the queue has not left.
  const attempt = changes.state === 'queued' ? { attemptedAt: null } : {}
  const recorded = await tx
    .update(messages)
    .set({ ...changes, ...attempt, leaseUntil: null })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.id, messageId),
        eq(messages.fence, fence),
        eq(messages.state, 'sending'),
      ),
    )
    .returning({ id: messages.id })
  return recorded.length > 0
}

/**
 * Notes of claimed messages that their mails are about to be handed over, before the first word to a server, and holds
 * them until then: nobody may take a mail for one whose sender has died while that one waits for an answer, or for the
 * store to record it.
 *
 * @param claimed those of one claim
 * @returns the ids of those that are still there and still ours: only they may be handed over
 */
export async function beginMessages(
  tx: Tx,
  workspaceId: string,
  claimed: readonly Pick<OutboxMessage, 'id' | 'fence'>[],
  { at, leaseUntil }: { at: number; leaseUntil: number },
): Promise<Set<string>> {
  const { messages } = tx.tables
  const fences = new Map(claimed.map(({ id, fence }) => [id, fence]))
  const begun = new Set<string>()
  // Nearly all of a claim have the same fence: most were never claimed before.
  for (const [fence, ids] of Map.groupBy(fences.keys(), (id) => fences.get(id) ?? 0)) {
    const rows = await tx
      .update(messages)
      .set({ attemptedAt: at, leaseUntil })
      .where(
        and(
          eq(messages.workspaceId, workspaceId),
          tx.dialect.isOneOf(messages.id, ids),
          eq(messages.fence, fence),
          // By `like`, which no index serves: by the state SQLite would look at everything that is being sent.
          like(messages.state, 'sending'),
        ),
      )
      .returning({ id: messages.id })
    for (const { id } of rows) begun.add(id)
  }
  return begun
}

/**
 * Makes messages due that wait for this reason until a time not after `latest`: at most `limit` of them.
 *
 * @returns how many
 */
export async function releaseMessages(
  tx: Tx,
  { reason, now, latest, limit }: { reason: string; now: number; latest: number; limit: number },
): Promise<number> {
  const { messages } = tx.tables
  let released = 0
  for (const purpose of ['transactional', 'marketing'] as const) {
    const waiting = await tx.dialect.forUpdateSkipLocked(
      tx
        .select({ workspaceId: messages.workspaceId, id: messages.id })
        .from(messages)
        .where(
          and(
            eq(messages.state, 'queued'),
            eq(messages.purpose, purpose),
            gt(messages.dueAt, now),
            lte(messages.dueAt, latest),
            eq(messages.reason, reason),
          ),
        )
        .orderBy(asc(messages.dueAt))
        .limit(limit - released),
    )
    for (const [workspaceId, group] of Map.groupBy(waiting, (message) => message.workspaceId)) {
      const ids = group.map(({ id }) => id)
      await tx
        .update(messages)
        .set({ dueAt: now })
        .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
    }
    released += waiting.length
    if (released === limit) break
  }
  return released
}

/**
 * Refuses what still waits of these enrolments of these customers: the runs have ended before it could be sent. What
 * nobody has claimed yet stays, unless it is to go as well.
 */
export async function withdrawMessages(
  tx: Tx,
  workspaceId: string,
  { reason, isUnseenToo }: RunWithdrawal,
  customerIds: readonly string[],
  enrolmentIds: readonly string[],
): Promise<void> {
  const { messages } = tx.tables
  if (enrolmentIds.length === 0) return
  await tx
    .update(messages)
    .set({ state: 'refused', reason })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        tx.dialect.isOneOf(messages.customerId, customerIds),
        tx.dialect.isOneOf(messages.enrolmentId, enrolmentIds),
        // By `like`, which no index serves: by the state SQLite would look at everything that is queued.
        like(messages.state, 'queued'),
        isUnseenToo ? undefined : gt(messages.fence, 0),
      ),
    )
}

/** What waited with its customer is due now. */
export async function releaseParkedMessages(
  tx: Tx,
  workspaceId: string,
  customerId: string,
  dueAt: number,
): Promise<void> {
  const { messages } = tx.tables
  await tx
    .update(messages)
    .set({ dueAt })
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.customerId, customerId),
        eq(messages.state, 'queued'),
        eq(messages.reason, 'customer-parked'),
      ),
    )
}

/**
 * What waited for a stopped stream is due now, so many messages at once; returns how many there were. Those of other
 * streams of the purpose that are stopped, too, go on waiting once they were looked at.
 */
export async function releaseStoppedMessages(
  tx: Tx,
  workspaceId: string,
  { purpose, dueAt, limit }: { purpose: Purpose; dueAt: number; limit: number },
): Promise<number> {
  const { messages } = tx.tables
  const waiting = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.state, 'queued'),
        eq(messages.purpose, purpose),
        gt(messages.dueAt, dueAt),
        eq(messages.workspaceId, workspaceId),
        eq(messages.reason, 'stream-stopped'),
      ),
    )
    .limit(limit)
  const ids = waiting.map(({ id }) => id)
  if (ids.length > 0)
    await tx
      .update(messages)
      .set({ dueAt })
      .where(
        and(
          eq(messages.workspaceId, workspaceId),
          tx.dialect.isOneOf(messages.id, ids),
          eq(messages.state, 'queued'),
        ),
      )
  return ids.length
}

/** When the next message is due or the next lease runs out, or undefined where nothing waits. */
export async function nextMessageAt(tx: ReadTx): Promise<number | undefined> {
  const { messages } = tx.tables
  const queuedAt = async (purpose: Purpose) => {
    const [queued] = await tx
      .select({ at: messages.dueAt })
      .from(messages)
      .where(and(eq(messages.state, 'queued'), eq(messages.purpose, purpose)))
      .orderBy(asc(messages.dueAt))
      .limit(1)
    return queued?.at
  }
  const [sending] = await tx
    .select({ at: messages.leaseUntil })
    .from(messages)
    .where(eq(messages.state, 'sending'))
    .orderBy(asc(messages.leaseUntil))
    .limit(1)
  const waiting = [await queuedAt('transactional'), await queuedAt('marketing')]
  const times = [...waiting, sending?.at].filter((at) => at !== undefined && at !== null)
  return times.length === 0 ? undefined : Math.min(...times)
}

export async function readMessage(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<OutboxMessage | undefined> {
  const { messages } = tx.tables
  const [row] = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), eq(messages.id, id)))
  return row && { ...row, purpose: row.purpose as Purpose }
}

export async function readMessages(
  tx: ReadTx,
  workspaceId: string,
  ids: readonly string[],
): Promise<OutboxMessage[]> {
  const { messages } = tx.tables
  const rows = await tx
    .select()
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
  return rows.map((row) => ({ ...row, purpose: row.purpose as Purpose }))
}

/** The message whose mail has this id, in whichever workspace: what comes back names no other. */
export async function readMessageByMailId(tx: ReadTx, mailId: string): Promise<OutboxMessage | undefined> {
  const { messages } = tx.tables
  const [row] = await tx.select().from(messages).where(eq(messages.mailId, mailId)).limit(1)
  return row && { ...row, purpose: row.purpose as Purpose }
}

/** One page of a customer's messages, newest first. */
export async function pageOfMessages(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
  after: { createdAt: number; id: string } | undefined,
  limit: number,
): Promise<OutboxMessage[]> {
  const { messages } = tx.tables
  const rows = await tx
    .select()
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        eq(messages.customerId, customerId),
        after && behind('descending', [messages.createdAt, after.createdAt], [messages.id, after.id]),
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(limit)
  return rows.map((row) => ({ ...row, purpose: row.purpose as Purpose }))
}
