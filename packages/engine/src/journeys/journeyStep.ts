import { z } from 'zod'
import { DurationSchema } from '../duration.ts'
import { PathSchema, SegmentRuleSchema } from '../segments/segmentRule.ts'
import { HappeningSchema } from './happening.ts'
import { JourneyIdSchema } from './journeyId.ts'
import { LocalTimeSchema, WEEKDAYS } from './localTime.ts'

export const PURPOSES = ['marketing', 'transactional'] as const
export type Purpose = (typeof PURPOSES)[number]

const id = JourneyIdSchema
/** Where a run goes on: the id of a step, or `end`. */
const target = id
/** Left out: the step that is written next, or the end. */
const next = target.optional()

const scalar = z.union([z.string().max(500), z.number(), z.boolean(), z.null()])

/** What a marketing mail does that the frequency cap holds back. */
const onCap = z.enum(['postpone', 'skip'])

export const JourneyStepSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('send'),
    id,
    template: id,
    purpose: z.enum(PURPOSES),
    /** `claim`: the address that asked to be subscribed and is not proven yet. Only a confirmation may use it. */
    to: z.enum(['customer', 'claim']).default('customer'),
    /** `postpone`: until the cap lets it pass or it would come too late; `skip`: it is not sent at all. */
    onCap: onCap.default('postpone'),
    /** What it is about: one of the topics of the workspace's settings. */
    topic: id.optional(),
    /** One of the workspace's senders of that purpose; left out: the live one. */
    sender: id.optional(),
    /** When it would come too late; left out: the workspace's `maxAge` of the purpose. */
    expiresAfter: DurationSchema.optional(),
    next,
  }),
  z.object({ kind: z.literal('delay'), id, duration: DurationSchema, next }),
  /** Until clocks show the time where the customer is: at once if they just do. */
  z.object({
    kind: z.literal('until'),
    id,
    at: LocalTimeSchema,
    weekdays: z.array(z.enum(WEEKDAYS)).min(1).max(7).optional(),
    next,
  }),
  /** Until a day that one of the customer's traits names, or so many days before (negative) or after; at once if it is over. */
  z.object({
    kind: z.literal('untilDate'),
    id,
    path: PathSchema,
    /** The trait names a day of every year. */
    yearly: z.boolean().default(false),
    days: z.number().int().min(-365).max(365).default(0),
    at: LocalTimeSchema.default('09:00'),
    /** Where a run goes on whose customer has no such trait; left out: as if the day had come. */
    onMissing: target.optional(),
    next,
  }),
  /** Until something happens, or for so long. */
  z.object({
    kind: z.literal('wait'),
    id,
    for: HappeningSchema,
    timeout: DurationSchema,
    /** Where a run goes on for which it has not happened in time; left out: as if it had. */
    onTimeout: target.optional(),
    next,
  }),
  /** To the first of the ways whose rule is true, else `otherwise`. */
  z.object({
    kind: z.literal('branch'),
    id,
    ways: z
      .array(z.object({ when: SegmentRuleSchema, to: target }))
      .min(1)
      .max(20),
    /** Left out: the step that is written next. */
    otherwise: next,
  }),
  /** By chance, in the proportions of the weights; the same customer always goes the same way. */
  z.object({
    kind: z.literal('split'),
    id,
    ways: z
      .array(z.object({ weight: z.number().positive().max(1_000_000), to: target }))
      .min(2)
      .max(20),
  }),
  /** Writes traits of the customer; null takes one away. */
  z.object({
    kind: z.literal('update'),
    id,
    traits: z
      .record(z.string().min(1).max(200), scalar)
      .refine((traits) => Object.keys(traits).length <= 20, { message: 'expected at most 20 traits' })
      // It would be taken for a proven address, and two customers for one.
      .refine((traits) => !Object.hasOwn(traits, 'email'), {
        message: "expected no 'email': it is who somebody is, not what they are like",
      })
      .default({}),
    /** Takes back the permission for marketing, as an unsubscribe does. */
    stopMarketing: z.boolean().default(false),
    next,
  }),
  /** A code for this run: its messages show it as `coupon`. */
  z.object({
    kind: z.literal('coupon'),
    id,
    /** `pool`: one of the imported codes that nobody else gets; `code`: the same for everybody. */
    from: z.union([z.object({ pool: id }).strict(), z.object({ code: z.string().min(1).max(100) }).strict()]),
    /** How long it can be used, as far as the mails say: the shop is what accepts it. */
    validFor: DurationSchema.optional(),
    next,
  }),
  /** Tells another server, signed (standardwebhooks.com). */
  z.object({ kind: z.literal('webhook'), id, url: z.url({ protocol: /^https?$/ }).max(2_000), next }),
  z.object({ kind: z.literal('startJourney'), id, journey: id, next }),
  z.object({ kind: z.literal('endJourney'), id, journey: id, next }),
  z.object({ kind: z.literal('end'), id }),
])

export type JourneyStep = z.infer<typeof JourneyStepSchema>
export type StepOf<Kind extends JourneyStep['kind']> = Extract<JourneyStep, { kind: Kind }>
export type SendStep = StepOf<'send'>

/** Where runs end; no step may be called so. */
export const END = 'end'
