import type { Journey } from '@ciclo/engine'
import { and, count, eq, exists, not, sql, type SQL } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers, pageOfIds } from './customers.ts'
import { segmentCondition, type SegmentFrame } from './segmentCondition.ts'

type Trigger = Journey['trigger']

function isMember({ tables, ...tx }: ReadTx, workspaceId: string, segmentId: string): SQL {
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
        ),
      ),
  )
}

/** Who is where a trigger leads, or of whom the rule of a schedule is true; undefined where it leads nowhere. */
function conditionOf(tx: ReadTx, trigger: Trigger, frame: SegmentFrame): SQL | undefined {
  if (trigger.kind === 'schedule') return segmentCondition(tx, trigger.rule, frame)
  if (trigger.kind === 'rfm') return segmentCondition(tx, { kind: 'rfm', groups: [trigger.to] }, frame)
  if (trigger.kind === 'segment') {
    const member = isMember(tx, frame.workspaceId, trigger.segment)
    return trigger.to === 'in' ? member : not(member)
  }
  if (trigger.kind !== 'transition') return undefined
  const { region, to, from } = trigger
  if (to !== undefined) return segmentCondition(tx, { kind: 'lifecycle', region, states: [to] }, frame)
  const left = segmentCondition(tx, { kind: 'lifecycle', region, states: [from ?? ''] }, frame)
  return not(left)
}

/** Whether a trigger leads to a place where customers are: events, dates and requests leave nobody anywhere. */
export const leadsSomewhere = ({ kind }: Trigger) =>
  kind === 'transition' || kind === 'rfm' || kind === 'segment'

/** One page of the ids of those who are where a trigger leads, by id. It may look at everybody: off the event loop. */
export async function pageOfCandidates(
  tx: ReadTx,
  trigger: Trigger,
  { customers = 'all', ...frame }: Omit<SegmentFrame, 'customers'> & Partial<Pick<SegmentFrame, 'customers'>>,
  { after, limit }: { after: string; limit: number },
): Promise<string[]> {
  const condition = conditionOf(tx, trigger, { ...frame, customers })
  return condition ? await pageOfIds(tx, frame.workspaceId, after, limit, () => condition) : []
}

/** How many are where a trigger leads. It may look at everybody: off the event loop. */
export async function countCandidates(
  tx: ReadTx,
  trigger: Trigger,
  frame: Omit<SegmentFrame, 'customers'>,
): Promise<number> {
  const condition = conditionOf(tx, trigger, { ...frame, customers: 'all' })
  if (!condition) return 0
  const [row] = await tx
    .select({ customers: count() })
    .from(tx.tables.customers)
    .where(and(livingCustomers(tx, frame.workspaceId), condition))
  return row?.customers ?? 0
}
