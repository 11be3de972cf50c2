import { z } from 'zod'
import { DurationSchema, PauseSchema } from '../duration.ts'
import { REGIONS, STATES } from '../lifecycle.ts'
import { RFM_GROUPS } from '../rfm.ts'
import { SegmentIdSchema } from '../segments/segmentId.ts'
import { PathSchema, SegmentRuleSchema } from '../segments/segmentRule.ts'
import { EventTriggerSchema } from './happening.ts'
import { LocalTimeSchema, WEEKDAYS } from './localTime.ts'

const isStateOf = (region: keyof typeof STATES, state: string | undefined) =>
  state === undefined || (STATES[region] as readonly string[]).includes(state)

/** A day in a customer's life that is known before. */
const date = z.discriminatedUnion('of', [
  /** `2026-11-22`, or with `yearly` also `11-22`; every year on that day, a 29th of February else on the 28th. */
  z.object({ of: z.literal('trait'), path: PathSchema, yearly: z.boolean().default(false) }),
  /** By when the next order is as likely as not. */
  z.object({ of: z.literal('nextOrder') }),
  /** So long after the last order. */
  z.object({ of: z.literal('lastOrder'), after: DurationSchema }),
])

/** What starts a journey for a customer. */
export const TriggerSchema = z.discriminatedUnion('kind', [
  /** A region of the lifecycle enters a state, leaves one, or goes from one to another. */
  z
    .object({
      kind: z.literal('transition'),
      region: z.enum(REGIONS),
      to: z.string().optional(),
      from: z.string().optional(),
    })
    .refine(({ region, to }) => isStateOf(region, to), {
      message: 'expected a state of that region',
      path: ['to'],
    })
    .refine(({ region, from }) => isStateOf(region, from), {
      message: 'expected a state of that region',
      path: ['from'],
    })
    .refine(({ to, from }) => to !== undefined || from !== undefined, {
      message: 'expected the state that is entered (to) or left (from)',
      path: ['to'],
    }),
  EventTriggerSchema,
  /** Moving from another group of recency, frequency and value. */
  z.object({ kind: z.literal('rfm'), to: z.enum(RFM_GROUPS) }),
  /** Entering or leaving a saved segment. */
  z.object({ kind: z.literal('segment'), segment: SegmentIdSchema, to: z.enum(['in', 'out']) }),
  /** At a time of day of that day, or so many days before (negative) or after it, by the customer's own clock. */
  z.object({
    kind: z.literal('date'),
    date,
    days: z.number().int().min(-365).max(365).default(0),
    at: LocalTimeSchema.default('09:00'),
  }),
  /** Again and again for everybody of whom the rule is true, by the shop's clock. */
  z.object({
    kind: z.literal('schedule'),
    every: z.discriminatedUnion('unit', [
      z.object({ unit: z.literal('day') }),
      z.object({ unit: z.literal('week'), weekday: z.enum(WEEKDAYS) }),
      /** The last day of a month that has fewer. */
      z.object({ unit: z.literal('month'), day: z.number().int().min(1).max(31) }),
    ]),
    at: LocalTimeSchema.default('09:00'),
    rule: SegmentRuleSchema,
  }),
  /** Only when it is asked for: by the API, by another journey, or by hand. */
  z.object({ kind: z.literal('api') }),
])

export type Trigger = z.infer<typeof TriggerSchema>
export type DateTrigger = Extract<Trigger, { kind: 'date' }>
export type ScheduleTrigger = Extract<Trigger, { kind: 'schedule' }>

/** When somebody who was in a journey may come in again. */
export const ReentrySchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('never') }),
    z.object({ kind: z.literal('always') }),
    /** So long after the last run started. */
    z.object({ kind: z.literal('after'), duration: DurationSchema }),
    /** So long after the last run ended; 0: as soon as it has. */
    z.object({ kind: z.literal('afterEnd'), duration: PauseSchema }),
  ])
  .and(
    z.object({
      /** Whether runs of another key count, too. */
      per: z.enum(['key', 'customer']).default('key'),
    }),
  )
export type Reentry = z.infer<typeof ReentrySchema>
