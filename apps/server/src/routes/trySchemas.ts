import { EVENT_TYPES } from '@ciclo/engine'
import { z } from 'zod'
import { CustomerSchema } from './apiSchemas.ts'
import { RunSchema } from './runSchemas.ts'

const instant = z.iso.datetime()
/** ISO 8601, or how long after the beginning: `3d`. */
const moment = z.string().min(1).max(40)
const bag = z.record(z.string(), z.unknown())

const MOST_ACTIONS = 200

const ActionSchema = z
  .strictObject({
    at: moment,
    /** Something that happens, in the words of Segment's specification. */
    event: z
      .strictObject({
        type: z.enum(EVENT_TYPES).default('track'),
        event: z.string().min(1).max(512).optional(),
        name: z.string().max(512).optional(),
        messageId: z.string().min(1).max(100).optional(),
        properties: bag.optional(),
        traits: bag.optional(),
        context: bag.optional(),
      })
      .optional(),
    /** Who tells of it: the shop's server is believed, of a browser what any browser may say. */
    from: z.enum(['server', 'browser']).default('server'),
    /** In the place of an event: the shop asks them into the journey, whatever starts it. */
    enter: z.literal(true).optional(),
  })
  .refine(({ event, enter }) => (event === undefined) !== (enter === undefined), {
    message: 'expected either an event, or enter: true',
  })

/** What is asked of a try. */
export const TryRequestSchema = z.strictObject({
  /** The journey as it is edited; it need not be saved. */
  definition: bag,
  customer: z.union([
    z.strictObject({ customerId: z.string().min(1).max(200) }),
    z.strictObject({
      traits: bag.default({}),
      email: z.string().min(3).max(320).default('somebody@example.com'),
      locale: z.string().min(2).max(35).optional(),
      timeZone: z.string().min(1).max(100).optional(),
      country: z.string().length(2).optional(),
      permission: z.enum(['subscribed', 'none']).default('subscribed'),
    }),
  ]),
  /** ISO 8601; left out: now. */
  begin: z.string().min(1).max(40).optional(),
  actions: z
    .array(ActionSchema)
    .max(MOST_ACTIONS, { error: `expected at most ${MOST_ACTIONS} actions` })
    .default([]),
  until: moment,
})

const TimelineEntrySchema = z.object({
  at: instant,
  kind: z.enum(['event', 'transition', 'run', 'step', 'mail', 'coupon', 'webhook']),
  sentence: z.string(),
  /** Whose run it is of. */
  journey: z.string().optional(),
  step: z.string().optional(),
  template: z.string().optional(),
  messageId: z.string().optional(),
  /** Of a mail: whether it has left, waits, or never will. */
  outcome: z.enum(['sent', 'refused', 'expired', 'waiting']).optional(),
})

/** What came of it. */
export const TrySchema = z.object({
  /** Up to when it was lived through. */
  at: instant,
  /** When it began. */
  begin: instant,
  customerId: z.string(),
  lifecycle: CustomerSchema.shape.lifecycle,
  timeline: z.array(TimelineEntrySchema),
  runs: z.array(RunSchema),
  messages: z.array(
    z.object({
      /** Which it would really have had. */
      id: z.string(),
      /** When it came to its outcome; of one that waits, when it is looked at again. */
      at: instant,
      journey: z.string(),
      step: z.string(),
      template: z.string(),
      purpose: z.string(),
      locale: z.string(),
      outcome: z.enum(['sent', 'refused', 'expired', 'waiting']),
      reason: z.string().nullable(),
      waitedFor: z.array(z.string()),
    }),
  ),
  /** When something happens by itself next; null: nothing for a year. */
  next: instant.nullable(),
})

/** As it is written by who asks. */
export type TryRequest = z.input<typeof TryRequestSchema>
export type TryAnswer = z.infer<typeof TrySchema>
