import { addTo } from '../store/campaignCounts.ts'
import { refuseQueued, releaseQueued } from '../store/queries/campaignMessages.ts'
import { lockCampaign, updateCampaign } from '../store/queries/campaigns.ts'
import { pageOfWaiting, updateRecipients, type OfCampaign } from '../store/queries/recipients.ts'
import { settleMessages } from '../store/queries/settleMessages.ts'
import type { Tx } from '../store/store.ts'

/** What one transaction takes: some 20 ms of it, between which others write. */
const ROWS_AT_ONCE = 500

/** Counts what has become of mails since. Returns how many there were. */
export async function settlePage(tx: Tx, of: OfCampaign, now: number): Promise<number> {
  const campaign = await lockCampaign(tx, of.workspaceId, of.campaignId)
  if (!campaign) return 0
  const settled = await settleMessages(tx, campaign, { now, limit: ROWS_AT_ONCE })
  if (settled > 0) await updateCampaign(tx, campaign, { counts: campaign.counts })
  return settled
}

/** What has waited in the outbox while the campaign was paused is due. Returns how many there were. */
export async function releasePaused(tx: Tx, of: OfCampaign, now: number): Promise<number> {
  const campaign = await lockCampaign(tx, of.workspaceId, of.campaignId)
  if (campaign?.status !== 'sending') return 0
  return await releaseQueued(tx, of, { reason: 'campaign-paused', now, limit: ROWS_AT_ONCE })
}

/** Of a cancelled campaign: refuses what is in the outbox and in nobody's hands. Returns how many there were. */
export const refuseRest = async (tx: Tx, of: OfCampaign): Promise<number> =>
  await refuseQueued(tx, of, { reason: 'campaign-cancelled', limit: ROWS_AT_ONCE })

/** Of a cancelled campaign: nobody waits for it any more. Returns how many did. */
export async function cancelWaiting(tx: Tx, of: OfCampaign): Promise<number> {
  const campaign = await lockCampaign(tx, of.workspaceId, of.campaignId)
  if (campaign?.status !== 'cancelled') return 0
  const { counts } = campaign
  const waiting = await pageOfWaiting(tx, of, { dueBy: undefined, limit: ROWS_AT_ONCE })
  if (waiting.length === 0) return 0
  await updateRecipients(
    tx,
    of,
    waiting.map(({ customerId }) => customerId),
    { state: 'cancelled', reason: 'campaign-cancelled' },
  )
  for (const { variant } of waiting) {
    addTo(counts.waiting, variant ?? '', -1)
    addTo(counts.cancelled, variant ?? '', 1)
  }
  await updateCampaign(tx, campaign, { counts })
  return waiting.length
}
