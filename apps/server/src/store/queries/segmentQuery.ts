import type { SegmentRule } from '@ciclo/engine'
import { and, count } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers, pageOfIds } from './customers.ts'
import { segmentCondition, type SegmentFrame } from './segmentCondition.ts'

export type SegmentMoment = Omit<SegmentFrame, 'customers'>

/** How many customers a rule is true of. It looks at everybody: off the event loop. */
export async function countSegment(tx: ReadTx, rule: SegmentRule, moment: SegmentMoment): Promise<number> {
  const condition = segmentCondition(tx, rule, { ...moment, customers: 'all' })
  const [row] = await tx
    .select({ customers: count() })
    .from(tx.tables.customers)
    .where(and(livingCustomers(tx, moment.workspaceId), condition))
  return row?.customers ?? 0
}

/** One page of the ids of those a rule is true of, in their order. It may look at everybody: off the event loop. */
export async function pageOfSegment(
  tx: ReadTx,
  rule: SegmentRule,
  frame: SegmentFrame,
  { after, limit }: { after: string | undefined; limit: number },
): Promise<string[]> {
  return await pageOfIds(tx, frame.workspaceId, after ?? '', limit, () => segmentCondition(tx, rule, frame))
}
