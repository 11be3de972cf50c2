import { z } from 'zod'
import { DurationSchema } from '../duration.ts'
import { PathSchema, SegmentRuleSchema } from '../segments/segmentRule.ts'
import { HappeningSchema } from './happening.ts'
import { JourneyIdSchema } from './journeyId.ts'
import { END, JourneyStepSchema } from './journeyStep.ts'
import { ReentrySchema, TriggerSchema } from './trigger.ts'

/** Of what there is one run each: a cart, a checkout, an order, or whatever an event's property names. */
const key = z.union([z.enum(['cart', 'checkout', 'order']), z.object({ path: PathSchema }).strict()])

/**
 * A journey's definition: the same data for the API, a file and the canvas. Durations are milliseconds, also written as
 * `2d`. Steps are gone through in the order in which they are written, unless one says where to go on.
 */
export const JourneySchema = z
  .object({
    id: JourneyIdSchema,
    name: z.string().min(1).max(200),
    description: z.string().max(2_000).optional(),
    trigger: TriggerSchema,
    /** Who comes in: of whom it is true when the trigger fires. Left out: everybody. */
    entry: SegmentRuleSchema.optional(),
    /** Left out: one run at a time for a customer. */
    key: key.optional(),
    reentry: ReentrySchema,
    /** What the trigger does to a run that it has started before: nothing, or it begins anew while nothing was sent. */
    repeat: z.enum(['ignore', 'restart']).default('ignore'),
    /** Of one group only the run of the highest rank goes on; others end, and those below do not begin. */
    exclusion: z.object({ group: JourneyIdSchema, rank: z.number().int().min(0).max(1_000) }).optional(),
    /** The share of those who come in that get nothing, to see what difference the journey makes. */
    holdOut: z.number().min(0).max(0.5).default(0),
    /** What the journey is there for: reached within the window it ends the run, and counts. */
    goal: z.object({ on: HappeningSchema, within: DurationSchema }).optional(),
    /** What ends a run before its last step. */
    exits: z
      .array(z.object({ on: HappeningSchema, name: JourneyIdSchema.optional() }))
      .max(20)
      .default([]),
    steps: z.array(JourneyStepSchema).min(1).max(200),
  })
  .refine(({ steps }) => new Set(steps.map((one) => one.id)).size === steps.length, {
    message: 'expected every step id once',
    path: ['steps'],
  })
  .superRefine(({ steps }, context) => {
    const ids = new Set<string>([END, ...steps.map((one) => one.id)])
    const expectStep = (to: string | undefined, path: (string | number)[]) => {
      if (to !== undefined && !ids.has(to))
        context.addIssue({
          code: 'custom',
          message: `given '${to}', expected the id of a step, or end`,
          path,
        })
    }
    for (const [position, step] of steps.entries()) {
      const at = ['steps', position]
      if (step.id === END)
        context.addIssue({ code: 'custom', message: "expected another word than 'end'", path: [...at, 'id'] })
      if ('next' in step) expectStep(step.next, [...at, 'next'])
      if (step.kind === 'wait') expectStep(step.onTimeout, [...at, 'onTimeout'])
      if (step.kind === 'untilDate') expectStep(step.onMissing, [...at, 'onMissing'])
      if (step.kind === 'branch') expectStep(step.otherwise, [...at, 'otherwise'])
      if (step.kind === 'branch' || step.kind === 'split')
        for (const [index, way] of step.ways.entries()) expectStep(way.to, [...at, 'ways', index, 'to'])
    }
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
  .superRefine(({ key: by, goal, exits, steps }, context) => {
    const hasCart = by === 'cart' || by === 'checkout'
    const places: [z.infer<typeof HappeningSchema> | undefined, (string | number)[]][] = [
      [goal?.on, ['goal', 'on']],
      ...exits.map(({ on }, index): [typeof on, (string | number)[]] => [on, ['exits', index, 'on']]),
      ...steps.flatMap((step, index): [z.infer<typeof HappeningSchema>, (string | number)[]][] =>
        step.kind === 'wait' ? [[step.for, ['steps', index, 'for']]] : [],
      ),
    ]
    for (const [on, path] of places) {
      if (on?.kind !== 'cartClosed' || hasCart) continue
      const message = "expected a journey with the key 'cart' or 'checkout'"
      context.addIssue({ code: 'custom', message, path })
    }
  })

export type Journey = z.infer<typeof JourneySchema>
export type JourneyKey = NonNullable<Journey['key']>

/** Whether all that a journey sends is marketing: it ends for who takes the permission back. */
export const isMarketing = ({ steps }: Pick<Journey, 'steps'>): boolean =>
  steps.some((step) => step.kind === 'send') &&
  steps.every((step) => step.kind !== 'send' || step.purpose === 'marketing')
