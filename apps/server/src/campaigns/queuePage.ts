import { quietUntil, zoneOf, type Customer, type Settings } from '@ciclo/engine'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { addTo } from '../store/campaignCounts.ts'
import { insertCampaignMessages } from '../store/queries/campaignMessages.ts'
import { lockCampaign, updateCampaign } from '../store/queries/campaigns.ts'
import {
  pageOfWaiting,
  readRecipients,
  updateRecipients,
  type OfCampaign,
  type Recipient,
} from '../store/queries/recipients.ts'
import type { Tx } from '../store/store.ts'
import { readCampaign, variantsOf } from './campaign.ts'
import { campaignMessage } from './campaignMessage.ts'
import { dueAtOf } from './campaignTimes.ts'
import { lockRoots, readServed } from './lockRoots.ts'

/** Until when it is night where the customer is; null where it is day, or where the mail would come too late by then. */
function nightUntil(
  customer: Customer,
  settings: Settings,
  { now, expiresAt }: { now: number; expiresAt: number },
): number | null {
  const { quietHours } = settings
  const until = quietHours && quietUntil(now, zoneOf(customer, settings), quietHours)
  // What comes too late is refused when it is claimed, with that reason.
  return until !== null && until < expiresAt ? until : null
}

/** How many recipients a page has moved on, and how many of them have a mail in the outbox now. */
interface QueuedPage {
  moved: number
  queued: number
}

const NOTHING: QueuedPage = { moved: 0, queued: 0 }

/**
 * Puts the mails of those into the outbox whose time has come, the earliest first. Where it is night, they wait here
 * until the morning; who has become somebody who has the mail already, or has lost the address, is skipped.
 *
 * @returns nothing moved where nobody is due, or the campaign is not being sent
 */
export async function queuePage(
  tx: Tx,
  of: OfCampaign,
  { rules, now, limit }: { rules: RulesCache; now: number; limit: number },
): Promise<QueuedPage> {
  const { workspaceId, campaignId } = of
  const due = await pageOfWaiting(tx, of, { dueBy: now, limit })
  if (due.length === 0) return NOTHING
  const ids = due.map(({ customerId }) => customerId)
  const roots = await lockRoots(tx, workspaceId, ids)
  const stored = await lockCampaign(tx, workspaceId, campaignId)
  if (stored?.status !== 'sending') return NOTHING
  const campaign = readCampaign(stored.definition)
  const { settings } = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
  const shell = { campaign, variants: variantsOf(campaign), settings, now }
  // Read again: what they were before the campaign was held may not be what they are.
  const waiting = (await readRecipients(tx, of, ids)).filter(({ state }) => state === 'waiting')
  const served = await readServed(
    tx,
    of,
    roots.values(),
    (state) => state !== 'skipped' && state !== 'waiting',
  )

  const messages: ReturnType<typeof campaignMessage>[] = []
  const whereTo = (recipient: Recipient): Partial<Pick<Recipient, 'state' | 'reason' | 'dueAt'>> => {
    const customer = roots.get(recipient.customerId)?.customer
    if (!customer || customer.email === null) return { state: 'skipped', reason: 'no-address' }
    if (served.has(customer.id)) return { state: 'skipped', reason: 'merged' }
    // Not of the recipient alone: a night has moved its time, and each further one would let the mail go later still.
    const begunAt = stored.startAt ?? recipient.dueAt
    const wishedAt = dueAtOf(campaign.schedule, begunAt, zoneOf(customer, settings))
    const causeAt = Math.min(wishedAt, recipient.dueAt)
    const expiresAt = causeAt + (campaign.expiresAfter ?? settings.maxAge.marketing)
    const night = nightUntil(customer, settings, { now, expiresAt })
    if (night !== null) return { dueAt: night }
    served.add(customer.id)
    messages.push(campaignMessage(customer, recipient, { ...shell, causeAt, expiresAt }))
    return { state: 'queued' }
  }

  const { counts } = stored
  const moves = waiting.map((recipient) => ({ recipient, to: whereTo(recipient) }))
  await insertCampaignMessages(tx, of, messages)
  for (const group of Map.groupBy(moves, ({ to }) => JSON.stringify(to)).values()) {
    const [first] = group
    if (!first) continue
    const { to } = first
    const isSkipped = to.state === 'skipped'
    await updateRecipients(
      tx,
      of,
      group.map(({ recipient }) => recipient.customerId),
      { ...to, ...(isSkipped ? { variant: null, mailbox: null } : {}) },
    )
    if (isSkipped) addTo(counts.skipped, to.reason ?? '', group.length)
    if (to.state !== undefined)
      for (const { recipient } of group) addTo(counts.waiting, recipient.variant ?? '', -1)
  }
  await updateCampaign(tx, stored, { counts })
  return { moved: waiting.length, queued: messages.length }
}
