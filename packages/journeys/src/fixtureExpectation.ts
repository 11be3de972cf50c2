import { REGIONS, STATES, type Region } from '@ciclo/engine'
import { z } from 'zod'
import { readFixtureTime, TIME_FORMS } from './fixtureTime.ts'

const ANY_CLOCK = { start: 0, zone: 'UTC' }

/** A time of a fixture. `+0` is a number to YAML. */
export const FixtureTimeSchema = z.preprocess(
  (value) => (value === 0 ? '+0s' : value),
  z
    .string({ message: `expected ${TIME_FORMS}` })
    .refine((text) => readFixtureTime(text, ANY_CLOCK) !== undefined, {
      message: `expected ${TIME_FORMS}`,
    }),
)

const time = FixtureTimeSchema
const bag = z.record(z.string(), z.unknown())

/** What is not said of a mail may be anything. */
const mail = {
  template: z.string().min(1),
  journey: z.string().optional(),
  step: z.string().optional(),
  purpose: z.enum(['marketing', 'transactional']).optional(),
  /** The address. */
  to: z.string().optional(),
  locale: z.string().optional(),
  /** What the run is about: its cart, order or the like. */
  key: z.string().optional(),
  /** The ids of the products that the mail shows. */
  products: z.array(z.string()).optional(),
  /** The code, or the name of the pool that it comes from. */
  coupon: z.string().optional(),
  /** What it waited for before: `quiet-hours`, `frequency-cap`, `open-case`. */
  waitedFor: z.array(z.string()).optional(),
}

const states = z.partialRecord(z.enum(REGIONS), z.string()).superRefine((stated, context) => {
  for (const [region, state] of Object.entries(stated)) {
    const known: readonly string[] = STATES[region as Region]
    if (!known.includes(state))
      context.addIssue({ code: 'custom', message: `expected one of ${known.join(', ')}`, path: [region] })
  }
})

/** What is to come of a case. */
export const FixtureExpectationSchema = z
  .strictObject({
    /** All that is sent, in the order of time. Where only refusals are named, nothing is. */
    sends: z.array(z.strictObject({ at: time, ...mail })).optional(),
    /**
     * All that was asked for and did not go out, with the policy's reason, or `waiting` where it still may; where only
     * sends are named, nothing.
     */
    refused: z.array(z.strictObject({ at: time.optional(), ...mail, reason: z.string().min(1) })).optional(),
    /** In the end. */
    states: states.optional(),
    /** All runs of the fixture's journey, or of all of its journeys where one of these names its own. */
    runs: z
      .array(
        z.strictObject({
          at: time.optional(),
          /** Null: it is still under way. */
          ended: time.nullable().optional(),
          reason: z.string().nullable().optional(),
          journey: z.string().optional(),
          key: z.string().nullable().optional(),
        }),
      )
      .optional(),
    /** In the end, those that are named. */
    traits: bag.optional(),
    webhooks: z.array(z.strictObject({ at: time, step: z.string().min(1) })).optional(),
  })
  .refine((said) => Object.values(said).some((one) => one !== undefined), {
    message:
      'expected at least one of sends, refused, states, runs, traits and webhooks: a case that expects nothing tests nothing',
  })

export type FixtureExpectation = z.infer<typeof FixtureExpectationSchema>
