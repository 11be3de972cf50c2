import type { z } from 'zod'
import { presentCustomer } from './present.ts'
import type { Member, SavedSegment } from '../store/queries/segments.ts'
import type { MemberSchema, SegmentSchema } from './segmentSchemas.ts'
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
