import { CicloError } from '../errors.ts'
import { CAMPAIGNS, lockCampaign, updateCampaign, type StoredCampaign } from '../store/queries/campaigns.ts'
import { requestJob } from '../store/queries/jobs.ts'
import type { Tx } from '../store/store.ts'
import { readCampaign } from './campaign.ts'
import { beginningOf } from './campaignTimes.ts'

/** What people do with a campaign that is more than a draft, or is to be. */
export type CampaignAction = 'start' | 'pause' | 'resume' | 'cancel'

type Status = StoredCampaign['status']

const POSSIBLE: Record<CampaignAction, readonly Status[]> = {
  start: ['draft'],
  pause: ['scheduled', 'freezing', 'sending'],
  resume: ['paused'],
  cancel: ['scheduled', 'freezing', 'sending', 'paused'],
}

/** Where a campaign goes on that was paused, or begins. */
function onward({ frozenAt, startAt }: Pick<StoredCampaign, 'frozenAt' | 'startAt'>, now: number): Status {
  if (frozenAt !== null) return 'sending'
  return startAt === null || startAt <= now ? 'freezing' : 'scheduled'
}

const CHANGES: Record<CampaignAction, (campaign: StoredCampaign, now: number) => Partial<StoredCampaign>> = {
  start: ({ definition }, now) => {
    const startAt = beginningOf(readCampaign(definition).schedule, now)
    return { startAt, status: onward({ frozenAt: null, startAt }, now) }
  },
  pause: () => ({ status: 'paused' }),
  resume: (campaign, now) => ({ status: onward(campaign, now) }),
  cancel: () => ({ status: 'cancelled' }),
}

/** Throws `not-found`, or `conflict` where it is in another state than one of these. */
export function expectStatus(
  campaign: StoredCampaign | undefined,
  id: string,
  possible: readonly Status[],
): StoredCampaign {
  if (!campaign) throw new CicloError('not-found', `There is no campaign ${id}`)
  if (possible.includes(campaign.status)) return campaign
  const expected = possible.length === 1 ? possible[0] : `one of ${possible.join(', ')}`
  throw new CicloError('conflict', `The campaign ${id} is ${campaign.status}, expected ${expected}`)
}

/** Starts a campaign, pauses it, lets it go on or ends it, and asks for what follows from that. */
export async function changeCampaign(
  tx: Tx,
  workspaceId: string,
  { id, action, now }: { id: string; action: CampaignAction; now: number },
): Promise<StoredCampaign> {
  const campaign = expectStatus(await lockCampaign(tx, workspaceId, id), id, POSSIBLE[action])
  const changed = { ...campaign, ...CHANGES[action](campaign, now), updatedAt: now }
  await updateCampaign(tx, campaign, changed)
  await requestJob(tx, workspaceId, CAMPAIGNS, now)
  return changed
}
