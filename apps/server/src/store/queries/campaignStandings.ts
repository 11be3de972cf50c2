import { and, eq } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** What keeps the mails of a campaign back: for now, or for good. */
export type CampaignStanding = 'paused' | 'cancelled'

/** Of these campaigns of a workspace those whose mails do not go out, and why. */
export async function standingsOfCampaigns(
  tx: ReadTx,
  workspaceId: string,
  campaignIds: Iterable<string | null>,
): Promise<Map<string, CampaignStanding>> {
  const { campaigns } = tx.tables
  const ids = [...new Set(campaignIds)].filter((id) => id !== null)
  if (ids.length === 0) return new Map()
  const rows = await tx
    .select({ id: campaigns.id, status: campaigns.status })
    .from(campaigns)
    .where(and(eq(campaigns.workspaceId, workspaceId), tx.dialect.isOneOf(campaigns.id, ids)))
  return new Map(
    rows.flatMap(({ id, status }) =>
      status === 'paused' || status === 'cancelled' ? [[id, status] as const] : [],
    ),
  )
}
