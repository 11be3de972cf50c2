import { MESSAGE_STATES, type MessageState, type Purpose } from '@ciclo/engine'
import { and, count, desc, eq, gte, isNull, lt, or, type SQL } from 'drizzle-orm'
import { behind } from '../behind.ts'
import { listedMessage, unsentMessage } from '../outboxTables.ts'
import type { ReadTx } from '../store.ts'

/** Which messages are wanted; what is left out does not matter. Times are epoch milliseconds of their creation. */
export interface MessageFilter {
  state?: MessageState | undefined
  purpose?: Purpose | undefined
  template?: string | undefined
  journeyId?: string | undefined
  campaignId?: string | undefined
  address?: string | undefined
  /** Of one customer: everybody who was merged into it. */
  customerIds?: readonly string[] | undefined
  /** By the sender that they name; null: by none, which goes by the main one of its purpose. */
  senders?: readonly (string | null)[] | undefined
  from?: number | undefined
  to?: number | undefined
}

export interface MessagePlace {
  createdAt: number
  id: string
}

/** The states in which nothing was sent; an index holds no others. */
const UNSENT = ['refused', 'failed', 'expired', 'dead', 'unknown'] as const satisfies readonly MessageState[]
const isUnsent = (state: MessageState) => UNSENT.some((unsent) => unsent === state)

const columnsOf = ({ tables: { messages } }: ReadTx) => ({
  id: messages.id,
  customerId: messages.customerId,
  journeyId: messages.journeyId,
  stepId: messages.stepId,
  template: messages.template,
  purpose: messages.purpose,
  address: messages.address,
  locale: messages.locale,
  state: messages.state,
  reason: messages.reason,
  createdAt: messages.createdAt,
  dueAt: messages.dueAt,
  expiresAt: messages.expiresAt,
  attempts: messages.attempts,
  subject: messages.subject,
  sentAt: messages.sentAt,
  response: messages.response,
  campaignId: messages.campaignId,
  variant: messages.variant,
  topic: messages.topic,
  sender: messages.sender,
})

type Columns = ReturnType<typeof columnsOf>

/** A message as a list shows it: without what the mail is made of. */
export type ListedMessage = Pick<ReadTx['tables']['messages']['$inferSelect'], keyof Columns>

const inSpan = (createdAt: Columns['createdAt'], { from, to }: MessageFilter) => [
  from === undefined ? undefined : gte(createdAt, from),
  to === undefined ? undefined : lt(createdAt, to),
]

const isBySender = (tx: ReadTx, sender: Columns['sender'], wanted: readonly (string | null)[]) => {
  const named = wanted.filter((id) => id !== null)
  return or(wanted.includes(null) ? isNull(sender) : undefined, tx.dialect.isOneOf(sender, named))
}

/** Along which index the messages are walked, and what is asked of each: the narrowest that an index can give. */
function walkOf(tx: ReadTx, filter: MessageFilter) {
  const { messages } = tx.tables
  const { state, purpose, template, journeyId, campaignId, address, customerIds, senders } = filter
  const listed = listedMessage(messages)
  const indexed = [
    customerIds && tx.dialect.isOneOf(messages.customerId, customerIds),
    address === undefined ? undefined : eq(messages.address, address),
    campaignId === undefined ? undefined : and(eq(messages.campaignId, campaignId), listed),
    journeyId === undefined ? undefined : and(eq(messages.journeyId, journeyId), listed),
    state !== undefined && isUnsent(state)
      ? and(eq(messages.state, state), unsentMessage(messages))
      : undefined,
    template === undefined ? undefined : and(eq(messages.template, template), listed),
  ].filter((condition) => condition !== undefined)
  const asked = [
    purpose === undefined ? undefined : (of: Columns) => eq(of.purpose, purpose),
    state === undefined ? undefined : (of: Columns) => eq(of.state, state),
    template === undefined ? undefined : (of: Columns) => eq(of.template, template),
    journeyId === undefined ? undefined : (of: Columns) => eq(of.journeyId, journeyId),
    campaignId === undefined ? undefined : (of: Columns) => eq(of.campaignId, campaignId),
    address === undefined ? undefined : (of: Columns) => eq(of.address, address),
    senders && ((of: Columns) => isBySender(tx, of.sender, senders)),
  ].filter((condition) => condition !== undefined)
  return { along: indexed[0] ?? listed, asked }
}

/** The newest messages along one index behind a place: at most so many of them are looked at. */
function walk(
  tx: ReadTx,
  workspaceId: string,
  filter: MessageFilter,
  { along, after, scan }: { along: SQL; after: MessagePlace | undefined; scan: number },
) {
  const { messages } = tx.tables
  return tx
    .select(columnsOf(tx))
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        along,
        ...inSpan(messages.createdAt, filter),
        after && behind('descending', [messages.createdAt, after.createdAt], [messages.id, after.id]),
      ),
    )
    .orderBy(desc(messages.createdAt), desc(messages.id))
    .limit(scan)
}

/**
 * Messages behind a place, the newest first. No more than `scan` are looked at: where few of them are wanted, fewer than
 * `limit` come back.
 *
 * @returns them, and up to where everything was looked at; null: to the end
 */
export async function pageOfOutbox(
  tx: ReadTx,
  workspaceId: string,
  filter: MessageFilter,
  { after, limit, scan }: { after: MessagePlace | undefined; limit: number; scan: number },
): Promise<{ rows: ListedMessage[]; reached: MessagePlace | null }> {
  const { along, asked } = walkOf(tx, filter)
  const seen = walk(tx, workspaceId, filter, { along, after, scan }).as('seen')
  const found = await tx
    .select()
    .from(seen)
    .where(and(...asked.map((condition) => condition(seen as unknown as Columns))))
    .limit(limit)
  const rows = found.toSorted(
    (one, other) => other.createdAt - one.createdAt || (other.id > one.id ? 1 : -1),
  ) as ListedMessage[]
  const last = rows.at(-1)
  if (last && rows.length === limit) return { rows, reached: { createdAt: last.createdAt, id: last.id } }
  const [reached] = await walk(tx, workspaceId, filter, { along, after, scan: 1 }).offset(scan - 1)
  return { rows, reached: reached ? { createdAt: reached.createdAt, id: reached.id } : null }
}

export interface StateCount {
  state: MessageState
  messages: number
  /** There are more: at least so many. */
  isMore: boolean
}

/** So many of a state are counted, and then it is said that there are more. */
const MOST_COUNTED = 10_000
/** So many are walked for a state that is rarely there. */
const MOST_WALKED = 50_000

async function countState(
  tx: ReadTx,
  workspaceId: string,
  filter: MessageFilter,
  state: MessageState,
): Promise<StateCount> {
  const { messages } = tx.tables
  const span = inSpan(messages.createdAt, filter)
  const ofWorkspace = eq(messages.workspaceId, workspaceId)
  const columns = { state: messages.state, createdAt: messages.createdAt, workspaceId: messages.workspaceId }
  const select = () => tx.select(columns).from(messages)
  const isWanted = eq(messages.state, state)
  const some = isUnsent(state)
    ? select().where(and(ofWorkspace, isWanted, unsentMessage(messages), ...span))
    : state === 'sent'
      ? select()
          .where(and(ofWorkspace, listedMessage(messages), ...span))
          .orderBy(desc(messages.createdAt))
      : // What is on its way is in the sender's own index.
        select().where(isWanted)
  const most = isUnsent(state) ? MOST_COUNTED + 1 : MOST_WALKED
  const walked = some.limit(most).as('walked')
  const counted = tx
    .select({ createdAt: walked.createdAt })
    .from(walked)
    .where(
      and(
        eq(walked.state, state),
        eq(walked.workspaceId, workspaceId),
        filter.from === undefined ? undefined : gte(walked.createdAt, filter.from),
        filter.to === undefined ? undefined : lt(walked.createdAt, filter.to),
      ),
    )
    .limit(MOST_COUNTED + 1)
    .as('counted')
  const [row] = await tx.select({ messages: count() }).from(counted)
  const found = row?.messages ?? 0
  if (found > MOST_COUNTED) return { state, messages: MOST_COUNTED, isMore: true }
  if (isUnsent(state)) return { state, messages: found, isMore: false }
  const beyond = await some.limit(1).offset(most)
  return { state, messages: found, isMore: beyond.length > 0 }
}

/**
 * How many messages there are in each state, whichever the filter names: exactly, or so many at least. With no more of a
 * filter than a span of time each state is counted up to `MOST_COUNTED`; else among the newest `scan`.
 */
export async function countByState(
  tx: ReadTx,
  workspaceId: string,
  { state: _state, ...filter }: MessageFilter,
  { scan }: { scan: number },
): Promise<StateCount[]> {
  const { along, asked } = walkOf(tx, filter)
  const { from: _from, to: _to, ...others } = filter
  if (Object.values(others).every((value) => value === undefined)) {
    const counts: StateCount[] = []
    for (const state of MESSAGE_STATES) counts.push(await countState(tx, workspaceId, filter, state))
    return counts
  }
  const seen = walk(tx, workspaceId, filter, { along, after: undefined, scan }).as('seen')
  const rows = await tx
    .select({ state: seen.state, messages: count() })
    .from(seen)
    .where(and(...asked.map((condition) => condition(seen as unknown as Columns))))
    .groupBy(seen.state)
  const [beyond] = await walk(tx, workspaceId, filter, { along, after: undefined, scan: 1 }).offset(scan)
  const found = new Map(rows.map((row) => [row.state, row.messages]))
  return MESSAGE_STATES.map((state) => ({
    state,
    messages: found.get(state) ?? 0,
    isMore: beyond !== undefined,
  }))
}

/** Whether any mail was ever asked for. */
export async function hasMessages(tx: ReadTx, workspaceId: string): Promise<boolean> {
  const { messages } = tx.tables
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(eq(messages.workspaceId, workspaceId))
    .limit(1)
  return rows.length > 0
}
