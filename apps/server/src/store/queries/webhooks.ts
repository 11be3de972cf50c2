import { createHash } from 'node:crypto'
import type { Effect } from '@ciclo/engine'
import { and, asc, desc, eq, inArray, lte, notInArray, sql, type SQL } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export const WEBHOOK_STATES = ['queued', 'sending', 'delivered', 'refused', 'dead'] as const
export type WebhookState = (typeof WEBHOOK_STATES)[number]

export type CustomerWebhook = Omit<Extract<Effect, { type: 'webhook' }>, 'type'> & { customerId: string }

export type WebhookRow = ReadTx['tables']['webhooks']['$inferSelect']

/**
 * What receivers know a webhook by: of letters that a header can hold and a signature does not stumble over, and made of
 * the effect's own id, which an event's sender has chosen a part of.
 */
const webhookId = (workspaceId: string, effectId: string) =>
  `msg_${createHash('sha256')
    .update(JSON.stringify([workspaceId, effectId]))
    .digest('base64url')
    .slice(0, 32)}`

/** Puts webhooks down to be sent, each in the form in which it will be told. */
export async function insertWebhooks(
  tx: Tx,
  workspaceId: string,
  added: readonly CustomerWebhook[],
  now: number,
): Promise<void> {
  const rows = added.map(({ id, customerId, enrolmentId, journeyId, stepId, url, at, data }) => ({
    workspaceId,
    id: webhookId(workspaceId, id),
    customerId,
    enrolmentId,
    journeyId,
    stepId,
    url,
    body: { type: 'journey.step', timestamp: new Date(at).toISOString(), data },
    state: 'queued' as const,
    createdAt: now,
    dueAt: now,
  }))
  // The derived id has been there before only if this very call was already asked for.
  if (rows.length > 0) await insertRows(tx, tx.tables.webhooks, rows).onConflictDoNothing()
}

/** Something that one subscriber is to be told. */
export interface SubscriberWord {
  /** The same for the same thing, whenever it is told. */
  key: readonly string[]
  subscriptionId: string
  url: string
  customerId: string
  /** The name that it is subscribed to by. */
  event: string
  body: { type: string; timestamp: string; data: Record<string, unknown> }
}

/** Puts down what subscribers are to be told. */
export async function insertSubscriberWords(
  tx: Tx,
  workspaceId: string,
  words: readonly SubscriberWord[],
  now: number,
): Promise<void> {
  const rows = words.map(({ key, ...word }) => ({
    workspaceId,
    id: webhookId(workspaceId, JSON.stringify(['subscription', ...key])),
    ...word,
    state: 'queued' as const,
    createdAt: now,
    dueAt: now,
  }))
  if (rows.length > 0) await insertRows(tx, tx.tables.webhooks, rows).onConflictDoNothing()
}

export interface WebhookClaim {
  now: number
  leaseUntil: number
  limit: number
  /** Of each of these addresses only so many, after all others: whoever is slow keeps nobody else waiting. */
  slow?: { urls: readonly string[]; limit: number }
}

/** Takes webhooks that are due, and those whose claimer let its lease run out: each for one claimer only, under a new fence. */
export async function claimWebhooks(tx: Tx, { slow, ...claim }: WebhookClaim): Promise<WebhookRow[]> {
  const { url } = tx.tables.webhooks
  const urls = slow?.urls ?? []
  const swift = await claimDue(tx, claim, urls.length > 0 ? notInArray(url, [...urls]) : undefined)
  const crawling: WebhookRow[] = []
  for (const one of urls)
    crawling.push(...(await claimDue(tx, { ...claim, limit: slow?.limit ?? 0 }, eq(url, one))))
  return [...swift, ...crawling]
}

async function claimDue(
  tx: Tx,
  claim: Omit<WebhookClaim, 'slow'>,
  whose: SQL | undefined,
): Promise<WebhookRow[]> {
  const { webhooks } = tx.tables
  const take = async (condition: SQL | undefined, limit: number) =>
    await tx.dialect.forUpdateSkipLocked(
      tx
        .select({ workspaceId: webhooks.workspaceId, id: webhooks.id })
        .from(webhooks)
        .where(and(condition, whose))
        .orderBy(asc(webhooks.dueAt))
        .limit(limit),
    )
  const runOut = await take(
    and(eq(webhooks.state, 'sending'), lte(webhooks.leaseUntil, claim.now)),
    claim.limit,
  )
  const waiting =
    runOut.length < claim.limit
      ? await take(
          and(eq(webhooks.state, 'queued'), lte(webhooks.dueAt, claim.now)),
          claim.limit - runOut.length,
        )
      : []
  const claimed: WebhookRow[] = []
  for (const [workspaceId, group] of Map.groupBy([...runOut, ...waiting], (row) => row.workspaceId)) {
    const ids = group.map(({ id }) => id)
    claimed.push(
      ...(await tx
        .update(webhooks)
        .set({ state: 'sending', leaseUntil: claim.leaseUntil, fence: sql`${webhooks.fence} + 1` })
        .where(and(eq(webhooks.workspaceId, workspaceId), tx.dialect.isOneOf(webhooks.id, ids)))
        .returning()),
    )
  }
  return claimed.toSorted((one, other) => one.dueAt - other.dueAt)
}

/** What became of one attempt. Recorded only under the fence of the claim that made it. */
export interface WebhookOutcome {
  id: string
  fence: number
  state: Exclude<WebhookState, 'sending'>
  reason: string | null
  /** Of the answer, where there was one. */
  status: number | null
  attempts: number
  /** For one that goes back to the queue. */
  dueAt?: number
  endedAt?: number
}

/** Returns whether the claim still held: false where another claimer has taken it over, or it was erased. */
export async function recordWebhook(tx: Tx, workspaceId: string, outcome: WebhookOutcome): Promise<boolean> {
  const { webhooks } = tx.tables
  const { id, fence, ...changes } = outcome
  const recorded = await tx
    .update(webhooks)
    .set({ ...changes, leaseUntil: null })
    .where(
      and(
        eq(webhooks.workspaceId, workspaceId),
        eq(webhooks.id, id),
        eq(webhooks.fence, fence),
        eq(webhooks.state, 'sending'),
      ),
    )
    .returning({ id: webhooks.id })
  return recorded.length > 0
}

/** When the next webhook is due or the next lease runs out, or undefined where nothing waits. */
export async function nextWebhookAt(tx: ReadTx): Promise<number | undefined> {
  const { webhooks } = tx.tables
  const [queued] = await tx
    .select({ at: webhooks.dueAt })
    .from(webhooks)
    .where(eq(webhooks.state, 'queued'))
    .orderBy(asc(webhooks.dueAt))
    .limit(1)
  const sending = await tx
    .select({ at: webhooks.leaseUntil })
    .from(webhooks)
    .where(eq(webhooks.state, 'sending'))
  const times = [queued, ...sending].flatMap((row) => row?.at ?? [])
  return times.length === 0 ? undefined : Math.min(...times)
}

export async function readWebhook(
  tx: ReadTx,
  workspaceId: string,
  id: string,
): Promise<WebhookRow | undefined> {
  const { webhooks } = tx.tables
  const [row] = await tx
    .select()
    .from(webhooks)
    .where(and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.id, id)))
  return row
}

export interface WebhookFilter {
  state: WebhookState | undefined
  subscription?: string | undefined
  event?: string | undefined
}

interface WebhookPage extends WebhookFilter {
  after: { createdAt: number; id: string } | undefined
  limit: number
}

async function pageOfState(
  tx: ReadTx,
  workspaceId: string,
  { state, subscription, event, after, limit }: WebhookPage,
): Promise<WebhookRow[]> {
  const { webhooks } = tx.tables
  return await tx
    .select()
    .from(webhooks)
    .where(
      and(
        eq(webhooks.workspaceId, workspaceId),
        state && eq(webhooks.state, state),
        subscription === undefined ? undefined : eq(webhooks.subscriptionId, subscription),
        event === undefined ? undefined : eq(webhooks.event, event),
        after && behind('descending', [webhooks.createdAt, after.createdAt], [webhooks.id, after.id]),
      ),
    )
    .orderBy(desc(webhooks.createdAt), desc(webhooks.id))
    .limit(limit)
}

const newestFirst = (one: WebhookRow, other: WebhookRow) =>
  other.createdAt - one.createdAt || (one.id < other.id ? 1 : -1)

/**
 * A page of webhooks, newest first. Those of a subscription or an event stand in an index by their state, so that the
 * few that were given up are found among a million that were delivered: the whole of them is read state by state.
 */
export async function pageOfWebhooks(
  tx: ReadTx,
  workspaceId: string,
  wanted: WebhookPage,
): Promise<WebhookRow[]> {
  const { state, subscription, event, limit } = wanted
  if (state !== undefined || (subscription === undefined && event === undefined))
    return await pageOfState(tx, workspaceId, wanted)
  const rows: WebhookRow[] = []
  for (const one of WEBHOOK_STATES)
    rows.push(...(await pageOfState(tx, workspaceId, { ...wanted, state: one })))
  return rows.toSorted(newestFirst).slice(0, limit)
}

/** Sends one that has come to its end without being delivered once more; false where there is none such. */
export async function retryWebhook(tx: Tx, workspaceId: string, id: string, now: number): Promise<boolean> {
  const { webhooks } = tx.tables
  const changed = await tx
    .update(webhooks)
    .set({ state: 'queued', dueAt: now, endedAt: null })
    .where(
      and(
        eq(webhooks.workspaceId, workspaceId),
        eq(webhooks.id, id),
        inArray(webhooks.state, ['refused', 'dead']),
      ),
    )
    .returning({ id: webhooks.id })
  return changed.length > 0
}

/** Sends one that has come to any end once more; false where there is none such. */
export async function replayWebhook(tx: Tx, workspaceId: string, id: string, now: number): Promise<boolean> {
  const { webhooks } = tx.tables
  const changed = await tx
    .update(webhooks)
    .set({ state: 'queued', dueAt: now, endedAt: null, attempts: 0 })
    .where(
      and(
        eq(webhooks.workspaceId, workspaceId),
        eq(webhooks.id, id),
        inArray(webhooks.state, ['delivered', 'refused', 'dead']),
      ),
    )
    .returning({ id: webhooks.id })
  return changed.length > 0
}

/** Sends a number of those of a subscription that were never delivered once more, and says how many. */
export async function replayDead(
  tx: Tx,
  workspaceId: string,
  subscriptionId: string,
  { now, limit }: { now: number; limit: number },
): Promise<number> {
  const { webhooks } = tx.tables
  const found = await tx
    .select({ id: webhooks.id })
    .from(webhooks)
    .where(
      and(
        eq(webhooks.workspaceId, workspaceId),
        eq(webhooks.subscriptionId, subscriptionId),
        inArray(webhooks.state, ['refused', 'dead']),
      ),
    )
    .limit(limit)
  if (found.length === 0) return 0
  const ids = found.map(({ id }) => id)
  const changed = await tx
    .update(webhooks)
    .set({ state: 'queued', dueAt: now, endedAt: null, attempts: 0 })
    .where(and(eq(webhooks.workspaceId, workspaceId), tx.dialect.isOneOf(webhooks.id, ids)))
    .returning({ id: webhooks.id })
  return changed.length
}

/**
 * Removes a number of those that were tried last before then, and says how many: what was told stands in the
 * customer's history anyway.
 */
export async function forgetWebhooks(
  tx: Tx,
  { states, before, limit }: { states: readonly WebhookState[]; before: number; limit: number },
): Promise<number> {
  const { webhooks } = tx.tables
  let forgotten = 0
  for (const state of states) {
    const found = await tx
      .select({ workspaceId: webhooks.workspaceId, id: webhooks.id })
      .from(webhooks)
      .where(and(eq(webhooks.state, state), lte(webhooks.dueAt, before)))
      .orderBy(asc(webhooks.dueAt))
      .limit(limit - forgotten)
    for (const [workspaceId, group] of Map.groupBy(found, (row) => row.workspaceId)) {
      const ids = group.map(({ id }) => id)
      await tx
        .delete(webhooks)
        .where(and(eq(webhooks.workspaceId, workspaceId), tx.dialect.isOneOf(webhooks.id, ids)))
    }
    forgotten += found.length
    if (forgotten >= limit) break
  }
  return forgotten
}

/** What a customer's webhooks have said, or are going to say. */
export async function readWebhookBodies(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
): Promise<{ id: string; body: unknown }[]> {
  const { webhooks } = tx.tables
  return await tx
    .select({ id: webhooks.id, body: webhooks.body })
    .from(webhooks)
    .where(and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.customerId, customerId)))
    .orderBy(asc(webhooks.id))
}

export async function rewriteWebhook(
  tx: Tx,
  workspaceId: string,
  { id, body }: { id: string; body: unknown },
): Promise<void> {
  const { webhooks } = tx.tables
  await tx
    .update(webhooks)
    .set({ body })
    .where(and(eq(webhooks.workspaceId, workspaceId), eq(webhooks.id, id)))
}
