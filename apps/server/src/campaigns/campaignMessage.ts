import type { Customer, Settings } from '@ciclo/engine'
import { campaignMessageId } from '../store/queries/campaignMessages.ts'
import type { Recipient } from '../store/queries/recipients.ts'
import type { Campaign, CampaignVariant } from './campaign.ts'

interface MessageShell {
  campaign: Campaign
  variants: readonly CampaignVariant[]
  settings: Settings
  now: number
  /** When the mail was to go, before any night. */
  causeAt: number
  expiresAt: number
}

/** The mail of a campaign to one of its recipients, as a row of the outbox. */
export function campaignMessage(
  customer: Customer,
  { campaignId, customerId, variant, dueAt }: Recipient,
  { campaign, variants, settings, now, causeAt, expiresAt }: MessageShell,
) {
  const written = variants.find(({ id }) => id === variant)
  if (!written) throw new RangeError(`The campaign ${campaignId} has no variant ${variant}`)
  const firstName = customer.traits['firstName']
  const address = customer.email ?? ''
  return {
    id: campaignMessageId(campaignId, customerId),
    customerId: customer.id,
    template: written.template,
    purpose: campaign.purpose,
    locale: customer.locale?.value ?? settings.locale,
    address,
    claimed: false,
    onCap: campaign.onCap,
    state: 'queued' as const,
    data: { customer: { ...(typeof firstName === 'string' ? { firstName } : {}), email: address } },
    causeAt,
    createdAt: now,
    dueAt,
    expiresAt,
    variant,
    topic: campaign.topic,
    sender: campaign.sender,
  }
}
