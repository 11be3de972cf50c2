import type { Customer } from '@ciclo/engine'
import { definitionHash } from '../definitionHash.ts'
import type { StoredCampaign } from '../store/queries/campaigns.ts'
import { nameOf } from '../store/queries/listingWords.ts'
import type { readCampaignMessages } from '../store/queries/campaignMessages.ts'
import type { Recipient } from '../store/queries/recipients.ts'
import { iso, isoOrNull } from './iso.ts'

export const presentCampaign = ({ id, status, definition, ...times }: StoredCampaign) => ({
  id,
  status,
  definition,
  hash: definitionHash(definition),
  startAt: isoOrNull(times.startAt),
  frozenAt: isoOrNull(times.frozenAt),
  endedAt: isoOrNull(times.endedAt),
  createdAt: iso(times.createdAt),
  updatedAt: iso(times.updatedAt),
})

type Message = Awaited<ReturnType<typeof readCampaignMessages>> extends Map<string, infer One> ? One : never

/** A recipient as it stands: of one whose mail is on its way, where that is. */
export function presentRecipient(
  recipient: Recipient,
  message: Message | undefined,
  customer: Customer | undefined,
) {
  const isUnderWay = recipient.state === 'queued' && message !== undefined
  return {
    customerId: recipient.customerId,
    name: customer ? nameOf(customer) : null,
    email: customer?.email ?? null,
    messageId: message?.id ?? null,
    state: isUnderWay ? message.state : recipient.state,
    reason: (isUnderWay ? message.reason : recipient.reason) || null,
    variant: recipient.variant,
    dueAt: iso(isUnderWay ? message.dueAt : recipient.dueAt),
    sentAt: isoOrNull(message?.sentAt ?? null),
    clickedAt: isoOrNull(recipient.clickedAt),
    unsubscribedAt: isoOrNull(recipient.unsubscribedAt),
    bouncedAt: isoOrNull(recipient.bouncedAt),
    complainedAt: isoOrNull(recipient.complainedAt),
  }
}
