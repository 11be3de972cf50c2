import type { MessageState } from '@ciclo/engine'
import { and, count, eq, isNull } from 'drizzle-orm'
import { mailIdOf } from '../../mailId.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'
import type { OfCampaign } from './recipients.ts'

type NewMessage = Omit<ReadTx['tables']['messages']['$inferInsert'], 'workspaceId' | 'campaignId' | 'mailId'>

/** The states in which a message ends. */
const ENDED = ['sent', 'refused', 'failed', 'expired', 'dead', 'unknown'] as const

/** Why messages wait in the outbox that is nobody's own night, cap or case: these would wait there all together. */
const WAITS_OF_ALL = [
  'retry',
  'server-away',
  'campaign-paused',
  'stream-stopped',
  'warm-up',
  'domain-limit',
  'broken-rules',
]

const prefixOf = (campaignId: string) => `campaign/${campaignId}/`

/** The message of a campaign to a customer: the same, however often it is put into the outbox. */
export const campaignMessageId = (campaignId: string, customerId: string) =>
  `${prefixOf(campaignId)}${customerId}`

/** Whose it was when the audience was frozen. */
const recipientOf = (campaignId: string, messageId: string) => messageId.slice(prefixOf(campaignId).length)

/** The messages of a campaign that it has not counted yet: they are in an index of their own. */
const isOpen = ({ tables: { messages } }: Pick<ReadTx, 'tables'>, { workspaceId, campaignId }: OfCampaign) =>
  and(eq(messages.workspaceId, workspaceId), eq(messages.campaignId, campaignId), isNull(messages.countedAt))

export async function insertCampaignMessages(
  tx: Tx,
  of: OfCampaign,
  added: readonly NewMessage[],
): Promise<void> {
  const { workspaceId } = of
  const rows = added.map((message) => ({
    ...of,
    ...message,
    mailId: mailIdOf({ workspaceId, ...message }),
  }))
  if (rows.length > 0) await insertRows(tx, tx.tables.messages, rows).onConflictDoNothing()
}

export interface OpenMessages {
  variant: string
  state: MessageState
  reason: string
  messages: number
}

/** The messages that are not counted yet, by where they are. */
export async function countOpenMessages(tx: ReadTx, of: OfCampaign): Promise<OpenMessages[]> {
  const { messages } = tx.tables
  const rows = await tx
    .select({
      variant: messages.variant,
      state: messages.state,
      reason: messages.reason,
      messages: count(),
    })
    .from(messages)
    .where(isOpen(tx, of))
    .groupBy(messages.state, messages.reason, messages.variant)
  return rows.map(({ variant, reason, ...row }) => ({
    ...row,
    variant: variant ?? '',
    reason: reason ?? '',
  }))
}

export interface EndedMessage {
  id: string
  recipientId: string
  variant: string
  state: (typeof ENDED)[number]
  reason: string
}

/** Takes messages that have come to their end and are not counted yet, of all or of those named: they are now. */
export async function takeEnded(
  tx: Tx,
  of: OfCampaign,
  { now, limit, ids }: { now: number; limit: number; ids?: readonly string[] | undefined },
): Promise<EndedMessage[]> {
  const { messages } = tx.tables
  const rows = await tx
    .select({
      id: messages.id,
      variant: messages.variant,
      state: messages.state,
      reason: messages.reason,
    })
    .from(messages)
    .where(
      and(
        isOpen(tx, of),
        tx.dialect.isOneOf(messages.state, ENDED),
        ids && tx.dialect.isOneOf(messages.id, ids),
      ),
    )
    .limit(limit)
  const taken = rows.map(({ id }) => id)
  if (taken.length === 0) return []
  await tx
    .update(messages)
    .set({ countedAt: now })
    .where(and(eq(messages.workspaceId, of.workspaceId), tx.dialect.isOneOf(messages.id, taken)))
  return rows.map(({ id, variant, state, reason }) => ({
    id,
    recipientId: recipientOf(of.campaignId, id),
    variant: variant ?? '',
    state: state as EndedMessage['state'],
    reason: reason ?? '',
  }))
}

/** How many messages take up the outbox, counted up to a limit: without those that wait for their own customer. */
export async function countInOutbox(tx: ReadTx, of: OfCampaign, limit: number): Promise<number> {
  const { messages } = tx.tables
  const isQueued = eq(messages.state, 'queued')
  // One for each range of the index.
  const conditions = [
    eq(messages.state, 'sending'),
    and(isQueued, isNull(messages.reason)),
    ...WAITS_OF_ALL.map((reason) => and(isQueued, eq(messages.reason, reason))),
  ]
  let found = 0
  for (const condition of conditions) {
    const some = tx
      .select({ id: messages.id })
      .from(messages)
      .where(and(isOpen(tx, of), condition))
      .limit(limit)
      .as('some')
    const [row] = await tx.select({ messages: count() }).from(some)
    found += row?.messages ?? 0
  }
  return found
}

/** The first messages that wait in the outbox: of one reason, or all. */
const selectQueued = (tx: Tx, of: OfCampaign, reason: string | undefined, limit: number) => {
  const { messages } = tx.tables
  return tx.dialect.forUpdateSkipLocked(
    tx
      .select({ id: messages.id })
      .from(messages)
      .where(
        and(
          isOpen(tx, of),
          eq(messages.state, 'queued'),
          reason === undefined ? undefined : eq(messages.reason, reason),
        ),
      )
      .limit(limit),
  )
}

async function changeQueued(
  tx: Tx,
  { workspaceId }: OfCampaign,
  rows: readonly { id: string }[],
  changes: Partial<NewMessage>,
): Promise<number> {
  const { messages } = tx.tables
  const ids = rows.map(({ id }) => id)
  if (ids.length === 0) return 0
  await tx
    .update(messages)
    .set(changes)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
  return ids.length
}

/** What has waited for a reason is due now. Returns how many there were. */
export async function releaseQueued(
  tx: Tx,
  of: OfCampaign,
  { reason, now, limit }: { reason: string; now: number; limit: number },
): Promise<number> {
  const rows = await selectQueued(tx, of, reason, limit)
  return await changeQueued(tx, of, rows, { dueAt: now, reason: null })
}

/** Refuses what nobody has claimed. Returns how many there were. */
export async function refuseQueued(
  tx: Tx,
  of: OfCampaign,
  { reason, limit }: { reason: string; limit: number },
): Promise<number> {
  const rows = await selectQueued(tx, of, undefined, limit)
  return await changeQueued(tx, of, rows, { state: 'refused', reason })
}

/** Whether there is a message that is not counted yet: in one state, or in any. */
export async function hasOpenMessages(tx: ReadTx, of: OfCampaign, state?: MessageState): Promise<boolean> {
  const { messages } = tx.tables
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(and(isOpen(tx, of), state && eq(messages.state, state)))
    .limit(1)
  return rows.length > 0
}

/** Where the messages of recipients that are `queued` really are, by the recipient. */
export async function readCampaignMessages(
  tx: ReadTx,
  { workspaceId, campaignId }: OfCampaign,
  customerIds: readonly string[],
): Promise<
  Map<
    string,
    { id: string; state: MessageState; reason: string | null; dueAt: number; sentAt: number | null }
  >
> {
  const { messages } = tx.tables
  const ids = customerIds.map((id) => campaignMessageId(campaignId, id))
  const rows = await tx
    .select({
      id: messages.id,
      state: messages.state,
      reason: messages.reason,
      dueAt: messages.dueAt,
      sentAt: messages.sentAt,
    })
    .from(messages)
    .where(and(eq(messages.workspaceId, workspaceId), tx.dialect.isOneOf(messages.id, ids)))
  return new Map(rows.map((row) => [recipientOf(campaignId, row.id), row]))
}
