import { z } from 'zod'
import { REGIONS, STATES, type Region } from './lifecycle.ts'

const id = z
  .string()
  .min(1)
  .max(64)
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { message: 'expected lower-case words joined by hyphens' })

export const PURPOSES = ['marketing', 'transactional'] as const
export type Purpose = (typeof PURPOSES)[number]

const trigger = z
  .object({ kind: z.literal('transition'), region: z.enum(REGIONS), to: z.string() })
  .refine(({ region, to }) => (STATES[region as Region] as readonly string[]).includes(to), {
    message: 'expected a state of that region',
    path: ['to'],
  })

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

export type Journey = z.infer<typeof JourneySchema>
export type JourneyStep = Journey['steps'][number]
export type SendStep = Extract<JourneyStep, { kind: 'send' }>
