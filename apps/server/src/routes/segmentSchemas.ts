import { z } from 'zod'
import { CustomerSchema } from './apiSchemas.ts'

/** The rule's own words are in docs/segments.md. */
const RuleSchema = z.record(z.string(), z.unknown())

const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((name) => name.isWellFormed() && !name.includes('\u0000'), {
    message: 'expected whole characters, and none of them NUL',
  })

/** What a segment is saved as. */
export const SegmentRequestSchema = z.object({ name: NameSchema, rule: RuleSchema })

export const SegmentSchema = z.object({
  id: z.string(),
  name: z.string(),
  rule: RuleSchema,
  /** `building` until everybody has been looked at once: until then the members are not complete. */
  status: z.enum(['building', 'live']),
  createdAt: z.iso.datetime(),
  updatedAt: z.iso.datetime(),
})

export const CountedSegmentSchema = SegmentSchema.extend({ customers: z.int() })
export const SegmentsSchema = z.object({ segments: z.array(CountedSegmentSchema) })

export const MemberSchema = CustomerSchema.extend({ since: z.iso.datetime() })
export const MembersSchema = z.object({ customers: z.array(MemberSchema), next: z.string().nullable() })

export const PreviewRequestSchema = z.object({
  rule: RuleSchema,
  at: z.iso.datetime({ offset: true }).optional(),
})
export const PreviewSchema = z.object({
  at: z.iso.datetime(),
  customers: z.int(),
  parts: z.array(
    z.object({
      /** Where it stands in the rule, as `rules.0.rule`; empty where it is the whole rule. */
      path: z.string(),
      kind: z.string(),
      /** How many customers it is true of by itself. */
      customers: z.int(),
      /** How many the segment would have without it. */
      without: z.int(),
    }),
  ),
  sample: z.array(CustomerSchema),
})
