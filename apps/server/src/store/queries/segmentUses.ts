import { and, asc, eq, isNull, ne } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'

/** Every journey version that is not archived, and the segment that it begins by: null where it begins otherwise. */
export async function readTriggerSegments(tx: ReadTx, workspaceId: string) {
  const { journeys } = tx.tables
  const segmentId = tx.dialect.jsonText(journeys.definition, ['trigger', 'segment'])
  const name = tx.dialect.jsonText(journeys.definition, ['name'])
  return await tx
    .select({ id: journeys.id, status: journeys.status, name, segmentId })
    .from(journeys)
    .where(and(eq(journeys.workspaceId, workspaceId), ne(journeys.status, 'archived')))
    .orderBy(asc(journeys.id), asc(journeys.version))
}

/** The campaigns that have not come to their end. */
export async function readOpenCampaigns(tx: ReadTx, workspaceId: string) {
  const { campaigns } = tx.tables
  const { id, status, definition, frozenAt } = campaigns
  return await tx
    .select({ id, status, definition, frozenAt })
    .from(campaigns)
    .where(
      and(
        eq(campaigns.workspaceId, workspaceId),
        isNull(campaigns.endedAt),
        ne(campaigns.status, 'cancelled'),
      ),
    )
    .orderBy(asc(campaigns.id))
}
