import type { Rules } from '@ciclo/engine'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import { addTo } from '../store/campaignCounts.ts'
import { pageOfAudience } from '../store/queries/audience.ts'
import { readCustomers } from '../store/queries/customers.ts'
import type { SegmentFrame } from '../store/queries/segmentCondition.ts'
import type { ReadTx } from '../store/store.ts'
import { variantsOf, type Campaign } from './campaign.ts'
import { judgeRecipients } from './judgeRecipients.ts'
import { pickVariant } from './pickVariant.ts'

/** How many are looked at at a time. */
const CUSTOMERS_AT_ONCE = 500
const IDS_AT_ONCE = 20_000

export interface PreviewWanted {
  workspaceId: string
  campaignId: string
  campaign: Campaign
  now: number
  rules: Rules
  hashAddress: HashAddress
  customers: SegmentFrame['customers']
}

export interface AudiencePreview {
  audience: number
  /** By the reason. */
  skipped: Record<string, number>
  /** Who would get which variant. */
  variants: Record<string, number>
}

/** Counts who would get a campaign's mail if its audience were frozen now. It looks at all of them. */
export async function previewAudience(
  tx: ReadTx,
  { workspaceId, campaignId, campaign, now, rules, hashAddress, customers }: PreviewWanted,
): Promise<AudiencePreview> {
  const frame = { workspaceId, at: now, customers }
  const variants = variantsOf(campaign)
  const mailboxes = new Set<string>()
  const preview: AudiencePreview = { audience: 0, skipped: {}, variants: {} }

  const count = async (ids: readonly string[]): Promise<void> => {
    const records = await readCustomers(tx, workspaceId, ids)
    const { topic } = campaign
    const judged = await judgeRecipients(tx, records, { workspaceId, rules, topic, now, hashAddress })
    for (const { record, reason, mailbox } of judged) {
      const isShared = mailbox !== null && mailboxes.has(mailbox)
      const refusal = reason ?? (isShared ? 'same-address' : null)
      preview.audience += 1
      if (refusal !== null) addTo(preview.skipped, refusal, 1)
      else addTo(preview.variants, pickVariant(campaignId, record.customer.id, variants).id, 1)
      if (refusal === null && mailbox !== null) mailboxes.add(mailbox)
    }
  }

  for (let after: string | undefined = ''; after !== undefined;) {
    const ids: string[] = await pageOfAudience(tx, campaign, frame, { after, limit: IDS_AT_ONCE })
    for (let start = 0; start < ids.length; start += CUSTOMERS_AT_ONCE)
      await count(ids.slice(start, start + CUSTOMERS_AT_ONCE))
    after = ids.length < IDS_AT_ONCE ? undefined : ids.at(-1)
  }
  return preview
}
