import { stableShare } from '@ciclo/engine'
import type { CampaignVariant } from './campaign.ts'

/** Which variant a customer gets: always the same, and as often as the weights say. */
export function pickVariant(
  campaignId: string,
  customerId: string,
  variants: readonly CampaignVariant[],
): CampaignVariant {
  const all = variants.reduce((sum, { weight }) => sum + weight, 0)
  let left = stableShare(`${campaignId}/${customerId}`) * all
  const picked = variants.find(({ weight }) => (left -= weight) < 0) ?? variants.at(-1)
  if (!picked) throw new RangeError(`the campaign ${campaignId} has no variant, expected at least one`)
  return picked
}
