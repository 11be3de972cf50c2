import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import { addTo, NO_RESPONSES, type Responses } from '../campaignCounts.ts'
import type { Tx } from '../store.ts'
import { KINDS, responsesOf } from './campaignResponses.ts'
import { campaignMessageId } from './campaignMessages.ts'
import { lockCampaign, updateCampaign } from './campaigns.ts'
import { updateRecipients } from './recipients.ts'
import { settleMessages } from './settleMessages.ts'

const CAMPAIGN_MESSAGE = /^campaign\/([^/]+)\/([^/]+)$/

interface Forgotten {
  campaignId: string
  customerId: string
  variant: string
  /** Where it stood, as far as its campaign has not counted what became of its mail. */
  from: 'waiting' | 'queued' | null
  responses: Responses
}

/** The recipients among these customers. */
async function recipientsAmong(
  tx: Tx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<Forgotten[]> {
  const { recipients } = tx.tables
  const rows = await tx
    .select()
    .from(recipients)
    .where(
      and(eq(recipients.workspaceId, workspaceId), tx.dialect.isOneOf(recipients.customerId, customerIds)),
    )
  return rows.map((row) => ({
    campaignId: row.campaignId,
    customerId: row.customerId,
    variant: row.variant ?? '',
    from: row.state === 'waiting' || row.state === 'queued' ? row.state : null,
    responses: responsesOf(row),
  }))
}

/** The campaigns' mails among these that are not counted yet. */
async function openMailsAmong(
  tx: Tx,
  workspaceId: string,
  messageIds: readonly string[],
): Promise<Forgotten[]> {
  const { messages } = tx.tables
  const rows = await tx
    .select({ id: messages.id, variant: messages.variant })
    .from(messages)
    .where(
      and(
        eq(messages.workspaceId, workspaceId),
        tx.dialect.isOneOf(messages.id, messageIds),
        isNotNull(messages.campaignId),
        isNull(messages.countedAt),
      ),
    )
  return rows.flatMap(({ id, variant }) => {
    const [, campaignId, customerId] = CAMPAIGN_MESSAGE.exec(id) ?? []
    if (campaignId === undefined || customerId === undefined) return []
    return [{ campaignId, customerId, variant: variant ?? '', from: 'queued', responses: NO_RESPONSES }]
  })
}

/**
 * Has campaigns count those as erased who are about to be, so that their figures still add up: before the rows of these
 * customers are deleted, and these mails of others, which went to their address.
 */
export async function forgetRecipients(
  tx: Tx,
  workspaceId: string,
  { customerIds, messageIds }: { customerIds: readonly string[]; messageIds: readonly string[] },
  now: number,
): Promise<void> {
  const look = async () => ({
    own: await recipientsAmong(tx, workspaceId, customerIds),
    foreign: await openMailsAmong(tx, workspaceId, messageIds),
  })
  const found = await look()
  const ids = [...new Set([...found.own, ...found.foreign].map(({ campaignId }) => campaignId))]
  for (const campaignId of ids.toSorted()) {
    const campaign = await lockCampaign(tx, workspaceId, campaignId)
    if (!campaign) continue
    const { counts } = campaign
    const mails = [...found.own, ...found.foreign].flatMap((one) =>
      one.campaignId === campaignId ? [campaignMessageId(campaignId, one.customerId)] : [],
    )
    await settleMessages(tx, campaign, { now, limit: mails.length, ids: mails })
    // Looked at again: only from here on nobody else changes where they stand.
    const held = await look()
    const own = held.own.filter((one) => one.campaignId === campaignId)
    const names = new Set(own.map(({ customerId }) => customerId))
    const foreign = held.foreign.filter((one) => one.campaignId === campaignId && !names.has(one.customerId))
    for (const { variant, from, responses } of [...own, ...foreign]) {
      if (from === 'waiting') addTo(counts.waiting, variant, -1)
      if (from !== null) addTo(counts.erased, variant, 1)
      const kinds = KINDS.filter((kind) => responses[kind] > 0)
      for (const kind of kinds) (counts.forgotten[variant] ??= { ...NO_RESPONSES })[kind] += responses[kind]
    }
    const others = foreign.map(({ customerId }) => customerId)
    const of = { workspaceId, campaignId }
    await updateRecipients(tx, of, others, { state: 'cancelled', reason: 'erased' })
    await updateCampaign(tx, campaign, { counts })
  }
}
