import { EVENT_NAMES } from '@ciclo/engine'
import { and, count, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { NO_RESPONSES, type Responses } from '../campaignCounts.ts'
import type { ReadTx, Tx } from '../store.ts'
import type { StoredEvent } from './events.ts'
import type { OfCampaign } from './recipients.ts'

/** The column that a response stands in. */
const COLUMNS = {
  clicked: 'clickedAt',
  unsubscribed: 'unsubscribedAt',
  bounced: 'bouncedAt',
  complained: 'complainedAt',
} as const satisfies Record<keyof Responses, string>

export const KINDS = Object.keys(COLUMNS) as (keyof Responses)[]

interface Response {
  kind: keyof Responses
  campaignId: string
  recipientId: string
  messageId: string
  at: number
}

const KIND_OF: ReadonlyMap<string, keyof Responses> = new Map([
  [EVENT_NAMES.emailLinkClicked, 'clicked'],
  [EVENT_NAMES.unsubscribed, 'unsubscribed'],
  [EVENT_NAMES.emailBounced, 'bounced'],
  [EVENT_NAMES.emailMarkedAsSpam, 'complained'],
])

const CAMPAIGN_MESSAGE = /^campaign\/([^/]+)\/([^/]+)$/

/** What an event of Ciclo's own says of a campaign's mail. */
function responseOf({ input }: StoredEvent): Response | undefined {
  const { event, at, source } = input
  const { message } = event.properties
  if (source !== 'own' || typeof message !== 'string') return undefined
  const [messageId, campaignId, recipientId] = CAMPAIGN_MESSAGE.exec(message) ?? []
  if (messageId === undefined || campaignId === undefined || recipientId === undefined) return undefined
  const told = { campaignId, recipientId, messageId, at }
  // A machine's click says nothing of anybody.
  if (event.name === EVENT_NAMES.emailLinkClicked && event.properties['class'] !== 'human') return undefined
  const kind = KIND_OF.get(event.name ?? '')
  return kind && { ...told, kind }
}

/** A mail that the server did not take is `failed`: it has not come back. */
async function withoutRefused(
  tx: Tx,
  workspaceId: string,
  responses: readonly Response[],
): Promise<readonly Response[]> {
  const { messages } = tx.tables
  const bounced = responses.flatMap(({ kind, messageId }) => (kind === 'bounced' ? [messageId] : []))
  if (bounced.length === 0) return responses
  const rows = await tx
    .select({ id: messages.id })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        tx.dialect.isOneOf(messages.id, bounced),
        tx.dialect.isOneOf(messages.state, ['sent', 'unknown']),
      ),
    )
  const left = new Set(rows.map(({ id }) => id))
  return responses.filter(({ kind, messageId }) => kind !== 'bounced' || left.has(messageId))
}

/**
 * Writes down what events say of campaigns' mails, beside their recipients: the first click of a person, and so on. So
 * the figures of a campaign are read from an index, and not found among all events.
 */
export async function recordResponses(
  tx: Tx,
  workspaceId: string,
  events: readonly StoredEvent[],
): Promise<void> {
  const { recipients } = tx.tables
  const responses = await withoutRefused(
    tx,
    workspaceId,
    events.flatMap((event) => responseOf(event) ?? []),
  )
  const groups = Map.groupBy(responses, ({ campaignId, kind }) => `${campaignId}/${kind}`)
  for (const group of groups.values()) {
    const [first] = group
    if (!first) continue
    const column = COLUMNS[first.kind]
    const at: Record<string, string> = {}
    for (const one of group.toReversed()) at[one.recipientId] = String(one.at)
    const told = sql`cast(${tx.dialect.replaced(recipients.customerId, at)} as bigint)`
    await tx
      .update(recipients)
      .set({ [column]: told, respondedAt: sql`coalesce(${recipients.respondedAt}, ${told})` })
      .where(
        and(
          eq(recipients.workspaceId, workspaceId),
          eq(recipients.campaignId, first.campaignId),
          tx.dialect.isOneOf(recipients.customerId, Object.keys(at)),
          isNull(recipients[column]),
        ),
      )
  }
}

/** What people did with a campaign's mail, by the variant. */
export async function countResponses(
  tx: ReadTx,
  { workspaceId, campaignId }: OfCampaign,
): Promise<Map<string, Responses>> {
  const { recipients } = tx.tables
  const rows = await tx
    .select({
      variant: recipients.variant,
      clicked: count(recipients.clickedAt),
      unsubscribed: count(recipients.unsubscribedAt),
      bounced: count(recipients.bouncedAt),
      complained: count(recipients.complainedAt),
    })
    .from(recipients)
    .where(
      and(
        eq(recipients.workspaceId, workspaceId),
        eq(recipients.campaignId, campaignId),
        isNotNull(recipients.respondedAt),
      ),
    )
    .groupBy(recipients.variant)
  return new Map(rows.map(({ variant, ...responses }) => [variant ?? '', responses]))
}

/** Of one recipient: what the counts keep when it is erased. */
export function responsesOf(
  recipient: Readonly<Record<(typeof COLUMNS)[keyof Responses], number | null>>,
): Responses {
  const responses = { ...NO_RESPONSES }
  for (const kind of KINDS) responses[kind] = recipient[COLUMNS[kind]] === null ? 0 : 1
  return responses
}
