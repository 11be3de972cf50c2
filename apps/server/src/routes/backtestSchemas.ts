import { z } from 'zod'

const CountsSchema = z.record(z.string(), z.int())
const instant = z.iso.datetime()

/** What is asked of a back-test. */
export const BacktestRequestSchema = z.object({
  /** ISO 8601, or how long ago: `90d`. */
  since: z.string().max(40).default('90d'),
  /** ISO 8601, no later than now; left out: now. */
  until: z.string().max(40).optional(),
  /** A stored version; left out: the draft, else the version that is live or paused, else the newest. */
  version: z.int().min(0).optional(),
  /** A definition that is not stored, in the place of all that is. */
  definition: z.record(z.string(), z.unknown()).optional(),
  /** Whether every mail is told, each on a line of its own, or only the first ones in the result. */
  messages: z.boolean().default(false),
})

export const BacktestMessageSchema = z.object({
  /** Which it would really have had. */
  id: z.string(),
  at: instant,
  customerId: z.string(),
  to: z.string(),
  step: z.string(),
  template: z.string(),
  purpose: z.string(),
  locale: z.string(),
  /** `waiting`: it would still wait at the end of the period, and be looked at again then. */
  outcome: z.enum(['sent', 'refused', 'expired', 'waiting']),
  reason: z.string().nullable(),
  /** What it would have had to wait for, in order. */
  waitedFor: z.array(z.string()),
})

export const BacktestResultSchema = z.object({
  journey: z.string(),
  /** The version that is tried; null for a definition that is not stored. */
  version: z.int().nullable(),
  /** The version that is live, and that it is compared with; null: with no such journey at all. */
  live: z.int().nullable(),
  since: instant,
  until: instant,
  customers: z.int(),
  runs: z.object({
    started: z.int(),
    customers: z.int(),
    /** Under way at the end of the period. */
    running: z.int(),
    /** By what ended them: `completed`, `goal`, `held-out`, `exit:...`, and others. */
    ended: CountsSchema,
  }),
  /** In the order of the definition; of a run that came to a step several times, the last. */
  steps: z.array(
    z.object({ step: z.string(), entered: z.int(), waiting: z.int(), wentOn: z.int(), ended: z.int() }),
  ),
  mails: z.object({
    asked: z.int(),
    sent: z.int(),
    refused: z.int(),
    expired: z.int(),
    waiting: z.int(),
  }),
  templates: z.array(
    z.object({
      template: z.string(),
      sent: z.int(),
      days: z.array(z.object({ day: z.iso.date(), sent: z.int() })),
    }),
  ),
  refusals: CountsSchema,
  postponed: CountsSchema,
  collisions: z.object({
    near: z.int(),
    nearBy: CountsSchema,
    heldBackBy: CountsSchema,
    heldBack: CountsSchema,
    overtakenBy: CountsSchema,
    overtook: CountsSchema,
  }),
  /** In mails of all journeys. */
  difference: z.object({
    customers: z.object({ same: z.int(), more: z.int(), fewer: z.int(), other: z.int() }),
    journeys: z.array(z.object({ journey: z.string(), live: z.int(), candidate: z.int() })),
    sample: z.array(z.object({ customerId: z.string(), live: z.int(), candidate: z.int() })),
  }),
  /** The first ones; all of them are told with `messages`. */
  messages: z.array(BacktestMessageSchema),
})

export type BacktestResult = z.infer<typeof BacktestResultSchema>

const ProblemLineSchema = z.object({ code: z.string(), detail: z.string() })

/** One line of the answer: it ends with a result, or with an error. */
export const BacktestLineSchema = z.union([
  z.object({ progress: z.object({ customers: z.int(), of: z.int() }) }),
  z.object({ message: BacktestMessageSchema }),
  z.object({ result: BacktestResultSchema }),
  z.object({ error: ProblemLineSchema }),
])
