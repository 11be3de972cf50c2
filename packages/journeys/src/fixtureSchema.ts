import {
  EVENT_TYPES,
  REGIONS,
  SegmentIdSchema,
  SegmentRuleSchema,
  SettingsSchema,
  STATES,
  type Region,
} from '@ciclo/engine'
import { z } from 'zod'
import { settingsProblems } from './fixtureSettings.ts'
import { readFixtureTime, TIME_FORMS } from './fixtureTime.ts'

const ANY_CLOCK = { start: 0, zone: 'UTC' }

/** `+0` is a number to YAML. */
const time = z.preprocess(
  (value) => (value === 0 ? '+0s' : value),
  z
    .string({ message: `expected ${TIME_FORMS}` })
    .refine((text) => readFixtureTime(text, ANY_CLOCK) !== undefined, {
      message: `expected ${TIME_FORMS}`,
    }),
)

const instant = z.iso.datetime({ offset: true, message: 'expected a time of ISO 8601 with its zone' })

const timeZone = z.string().refine((name) => SettingsSchema.safeParse({ shop: { timeZone: name } }).success, {
  message: 'expected a time zone of IANA, such as Europe/Madrid',
})

/** The id of a shipped journey, or a file of one's own beside the fixture: `./my-journey.yaml`. */
const journey = z.string().min(1)

const bag = z.record(z.string(), z.unknown())

const customer = z.strictObject({
  email: z.string().optional(),
  userId: z.string().optional(),
  locale: z.string().optional(),
  timeZone: timeZone.optional(),
  traits: bag.default({}),
  /** Since when the shop knows all this, or since the first event, if that is earlier. */
  since: time.default('-1d'),
  /** What was settled by then; left out: nobody has ever asked. */
  permission: z.enum(['none', 'subscribed', 'unsubscribed']).default('none'),
})

const event = z
  .strictObject({
    /** Before the start: the past, which starts nothing. */
    at: time,
    /** Left out: `track` with a name, else it has to be said. */
    type: z.enum(EVENT_TYPES).default('track'),
    name: z.string().min(1).optional(),
    properties: bag.default({}),
    traits: bag.default({}),
    context: bag.default({}),
    /** Who says so. Left out: a browser of pages and screens, the shop's server of all others. */
    source: z.enum(['secret', 'public', 'own']).optional(),
  })
  .refine(({ type, name }) => type !== 'track' || name !== undefined, {
    message: "expected the event's name, or a type other than track",
    path: ['name'],
  })

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

const expectation = z
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

const fixtureCase = z.strictObject({
  name: z.string().min(1),
  /** Left out: the fixture's. */
  start: instant.optional(),
  settings: bag.optional(),
  customer: customer.prefault({}),
  events: z.array(event).default([]),
  until: time,
  expect: expectation,
})

const fixture = z.strictObject({
  journey,
  /** What else is live. */
  others: z.array(journey).default([]),
  /** Of the shop, as `ciclo settings` has them; those of a case are added. */
  settings: bag.default({}),
  /** Saved segments that a journey starts by. */
  segments: z.array(z.strictObject({ id: SegmentIdSchema, rule: SegmentRuleSchema })).default([]),
  /** The shop's. */
  timeZone: timeZone.default('UTC'),
  start: instant,
  /**
   * How often the shop's customers buy, by the four parameters of the MBG/NBD model in days, where next orders have to
   * be predicted.
   */
  purchases: z.strictObject({ r: z.number(), alpha: z.number(), a: z.number(), b: z.number() }).optional(),
  cases: z.array(fixtureCase).min(1, { message: 'expected at least one case' }),
})

/** A test of a journey: what happens to a customer, and what is to come of it. */
export const FixtureSchema = fixture.superRefine((stated, context) => {
  for (const { path, message } of settingsProblems(stated, {}))
    context.addIssue({ code: 'custom', path: ['settings', ...path], message })
  for (const [index, one] of stated.cases.entries()) {
    if (one.settings === undefined) continue
    for (const { path, message } of settingsProblems(stated, one))
      context.addIssue({ code: 'custom', path: ['cases', index, 'settings', ...path], message })
  }
})

export type Fixture = z.infer<typeof FixtureSchema>
export type FixtureCase = Fixture['cases'][number]
export type FixtureExpectation = FixtureCase['expect']
