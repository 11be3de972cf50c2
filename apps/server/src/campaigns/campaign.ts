import {
  DurationSchema,
  JourneyIdSchema,
  LocalTimeSchema,
  SegmentIdSchema,
  type SegmentRule,
} from '@ciclo/engine'
import { z } from 'zod'
import { expectValid } from '../expectValid.ts'
import { readRule } from '../segments/readRule.ts'

const isPlain = (text: string) => text.isWellFormed() && !text.includes('\u0000')
const NameSchema = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine(isPlain, { message: 'expected whole characters, and none of them NUL' })

/** By language, then by the string's key in the template: `{ "en": { "subject": "Two days left" } }`. */
const StringsSchema = z.record(
  z.string().regex(/^[a-z]{2}$/, { message: 'expected a language of ISO 639-1, such as pl' }),
  z.record(z.string().min(1).max(100), z.string().min(1).max(20_000).refine(isPlain)),
)

const VariantSchema = z.strictObject({
  id: JourneyIdSchema,
  /** The campaign's, if left out. */
  template: JourneyIdSchema.optional(),
  /** What of the template's strings this variant words otherwise, such as the subject alone. */
  strings: StringsSchema.default({}),
  /** So many parts of the audience, beside those of the others. */
  weight: z.number().positive().max(1_000).default(1),
})

const ScheduleSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  /** ISO 8601. */
  z.strictObject({ kind: z.literal('at'), at: z.iso.datetime({ offset: true }) }),
  /** A time of day by the clocks of each customer, in the shop's zone where the customer's is not known. */
  z.strictObject({
    kind: z.literal('local'),
    time: LocalTimeSchema,
    /** The day; left out: the next time that it is `time` where the customer is. */
    date: z.iso.date().optional(),
    /** What becomes of those where that time is over when the campaign begins. */
    past: z.enum(['at-once', 'next-day']).default('at-once'),
  }),
])

export type CampaignSchedule = z.infer<typeof ScheduleSchema>

const DefinitionSchema = z
  .strictObject({
    name: NameSchema,
    purpose: z
      .literal('marketing', { message: "expected 'marketing': what is owed is never sent to a segment" })
      .default('marketing'),
    /** A saved segment, or a rule as segments have it. */
    audience: z
      .strictObject({ segment: SegmentIdSchema.optional(), rule: z.unknown().optional() })
      .refine((audience) => (audience.segment === undefined) !== (audience.rule === undefined), {
        message: 'expected either a segment or a rule',
      }),
    /** Whoever is in one of these segments is not meant. */
    exclude: z.array(SegmentIdSchema).max(20, { message: 'expected at most 20 segments' }).default([]),
    template: JourneyIdSchema.optional(),
    strings: StringsSchema.default({}),
    /** Two to five, of which each customer gets one; left out: one mail for all. */
    variants: z
      .array(VariantSchema)
      .max(5, { message: 'expected at most 5 variants' })
      .refine((variants) => variants.length !== 1, { message: 'expected two variants or more, or none' })
      .refine((variants) => new Set(variants.map(({ id }) => id)).size === variants.length, {
        message: 'expected every variant once',
      })
      .default([]),
    topic: JourneyIdSchema.nullable().default(null),
    sender: z.string().min(1).max(64).nullable().default(null),
    schedule: ScheduleSchema.prefault({ kind: 'now' }),
    /** How late a mail may still go after its time; null: as the settings say of marketing. */
    expiresAfter: DurationSchema.nullable().default(null),
    /** What the frequency cap does to a mail: it waits until it may go, or does not go. */
    onCap: z.enum(['postpone', 'skip']).default('postpone'),
  })
  .refine(({ template, variants }) => template !== undefined || variants.length > 0, {
    message: 'expected a template',
    path: ['template'],
  })

type Definition = z.infer<typeof DefinitionSchema>

/** What a one-off message is, to whom it goes, and when. */
export interface Campaign extends Omit<Definition, 'audience'> {
  audience: { segment: string } | { rule: SegmentRule }
}

/** Reads a campaign as it was given. Throws `bad-request` that names the place, and what was expected there. */
export function readCampaign(value: unknown): Campaign {
  const { audience, ...definition } = expectValid(DefinitionSchema, value, 'body')
  definition.variants.forEach(({ template }, place) => {
    if (template !== undefined || definition.template !== undefined) return
    expectValid(JourneyIdSchema, template, `variants.${place}.template`)
  })
  return {
    ...definition,
    audience:
      audience.segment === undefined ? { rule: readRule(audience.rule) } : { segment: audience.segment },
  }
}

/** One way in which a campaign is written. */
export interface CampaignVariant {
  id: string
  template: string
  strings: Definition['strings']
  weight: number
}

/** The variant of a campaign that has only one. */
const ONLY = 'all'

/** The ways in which a campaign is written: at least one. */
export function variantsOf({ template = '', strings, variants }: Campaign): CampaignVariant[] {
  if (variants.length === 0) return [{ id: ONLY, template, strings, weight: 1 }]
  return variants.map((variant) => {
    const locales = [...new Set([...Object.keys(strings), ...Object.keys(variant.strings)])]
    return {
      id: variant.id,
      template: variant.template ?? template,
      strings: Object.fromEntries(
        locales.map((locale) => [locale, { ...strings[locale], ...variant.strings[locale] }]),
      ),
      weight: variant.weight,
    }
  })
}
