import { zoneOf } from '@ciclo/engine'
import type { RulesCache } from '../ingest/rulesCache.ts'
import type { HashAddress } from '../sending/policyFactsOf.ts'
import { addTo } from '../store/campaignCounts.ts'
import { lockCampaign, updateCampaign } from '../store/queries/campaigns.ts'
import {
  insertRecipients,
  readMailboxes,
  type NewRecipient,
  type OfCampaign,
} from '../store/queries/recipients.ts'
import type { Tx } from '../store/store.ts'
import { readCampaign, variantsOf } from './campaign.ts'
import { dueAtOf } from './campaignTimes.ts'
import { judgeRecipients } from './judgeRecipients.ts'
import { lockRoots, readServed } from './lockRoots.ts'
import { pickVariant } from './pickVariant.ts'

export interface FreezeShell {
  rules: RulesCache
  hashAddress: HashAddress
  now: number
}

/**
 * Adds customers to the frozen audience of a campaign: with a variant and a time, or with the reason why they are
 * skipped. How far the audience is frozen is written down in the same transaction, so that nobody is added twice.
 *
 * @param ids in their order, all of them behind those of the page before
 * @returns false where the campaign is not being frozen any more
 */
export async function freezePage(
  tx: Tx,
  of: OfCampaign,
  ids: readonly string[],
  { rules, hashAddress, now }: FreezeShell,
): Promise<boolean> {
  const { workspaceId, campaignId } = of
  const locked = await lockRoots(tx, workspaceId, ids)
  const campaign = await lockCampaign(tx, workspaceId, campaignId)
  if (campaign?.status !== 'freezing') return false
  const { startAt, reachedId, counts } = campaign
  const begunAt = startAt ?? now
  const definition = readCampaign(campaign.definition)
  const { schedule, topic } = definition
  const variants = variantsOf(definition)
  const current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
  // Another process may have been at the same page.
  const fresh = [...locked].filter(([id]) => reachedId === null || id > reachedId)
  const roots = fresh.map(([, record]) => record)
  const judged = await judgeRecipients(tx, roots, {
    workspaceId,
    rules: current,
    topic,
    now,
    hashAddress,
  })
  const served = await readServed(tx, of, roots, (state) => state !== 'skipped')
  const mailboxes = await readMailboxes(
    tx,
    of,
    judged.flatMap(({ mailbox }) => mailbox ?? []),
  )

  const added = fresh.map(([customerId, { customer }], place): NewRecipient => {
    const { reason: refusal = null, mailbox = null } = judged[place] ?? {}
    const isShared = mailbox !== null && mailboxes.has(mailbox)
    const reason = served.has(customer.id) ? 'merged' : (refusal ?? (isShared ? 'same-address' : null))
    if (reason !== null) {
      addTo(counts.skipped, reason, 1)
      return { customerId, state: 'skipped', reason, dueAt: begunAt }
    }
    served.add(customer.id)
    if (mailbox !== null) mailboxes.add(mailbox)
    const { id: variant } = pickVariant(campaignId, customerId, variants)
    addTo(counts.waiting, variant, 1)
    const dueAt = dueAtOf(schedule, begunAt, zoneOf(customer, current.settings))
    return { customerId, state: 'waiting', variant, dueAt, mailbox }
  })
  counts.audience += added.length
  await insertRecipients(tx, of, added)
  await updateCampaign(tx, campaign, { counts, reachedId: ids.at(-1) ?? reachedId })
  return true
}
