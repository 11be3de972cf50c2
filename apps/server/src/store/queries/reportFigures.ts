import { and, count, eq, gte, lt, ne, sql, type SQL } from 'drizzle-orm'
import { listedMessage } from '../outboxTables.ts'
import { answeredMail, clickedLink } from '../schema.ts'
import type { ReadTx } from '../store.ts'
import type { Period } from './countedOrders.ts'
import { QUARTER } from './homeMail.ts'
import type { MailOrigin } from './creditableOrders.ts'

/** The mails that a report is about. */
export type ReportScope = { journey: string } | { template: string } | { campaign: string }

/** Whether a mail is one of those that a report is about. */
export const isOfReport = (
  scope: ReportScope,
  { journeyId, campaignId, template }: Omit<MailOrigin, 'template'> & { template: string | null },
): boolean =>
  'journey' in scope
    ? journeyId === scope.journey
    : 'campaign' in scope
      ? campaignId === scope.campaign
      : template === scope.template

/** No mail waits for longer until it is sent: older ones need not be looked at. */
const LONGEST_WAIT = 366 * 86_400_000

/** So many mails are looked up at a time. */
const PAGE = 5_000

/** Mails of a report that were sent in a period. Of each kind there is an index by when they were asked for. */
function sentOf(tx: ReadTx, workspaceId: string, scope: ReportScope, { from, to }: Period): SQL | undefined {
  const { messages } = tx.tables
  const { journeyId, campaignId, template, sentAt, createdAt, state } = messages
  const which =
    'journey' in scope
      ? and(sql`${journeyId} is not null`, eq(journeyId, scope.journey))
      : 'campaign' in scope
        ? and(sql`${campaignId} is not null`, eq(campaignId, scope.campaign))
        : eq(template, scope.template)
  return and(
    eq(messages.workspaceId, workspaceId),
    which,
    listedMessage(messages),
    gte(createdAt, from - LONGEST_WAIT),
    eq(state, 'sent'),
    gte(sentAt, from),
    lt(sentAt, to),
  )
}

/** How many mails were sent, by what they were sent for and by the quarter of an hour. */
export async function countSent(tx: ReadTx, workspaceId: string, scope: ReportScope, period: Period) {
  const { messages } = tx.tables
  const { journeyId, stepId, campaignId, variant, template } = messages
  const quarter = sql<number>`${messages.sentAt} / ${sql.raw(String(QUARTER))}`.mapWith(Number)
  const isShared = {
    journeyId: 'journey' in scope,
    campaignId: 'campaign' in scope,
    template: 'template' in scope,
  }
  // What all of them share is not grouped by: SQLite would leave its index for another.
  const groups = [
    stepId,
    variant,
    quarter,
    ...(isShared.journeyId ? [] : [journeyId]),
    ...(isShared.campaignId ? [] : [campaignId]),
    ...(isShared.template ? [] : [template]),
  ]
  const rows = await tx
    .select({
      journeyId: isShared.journeyId ? sql<string | null>`max(${journeyId})` : journeyId,
      campaignId: isShared.campaignId ? sql<string | null>`max(${campaignId})` : campaignId,
      template: isShared.template ? sql<string>`max(${template})` : template,
      stepId,
      variant,
      quarter,
      mails: count(),
    })
    .from(messages)
    .where(sentOf(tx, workspaceId, scope, period))
    .groupBy(...groups)
  return rows.map(({ quarter: at, ...row }) => ({ ...row, at: at * QUARTER }))
}

/** What became of one mail after it was sent. */
export interface MailResponse extends MailOrigin {
  messageId: string
  customerId: string
  kind: 'clicked' | 'bounced' | 'complained' | 'unsubscribed'
  /** The first time. */
  at: number
}

const KINDS: Partial<Record<string, MailResponse['kind']>> = {
  'Email Link Clicked': 'clicked',
  'Email Bounced': 'bounced',
  'Email Marked as Spam': 'complained',
  Unsubscribed: 'unsubscribed',
}

/** The first response of each kind to each mail since an instant, in the order of time. Scanners' clicks are none. */
async function responsesSince(
  tx: ReadTx,
  workspaceId: string,
  { from, to }: Period,
): Promise<Map<string, Pick<MailResponse, 'messageId' | 'kind' | 'at'>>> {
  const { events } = tx.tables
  const { dialect } = tx
  const first = new Map<string, Pick<MailResponse, 'messageId' | 'kind' | 'at'>>()
  // Each has an index of its own.
  const isByPerson = eq(dialect.jsonText(events.body, ['properties', 'class']), 'human')
  for (const isOne of [and(clickedLink(events.name), isByPerson), answeredMail(events.name)]) {
    const rows = await tx
      .select({
        name: events.name,
        at: events.at,
        messageId: dialect.jsonText(events.body, ['properties', 'message']),
      })
      .from(events)
      .where(
        and(
          eq(events.workspaceId, workspaceId),
          isOne,
          gte(events.at, from),
          lt(events.at, to),
          // A browser cannot say what became of a mail.
          ne(events.source, 'public'),
        ),
      )
      .orderBy(events.at)
    for (const { name, at, messageId } of rows) {
      const kind = KINDS[name ?? '']
      if (!kind || messageId === null) continue
      const key = `${kind} ${messageId}`
      if (!first.has(key)) first.set(key, { messageId, kind, at })
    }
  }
  return first
}

/** What has become until an instant of the mails of a report that were sent in a period. */
export async function readResponses(
  tx: ReadTx,
  workspaceId: string,
  scope: ReportScope,
  { period, until }: { period: Period; until: number },
): Promise<MailResponse[]> {
  const { messages } = tx.tables
  const { id, customerId, journeyId, stepId, campaignId, variant, template } = messages
  const responses = await responsesSince(tx, workspaceId, { from: period.from, to: until })
  const ids = [...new Set([...responses.values()].map(({ messageId }) => messageId))]
  const mails = new Map<string, MailOrigin & { customerId: string }>()
  for (let begin = 0; begin < ids.length; begin += PAGE) {
    const rows = await tx
      .select({ id, customerId, journeyId, stepId, campaignId, variant, template })
      .from(messages)
      .where(
        and(
          eq(messages.workspaceId, workspaceId),
          tx.dialect.isOneOf(id, ids.slice(begin, begin + PAGE)),
          eq(messages.state, 'sent'),
          gte(messages.sentAt, period.from),
          lt(messages.sentAt, period.to),
        ),
      )
    for (const { id: messageId, ...mail } of rows) if (isOfReport(scope, mail)) mails.set(messageId, mail)
  }
  return [...responses.values()].flatMap((response) => {
    const mail = mails.get(response.messageId)
    return mail ? [{ ...response, ...mail }] : []
  })
}
