import { EVENT_TYPES } from '@ciclo/engine'
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

const UseSchema = z.object({
  kind: z.enum(['journey', 'campaign']),
  id: z.string(),
  name: z.string(),
  status: z.string(),
  /** It is at work, or about to be: as long as it is, the segment cannot be deleted. */
  isHolding: z.boolean(),
})

export const CountedSegmentSchema = SegmentSchema.extend({
  customers: z.int(),
  /** How many have entered and left it in the last seven days. */
  week: z.object({ entered: z.int(), left: z.int() }),
  /** The journeys and campaigns that name it. */
  usedBy: z.array(UseSchema),
  /** How many customers have been looked at so far, of how many; null where it is not being built. */
  building: z.object({ customers: z.int(), total: z.int() }).nullable(),
})
export const SegmentsSchema = z.object({ segments: z.array(CountedSegmentSchema) })

export const MemberSchema = CustomerSchema.extend({ since: z.iso.datetime() })
export const MembersSchema = z.object({ customers: z.array(MemberSchema), next: z.string().nullable() })

export const PreviewRequestSchema = z.object({
  rule: RuleSchema,
  at: z.iso.datetime({ offset: true }).optional(),
})
/** What stands in each place of the rule, and does to the segment. */
const StepSchema = z.object({
  /** Where it stands in the rule, as `rules.0.rule`; empty where it is the whole rule. */
  path: z.string(),
  /** How many customers it is true of by itself. */
  customers: z.int(),
  /** How many the segment would have without it. */
  without: z.int(),
})

export const PreviewSchema = z.object({
  at: z.iso.datetime(),
  customers: z.int(),
  /** Everybody, in the segment or not. */
  total: z.int(),
  /** The conditions. */
  parts: z.array(StepSchema.extend({ kind: z.string() })),
  /** Conditions, groups and `not`: each before what is below it. */
  steps: z.array(
    StepSchema.extend({
      /** How many customers it and those before it in its group make together. */
      left: z.int(),
    }),
  ),
  /** With the conditions that are true of each, by their places in the rule. */
  sample: z.array(CustomerSchema.extend({ parts: z.array(z.string()) })),
})

const SeenValuesSchema = z.array(
  z.object({
    path: z.array(z.string()),
    types: z.array(z.enum(['text', 'number', 'boolean'])),
    values: z.array(z.union([z.string(), z.number(), z.boolean()])),
  }),
)

/** What the newest customers have and did: the most frequent first. */
export const SeenNamesSchema = z.object({
  events: z.array(z.object({ type: z.enum(EVENT_TYPES), name: z.string().nullable() })),
  traits: SeenValuesSchema,
  languages: z.array(z.string()),
  countries: z.array(z.string()),
  currencies: z.array(z.string()),
})

export const SeenEventQuerySchema = z.object({
  type: z.enum(EVENT_TYPES).default('track'),
  name: z.string().min(1).max(512).optional(),
})
export const SeenPropertiesSchema = z.object({ properties: SeenValuesSchema })
