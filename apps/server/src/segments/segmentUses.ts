import { readCampaign } from '../campaigns/campaign.ts'
import { segmentsOf } from '../campaigns/segmentsOf.ts'
import { readOpenCampaigns, readTriggerSegments } from '../store/queries/segmentUses.ts'
import type { ReadTx } from '../store/store.ts'

/** What names a saved segment. */
export interface SegmentUse {
  segmentId: string
  kind: 'journey' | 'campaign'
  id: string
  name: string
  status: string
  /** It is at work, or about to be: the segment cannot be deleted. */
  isHolding: boolean
}

/** The journeys that begin by a segment: of each its draft, and what is published, live or paused. */
async function readJourneyUses(tx: ReadTx, workspaceId: string): Promise<SegmentUse[]> {
  const rows = await readTriggerSegments(tx, workspaceId)
  return rows.flatMap(({ id, status, name: called, segmentId: segment }) =>
    segment === null
      ? []
      : [
          {
            segmentId: segment,
            kind: 'journey' as const,
            id,
            name: called ?? id,
            status,
            isHolding: status !== 'draft',
          },
        ],
  )
}

/** The campaigns that are for a segment, or leave it out, and have not come to their end. */
async function readCampaignUses(tx: ReadTx, workspaceId: string): Promise<SegmentUse[]> {
  const rows = await readOpenCampaigns(tx, workspaceId)
  return rows.flatMap((row) => {
    const campaign = readCampaign(row.definition)
    const ids = new Set(segmentsOf(campaign).map((named) => named.id))
    return Array.from(ids, (segmentId) => ({
      segmentId,
      kind: 'campaign' as const,
      id: row.id,
      name: campaign.name,
      status: row.status,
      // Its audience is frozen: nobody is asked for again.
      isHolding: row.status !== 'draft' && row.frozenAt === null,
    }))
  })
}

/** What uses the saved segments of a workspace, journeys first. */
export async function readSegmentUses(tx: ReadTx, workspaceId: string): Promise<SegmentUse[]> {
  return [...(await readJourneyUses(tx, workspaceId)), ...(await readCampaignUses(tx, workspaceId))]
}
