import { EVENT_TYPES, SegmentIdSchema, SegmentRuleSchema, SettingsSchema } from '@ciclo/engine'
import { z } from 'zod'
import { FixtureExpectationSchema, FixtureTimeSchema } from './fixtureExpectation.ts'

const time = FixtureTimeSchema

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

const fixtureCase = z.strictObject({
  name: z.string().min(1),
  /** Left out: the fixture's. */
  start: instant.optional(),
  settings: bag.optional(),
  customer: customer.prefault({}),
  events: z.array(event).default([]),
  until: time,
  expect: FixtureExpectationSchema,
})

/** The parts of a fixture, each by itself; what is wrong between them is for `fixtureProblems`. */
export const StatedFixtureSchema = z.strictObject({
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

export type StatedFixture = z.infer<typeof StatedFixtureSchema>
