import type { SegmentRule } from '@ciclo/engine'
import { countCustomers } from '../store/queries/backtest.ts'
import { readCustomers, type CustomerRecord } from '../store/queries/customers.ts'
import { countMembers, countMoves } from '../store/queries/segments.ts'
import { pageOfSegment, type SegmentMoment } from '../store/queries/segmentQuery.ts'
import { readAnswers, weighSegment, type WeighedSegment } from '../store/queries/weighSegment.ts'
import type { Store } from '../store/store.ts'
import { readSeenNames, readSeenProperties, type SeenEvent, type SeenWords } from './seenWords.ts'

/** One of those whom a rule is true of. */
export interface SampledCustomer extends CustomerRecord {
  /** Which conditions of the rule are true of it, by their places. */
  parts: string[]
}

export interface SegmentPreview extends WeighedSegment {
  /** The first ones by their id. */
  sample: SampledCustomer[]
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
    const answers = await readAnswers(tx, rule, moment, ids)
    const found = await readCustomers(tx, moment.workspaceId, ids)
    return {
      ...weighed,
      sample: found.map((record) => ({ ...record, parts: answers.get(record.customer.id) ?? [] })),
    }
  })
}

export interface SegmentFigures {
  /** How many members each has, by its id. */
  members: Record<string, number>
  /** How many have entered and left each since an instant, by its id. */
  moves: Record<string, { entered: number; left: number }>
  /** Everybody; null where nobody asks. */
  total: number | null
}

/** How saved segments stand, or one of them. */
export async function readSegmentFigures(
  store: Store,
  input: { workspaceId: string; since: number; withTotal: boolean; segmentId?: string },
): Promise<SegmentFigures> {
  const { workspaceId, since, withTotal, segmentId } = input
  return await store.read(async (tx) => ({
    members: await countMembers(tx, workspaceId, segmentId),
    moves: await countMoves(tx, workspaceId, since, segmentId),
    total: withTotal ? await countCustomers(tx, workspaceId) : null,
  }))
}

/** The names and values that the shop has really sent, for those who write rules. */
export async function readSeenWords(
  store: Store,
  { workspaceId }: { workspaceId: string },
): Promise<SeenWords> {
  return await store.read((tx) => readSeenNames(tx, workspaceId))
}

/** What one kind of event brings along. */
export async function readSeenOfEvent(
  store: Store,
  { workspaceId, event }: { workspaceId: string; event: SeenEvent },
) {
  return await store.read((tx) => readSeenProperties(tx, workspaceId, event))
}
