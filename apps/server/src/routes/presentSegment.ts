import type { z } from 'zod'
import { presentCustomer } from './present.ts'
import type { Member, SavedSegment } from '../store/queries/segments.ts'
import type { SegmentFigures } from '../segments/segmentTasks.ts'
import type { SegmentUse } from '../segments/segmentUses.ts'
import type { CountedSegmentSchema, MemberSchema, SegmentSchema } from './segmentSchemas.ts'
import { iso } from './iso.ts'

export const presentSegment = ({
  rule,
  createdAt,
  updatedAt,
  ...segment
}: SavedSegment): z.infer<typeof SegmentSchema> => ({
  ...segment,
  rule: { ...rule },
  createdAt: iso(createdAt),
  updatedAt: iso(updatedAt),
})

export const presentMember = (member: Member): z.infer<typeof MemberSchema> => ({
  ...presentCustomer(member),
  since: iso(member.since),
})

/** What is known of saved segments besides themselves. */
export interface SegmentSurroundings {
  figures: SegmentFigures
  uses: readonly SegmentUse[]
  /** How many customers the build that is under way has looked at. */
  built: number
}

/** A segment may be called `constructor`. */
const ownOf = <Value>(values: Readonly<Record<string, Value>>, id: string): Value | undefined =>
  Object.hasOwn(values, id) ? values[id] : undefined

export const presentCountedSegment = (
  segment: SavedSegment,
  { figures, uses, built }: SegmentSurroundings,
): z.infer<typeof CountedSegmentSchema> => ({
  ...presentSegment(segment),
  customers: ownOf(figures.members, segment.id) ?? 0,
  week: ownOf(figures.moves, segment.id) ?? { entered: 0, left: 0 },
  usedBy: uses
    .filter(({ segmentId }) => segmentId === segment.id)
    .map(({ segmentId: _segment, ...use }) => use),
  building:
    segment.status === 'building' && figures.total !== null
      ? { customers: Math.min(built, figures.total), total: figures.total }
      : null,
})
