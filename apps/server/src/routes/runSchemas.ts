import { z } from 'zod'
import { PageQuerySchema } from './apiSchemas.ts'

const time = z.iso.datetime()

export const RunSchema = z.object({
  id: z.string(),
  journey: z.string(),
  version: z.int(),
  customerId: z.string(),
  status: z.enum(['running', 'ended']),
  /** The cart, checkout or order that it is about. */
  key: z.string().nullable(),
  /** At which it stands or has ended; `end` where it has gone through all. */
  step: z.string(),
  stepSince: time,
  startedAt: time,
  endedAt: time.nullable(),
  /** `completed`, `goal`, `held-out`, `unsubscribed`, `suppressed`, `overtaken`, `merged`, `removed`, `exit:…` or `ended-by:…`. */
  endReason: z.string().nullable(),
  goalAt: time.nullable(),
  /** Since when it waits for its paused journey. */
  heldSince: time.nullable(),
  /** How often each step was entered. */
  visits: z.record(z.string(), z.int()),
})

export const RunDetailSchema = RunSchema.extend({
  /** What its first event told of what it is about. */
  facts: z.record(z.string(), z.unknown()),
  coupon: z.record(z.string(), z.unknown()).nullable(),
})

export const RunsSchema = z.object({
  runs: z.array(
    RunSchema.extend({
      /** What the customer is known by: a name, an address or a userId; null where nobody has told any. */
      customerName: z.string().nullable(),
    }),
  ),
  next: z.string().nullable(),
})

export const RunsQuerySchema = PageQuerySchema.extend({
  status: z.enum(['running', 'ended']).optional(),
  step: z.string().min(1).optional(),
  customer: z.string().min(1).optional(),
})

const name = z.string().min(1).max(200)

export const EnrolRequestSchema = z
  .object({
    customerId: name.optional(),
    email: z.string().min(1).max(320).optional(),
    userId: z.string().min(1).max(500).optional(),
    /** The cart, checkout or order that the run is to be about: of a journey that has a key. */
    key: name.optional(),
    /** What happened, by whose name `properties` are read: `Order Completed`. */
    event: z.string().min(1).max(512).optional(),
    /** What the run's mails show, as of an event of the shop's server. */
    properties: z.record(z.string(), z.unknown()).optional(),
    /** The same request once more does nothing more. */
    idempotencyKey: name.optional(),
  })
  .strict()
  .refine(
    (given) => [given.customerId, given.email, given.userId].filter((one) => one !== undefined).length === 1,
    {
      message: 'expected one of customerId, email and userId',
      path: ['customerId'],
    },
  )

export const RefusalSchema = z.object({
  /** Such as `entry`, `reentry`, `excluded`, `running`, `parked` or `duplicate`. */
  code: z.string(),
  sentence: z.string(),
  /** With its numbers: until when, by which journey, which parts of the rule. */
  details: z.record(z.string(), z.unknown()),
})

export const EnrolledSchema = z.object({
  began: z.boolean(),
  run: RunSchema.nullable(),
  /** Why none began. */
  refusal: RefusalSchema.nullable(),
})

const count = z.int()
const counts = z.record(z.string(), z.int())

export const StepsSchema = z.object({
  totals: z.object({
    /** Who came in, those held out among them. */
    entered: count,
    running: count,
    heldOut: count,
    goal: count,
    /** By reason; `completed` went through all. */
    ended: counts,
  }),
  steps: z.array(
    z.object({
      id: z.string(),
      kind: z.string(),
      /** Now. */
      waiting: count,
      /** Of those, who waits because the journey is paused. */
      held: count,
      /** How often it was entered, and by how many runs. */
      entered: count,
      runs: count,
      /** Runs that something ended here before they had gone through: the goal, an exit, somebody by hand. */
      left: count,
      /** Its mails by their state. */
      messages: counts,
    }),
  ),
})

const MailStandingSchema = z.object({
  kind: z.enum(['send', 'wait', 'refuse']),
  reason: z.string().nullable(),
  until: time.nullable(),
  sentence: z.string(),
})

export const JourneyStandingSchema = z.object({
  journey: z.string(),
  name: z.string(),
  version: z.int(),
  /** `in`, `waiting` (comes in at a time that is known), `could` (when the trigger fires) or `cannot`. */
  standing: z.enum(['in', 'waiting', 'could', 'cannot']),
  sentence: z.string(),
  runs: z.array(z.record(z.string(), z.unknown())),
  waiting: z.array(z.object({ kind: z.enum(['opening', 'date', 'schedule']), at: time })),
  refusal: RefusalSchema.nullable(),
  trigger: z.record(z.string(), z.unknown()),
  /** Is where the trigger leads already. */
  isThere: z.boolean(),
  isHeldOut: z.boolean(),
  before: z
    .object({ count, lastStartedAt: time, lastEndedAt: time.nullable(), lastEnd: z.string().nullable() })
    .nullable(),
  /** What would become of a marketing mail of it now. */
  mail: MailStandingSchema,
})

export const JourneyStandingsSchema = z.object({ journeys: z.array(JourneyStandingSchema) })
