import type { SegmentRule } from '@ciclo/engine'
import { readCustomers, type CustomerRecord } from '../store/queries/customers.ts'
import { countMembers } from '../store/queries/segments.ts'
import {
  pageOfSegment,
  weighSegment,
  type SegmentMoment,
  type SegmentPart,
} from '../store/queries/segmentQuery.ts'
import type { Store } from '../store/store.ts'

export interface SegmentPreview {
  customers: number
  parts: SegmentPart[]
  /** The first ones by their id. */
  sample: CustomerRecord[]
}

/** Whom a rule is true of: how many, what each part does to that, and some of them. */
export async function previewSegment(
  store: Store,
  { rule, moment, sample }: { rule: SegmentRule; moment: SegmentMoment; sample: number },
): Promise<SegmentPreview> {
  return await store.read(async (tx) => {
    const weighed = await weighSegment(tx, rule, moment)
    if (weighed.customers === 0) return { ...weighed, sample: [] }
    const frame = { ...moment, customers: 'all' as const }
    const ids = await pageOfSegment(tx, rule, frame, { after: undefined, limit: sample })
    return { ...weighed, sample: await readCustomers(tx, moment.workspaceId, ids) }
  })
}

/** How many members each segment has, or one of them, by its id. */
export async function countSegments(
  store: Store,
  { workspaceId, segmentId }: { workspaceId: string; segmentId?: string },
): Promise<Record<string, number>> {
  return await store.read((tx) => countMembers(tx, workspaceId, segmentId))
}
