import { addTo } from '../campaignCounts.ts'
import type { Tx } from '../store.ts'
import { takeEnded } from './campaignMessages.ts'
import type { StoredCampaign } from './campaigns.ts'
import { updateRecipients } from './recipients.ts'

/** Why a mail could not be rendered is told with the mail; here such mails are counted together. */
const countedReason = (reason: string) => (reason.startsWith('render:') ? 'render' : reason)

/**
 * Counts what has become of messages: in the counts of the campaign, which the caller holds and saves, and with their
 * recipients. Returns how many there were.
 */
export async function settleMessages(
  tx: Tx,
  { workspaceId, id, counts }: Pick<StoredCampaign, 'workspaceId' | 'id' | 'counts'>,
  options: { now: number; limit: number; ids?: readonly string[] },
): Promise<number> {
  const of = { workspaceId, campaignId: id }
  const ended = (await takeEnded(tx, of, options)).map((message) => ({
    ...message,
    reason: countedReason(message.reason),
  }))
  for (const { variant, state, reason } of ended) {
    const states = (counts.ended[variant] ??= {})
    addTo((states[state] ??= {}), reason, 1)
  }
  for (const group of Map.groupBy(ended, ({ state, reason }) => `${state} ${reason}`).values()) {
    const [first] = group
    if (!first) continue
    const { state, reason } = first
    await updateRecipients(
      tx,
      of,
      group.map(({ recipientId }) => recipientId),
      { state, reason },
    )
  }
  return ended.length
}
