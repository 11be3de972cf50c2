import { z } from 'zod'
import { ColourSchema } from '../brand.ts'
import { JourneyIdSchema } from '../journeys/journeyId.ts'
import { STATES } from '../lifecycle.ts'
import {
  OnsiteFieldSchema,
  OnsiteFrequencySchema,
  OnsiteRulesSchema,
  OnsiteTextsSchema,
  ShownMessageSchema,
} from './shownMessage.ts'

const LocaleSchema = z
  .string()
  .regex(/^[a-z]{2}$/, { message: 'expected a language of ISO 639-1, such as es' })

/** What stands beside a field or an option, by language. */
const LabelsSchema = (longest: number) => z.record(LocaleSchema, z.string().min(1).max(longest))

/** A field as browsers are told of it, but with its words in every language. */
const FieldSchema = OnsiteFieldSchema.extend({
  label: LabelsSchema(120),
  options: z
    .array(z.strictObject({ value: z.string().min(1).max(80), label: LabelsSchema(80) }))
    .max(20, { message: 'expected at most 20 options' })
    .default([]),
})

const time = z.iso.datetime({
  offset: true,
  message: 'expected an instant of ISO 8601, such as 2026-11-27T00:00:00Z',
})

/** The parts of a message; whether they fit together is asked by `findOnsiteProblems`. */
export const OnsiteDefinitionSchema = z.strictObject({
  id: JourneyIdSchema,
  /** For marketers alone: no visitor is told of it. */
  name: z.string().trim().min(1).max(200),
  kind: ShownMessageSchema.shape.kind,
  live: z.boolean().default(false),
  /** Where several may be shown, the higher one goes first. */
  priority: z.number().int().min(0).max(1_000).default(0),
  /** Null: a bar at the top, a survey and a pop-up in the corner, everything else in the centre. */
  position: ShownMessageSchema.shape.position.nullable().default(null),
  /** By language. */
  texts: z.record(LocaleSchema, OnsiteTextsSchema),
  fields: z.array(FieldSchema).max(12, { message: 'expected at most 12 fields' }).default([]),
  /** What a subscription by this form is about; null: everything. */
  topic: JourneyIdSchema.nullable().default(null),
  link: ShownMessageSchema.shape.link.default(null),
  code: z.string().trim().min(1).max(60).nullable().default(null),
  /** Null: at once. */
  from: time.nullable().default(null),
  /** Null: until it is taken off. The message counts down to it. */
  endsAt: time.nullable().default(null),
  scale: z.strictObject({ from: z.number().int(), to: z.number().int() }).nullable().default(null),
  rules: OnsiteRulesSchema.prefault({}),
  frequency: OnsiteFrequencySchema.prefault({}),
  /** Null: the workspace's brand. */
  colours: z
    .strictObject({
      accent: ColourSchema,
      onAccent: ColourSchema,
      background: ColourSchema,
      text: ColourSchema,
    })
    .nullable()
    .default(null),
  /** Only for customers who have proven who they are and are in one of these; empty: for everyone. */
  stages: z.array(z.enum(STATES.stage)).default([]),
})

export type OnsiteDefinition = z.infer<typeof OnsiteDefinitionSchema>
