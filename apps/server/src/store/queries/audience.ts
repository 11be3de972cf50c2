import type { SegmentRule } from '@ciclo/engine'
import { and, eq, exists, lte, not, sql, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { pageOfIds } from './customers.ts'
import { segmentCondition, type SegmentFrame } from './segmentCondition.ts'

/** Whom a campaign is meant for. */
export interface Audience {
  audience: { segment: string } | { rule: SegmentRule }
  exclude: readonly string[]
}

/** Is in a saved segment; with `by`, no later than since then. */
function isMember({ tables, ...tx }: ReadTx, workspaceId: string, segmentId: string, by?: number): SQL {
  const { customers, segmentMembers } = tables
  return exists(
    tx
      .select({ one: sql`1`.as('one') })
      .from(segmentMembers)
      .where(
        and(
          eq(segmentMembers.workspaceId, workspaceId),
          eq(segmentMembers.segmentId, segmentId),
          eq(segmentMembers.customerId, customers.id),
          by === undefined ? undefined : lte(segmentMembers.since, by),
        ),
      ),
  )
}

/**
 * One page of the ids of an audience, in their order: who is in it by the frame's instant. It may look at everybody: off
 * the event loop.
 */
export async function pageOfAudience(
  tx: ReadTx,
  { audience, exclude }: Audience,
  frame: SegmentFrame,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const { workspaceId, at } = frame
  const isIn =
    'rule' in audience
      ? segmentCondition(tx, audience.rule, frame)
      : isMember(tx, workspaceId, audience.segment, at)
  const isOut = exclude.map((id) => not(isMember(tx, workspaceId, id)))
  return await pageOfIds(tx, workspaceId, after, limit, () => and(isIn, ...isOut))
}
