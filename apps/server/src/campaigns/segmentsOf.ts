import { readOpenCampaigns } from '../store/queries/campaigns.ts'
import type { ReadTx } from '../store/store.ts'
import { readCampaign, type Campaign } from './campaign.ts'

/** The saved segments that a campaign is for or leaves out, each with where it says so. */
export const segmentsOf = ({ audience, exclude }: Pick<Campaign, 'audience' | 'exclude'>) => [
  ...('segment' in audience ? [{ path: 'audience.segment', id: audience.segment }] : []),
  ...exclude.map((id, place) => ({ path: `exclude.${place}`, id })),
]

/** The campaign that was started and still has to ask who is in a segment; undefined where there is none. */
export async function campaignWaitingFor(
  tx: ReadTx,
  workspaceId: string,
  segmentId: string,
): Promise<string | undefined> {
  const waiting = (await readOpenCampaigns(tx, workspaceId)).find(
    ({ frozenAt, status, definition }) =>
      frozenAt === null &&
      status !== 'cancelled' &&
      segmentsOf(readCampaign(definition)).some(({ id }) => id === segmentId),
  )
  return waiting?.id
}
