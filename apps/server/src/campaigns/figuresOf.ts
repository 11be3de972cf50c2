import { compareShares, shareOf, type MessageState } from '@ciclo/engine'
import { addTo, NO_RESPONSES, sumOf, type CampaignCounts, type Responses } from '../store/campaignCounts.ts'
import { countOpenMessages, type OpenMessages } from '../store/queries/campaignMessages.ts'
import { countResponses } from '../store/queries/campaignResponses.ts'
import type { StoredCampaign } from '../store/queries/campaigns.ts'
import type { ReadTx } from '../store/store.ts'
import { readCampaign, variantsOf } from './campaign.ts'

type Counts = Record<string, number>

/** Where the recipients of a campaign are, or those of one variant: together they are all of them. */
function placesOf(
  counts: CampaignCounts,
  open: readonly OpenMessages[],
  isMeant: (variant: string) => boolean,
) {
  const states: Partial<Record<MessageState, Counts>> = {}
  const put = (state: MessageState, reason: string, more: number) =>
    addTo((states[state] ??= {}), reason, more)
  for (const { variant, state, reason, messages } of open) if (isMeant(variant)) put(state, reason, messages)
  for (const [variant, ended] of Object.entries(counts.ended))
    if (isMeant(variant))
      for (const [state, reasons] of Object.entries(ended))
        for (const [reason, more] of Object.entries(reasons)) put(state as MessageState, reason, more)
  const meant = (byVariant: Readonly<Counts>) =>
    Object.entries(byVariant).reduce((sum, [variant, count]) => sum + (isMeant(variant) ? count : 0), 0)
  const total = (state: MessageState) => sumOf(states[state] ?? {})
  /** Without what has no reason to be told. */
  const reasons = (state: MessageState) =>
    Object.fromEntries(Object.entries(states[state] ?? {}).filter(([reason]) => reason !== ''))
  return {
    waiting: meant(counts.waiting),
    queued: { total: total('queued'), reasons: reasons('queued') },
    sending: total('sending'),
    sent: total('sent'),
    refused: { total: total('refused'), reasons: reasons('refused') },
    failed: { total: total('failed'), reasons: reasons('failed') },
    expired: total('expired'),
    dead: total('dead'),
    unknown: total('unknown'),
    cancelled: meant(counts.cancelled),
    erased: meant(counts.erased),
  }
}

type Places = ReturnType<typeof placesOf>

const recipientsIn = ({ queued, refused, failed, ...places }: Places) =>
  sumOf(places) + queued.total + refused.total + failed.total

function addResponses(one: Responses, other: Responses | undefined): Responses {
  const { clicked, unsubscribed, bounced, complained } = other ?? NO_RESPONSES
  return {
    clicked: one.clicked + clicked,
    unsubscribed: one.unsubscribed + unsubscribed,
    bounced: one.bounced + bounced,
    complained: one.complained + complained,
  }
}

/**
 * What has become of a campaign, as of one instant: of each recipient of the audience exactly one of `skipped`,
 * `waiting`, `queued` and so on. It reads the campaign's row and two indexes of what is on its way and who responded.
 */
export async function figuresOf(
  tx: ReadTx,
  {
    workspaceId,
    id,
    definition,
    counts,
  }: Pick<StoredCampaign, 'workspaceId' | 'id' | 'definition' | 'counts'>,
) {
  const of = { workspaceId, campaignId: id }
  const open = await countOpenMessages(tx, of)
  const responded = await countResponses(tx, of)
  const figures = variantsOf(readCampaign(definition)).map(({ id: variant, template, weight }) => {
    const places = placesOf(counts, open, (one) => one === variant)
    const responses = addResponses(responded.get(variant) ?? NO_RESPONSES, counts.forgotten[variant])
    // Who comes back has not been delivered, and nobody who got no mail has clicked in it.
    const delivered = Math.max(0, places.sent - responses.bounced)
    const people = Math.max(delivered, responses.clicked)
    return {
      id: variant,
      template,
      weight,
      recipients: recipientsIn(places),
      ...places,
      delivered,
      ...responses,
      clickRate: shareOf(responses.clicked, people),
    }
  })
  const [first, ...others] = figures
  const groupOf = ({ clickRate }: (typeof figures)[number]) => ({
    people: clickRate.denominator,
    count: clickRate.numerator,
  })
  return {
    audience: counts.audience,
    skipped: { total: sumOf(counts.skipped), reasons: { ...counts.skipped } },
    ...placesOf(counts, open, () => true),
    variants: figures,
    /** Each other variant beside the first, by who has clicked of those it was delivered to. */
    comparisons: first
      ? others.map((other) => ({
          variant: other.id,
          with: first.id,
          ...compareShares(groupOf(other), groupOf(first)),
        }))
      : [],
  }
}
