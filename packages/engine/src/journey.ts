import { z } from 'zod'
import { REGIONS, STATES } from './lifecycle.ts'
import { RFM_GROUPS } from './rfm.ts'
import { SegmentIdSchema } from './segments/segmentId.ts'

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'expected lower-case words joined by hyphens' })
  // The one name of that form that every JavaScript object has already.
  .refine((name) => name !== 'constructor', { message: "expected another word than 'constructor'" })

export const PURPOSES = ['marketing', 'transactional'] as const
export type Purpose = (typeof PURPOSES)[number]

const trigger = z.discriminatedUnion('kind', [
  z
    .object({ kind: z.literal('transition'), region: z.enum(REGIONS), to: z.string() })
    .refine(({ region, to }) => (STATES[region] as readonly string[]).includes(to), {
      message: 'expected a state of that region',
      path: ['to'],
    }),
  /** Moving from another group of recency, frequency and value. */
  z.object({ kind: z.literal('rfm'), to: z.enum(RFM_GROUPS) }),
  /** Entering or leaving a saved segment. */
  z.object({ kind: z.literal('segment'), segment: SegmentIdSchema, to: z.enum(['in', 'out']) }),
])

const reentry = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  z.object({ kind: z.literal('always') }),
  /** Milliseconds since the last run started. */
  z.object({ kind: z.literal('after'), duration: z.number().int().positive() }),
])

const step = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('send'),
    id,
    template: id,
    purpose: z.enum(PURPOSES),
    /** `claim`: the address that asked to be subscribed and is not proven yet. Only a confirmation may use it. */
    to: z.enum(['customer', 'claim']).default('customer'),
  }),
  z.object({ kind: z.literal('delay'), id, duration: z.number().int().positive() }),
])

/** A journey's definition: the same data for the API, a file and the canvas. Durations are milliseconds. */
export const JourneySchema = z
  .object({
    id,
    version: z.number().int().positive(),
    name: z.string().min(1),
    trigger,
    reentry,
    steps: z.array(step).min(1),
  })
  .refine(({ steps }) => new Set(steps.map((one) => one.id)).size === steps.length, {
    message: 'expected every step id once',
    path: ['steps'],
  })
  .superRefine(({ trigger: started, steps }, context) => {
    const isConfirmation =
      started.kind === 'transition' && started.region === 'permission' && started.to === 'pending'
    for (const [position, one] of steps.entries()) {
      if (one.kind !== 'send' || one.to === 'customer') continue
      if (isConfirmation && one.purpose === 'transactional') continue
      context.addIssue({
        code: 'custom',
        message:
          "expected 'customer': only a transactional mail of a journey from permission to pending may go to a claim",
        path: ['steps', position, 'to'],
      })
    }
  })

export type Journey = z.infer<typeof JourneySchema>
export type JourneyStep = Journey['steps'][number]
export type SendStep = Extract<JourneyStep, { kind: 'send' }>
