import type { OutboxMessage } from '../store/queries/messages.ts'
import { findCampaign } from '../store/queries/campaigns.ts'
import type { Store } from '../store/store.ts'
import { readCampaign, variantsOf, type CampaignVariant } from './campaign.ts'

type Strings = CampaignVariant['strings']

export interface ReadVariantStrings {
  /** What a message's campaign words otherwise than its template; undefined where that is nothing. */
  (message: Pick<OutboxMessage, 'workspaceId' | 'campaignId' | 'variant'>): Promise<Strings | undefined>
}

/** So many campaigns are remembered: none changes once its mails are on their way. */
const CAMPAIGNS_KEPT = 200

const NOTHING: ReadonlyMap<string, Strings> = new Map()

export function createReadVariantStrings(store: Pick<Store, 'read'>): ReadVariantStrings {
  const known = new Map<string, Promise<ReadonlyMap<string, Strings>>>()

  const look = async (workspaceId: string, id: string): Promise<ReadonlyMap<string, Strings>> => {
    const campaign = await store.read((tx) => findCampaign(tx, workspaceId, id))
    if (!campaign) return NOTHING
    const variants = variantsOf(readCampaign(campaign.definition))
    return new Map(
      variants.flatMap(({ id: variant, strings }) =>
        Object.keys(strings).length === 0 ? [] : [[variant, strings] as const],
      ),
    )
  }

  return async ({ workspaceId, campaignId, variant }) => {
    if (campaignId === null || variant === null) return undefined
    const key = `${workspaceId}\n${campaignId}`
    let strings = known.get(key)
    if (!strings) {
      if (known.size >= CAMPAIGNS_KEPT) known.clear()
      known.set(key, (strings = look(workspaceId, campaignId)))
      // Not to be remembered: the next mail asks again.
      strings.catch(() => known.delete(key))
    }
    return (await strings).get(variant)
  }
}
