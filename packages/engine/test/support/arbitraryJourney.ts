import fc from 'fast-check'
import { JourneySchema, type Journey } from '../../src/journeys/journey.ts'
import { journeyGraph, reachableFrom } from '../../src/journeys/journeyGraph.ts'
import type { JourneyWorld } from '../../src/journeys/journeyWorld.ts'
import { WEEKDAYS } from '../../src/journeys/localTime.ts'
import { REGIONS, STATES } from '../../src/lifecycle.ts'
import { RFM_GROUPS } from '../../src/rfm.ts'
import { arbitraryRule } from './arbitraryRules.ts'
import { DAY, HOUR } from './inputs.ts'

const TEMPLATES = ['welcome', 'win-back', 'cart-reminder', 'order-confirmation']
const EVENTS = ['Product Viewed', 'Product Added', 'Order Completed', 'Something Else', 'order_cancelled']
const TRAITS = ['birthday', 'plan', 'n', 'locale', 'country']
const OTHERS = ['other', 'another']

/** A shop in which everything is there that a drawn journey may name. */
export const ARBITRARY_WORLD: JourneyWorld = {
  templates: new Map(TEMPLATES.map((id) => [id, new Set(['en', 'pl'])])),
  locales: ['en', 'pl'],
  segments: new Set(['keen']),
  journeys: new Map(OTHERS.map((id) => [id, null])),
  pools: new Set(['summer']),
  events: new Set([...EVENTS, 'Liked', 'cart_viewed']),
  traits: new Set(TRAITS),
  hasCap: true,
}

const duration = fc.constantFrom(1, 90_000, HOUR, 36 * HOUR, DAY, 2 * DAY, 30 * DAY)
const time = fc.constantFrom('00:00', '02:30', '09:00', '18:45')
const days = fc.integer({ min: -40, max: 40 })
/** With everything that a file has to keep apart from other things: numbers, signs, more than one line. */
const text = fc.oneof(
  fc.constantFrom(
    'Win back',
    'no',
    '4h',
    '12',
    ' spaces ',
    'a: b # c',
    '- x',
    "it's",
    'two\nlines\n',
    'zażółć',
    '~',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }),
)
const scalar = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.boolean(),
  fc.constant(null),
)
const traitPath = fc.constantFrom(...TRAITS).map((name) => [name])
/** A field that may be left out. */
const maybe = (field: string, value: fc.Arbitrary<unknown>) =>
  fc.option(value, { nil: undefined }).map((given) => (given === undefined ? {} : { [field]: given }))
const merged = (...parts: fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((drawn) => Object.assign({}, ...drawn) as object)

const condition = fc.oneof(
  fc.record({
    operator: fc.constantFrom('is', 'contains', 'startsWith'),
    value: fc.constantFrom('p1', 'p', '1'),
  }),
  fc.record({
    operator: fc.constantFrom('above', 'atLeast', 'below', 'atMost'),
    value: fc.integer({ min: 0, max: 5 }),
  }),
  fc.constant({ operator: 'exists' }),
)
const question = merged(
  fc.oneof(
    fc.constantFrom(...EVENTS).map((name) => ({ name })),
    fc.constantFrom<object>({ type: 'page' }, { type: 'identify' }, {}),
  ),
  maybe(
    'where',
    fc.array(fc.record({ path: fc.constantFrom(['plan'], ['n']), condition }), { maxLength: 2 }),
  ),
)

/** `cartClosed` becomes something else where a journey has no cart. */
const happening = fc.oneof(
  merged(fc.constant({ kind: 'event' }), question, maybe('about', fc.constantFrom('run', 'customer'))),
  fc.record({ kind: fc.constant('condition'), rule: arbitraryRule }),
  fc.constant<object>({ kind: 'cartClosed' }),
)

const transition = fc
  .constantFrom(...REGIONS)
  .chain((region) =>
    merged(
      fc.constant({ kind: 'transition', region, to: STATES[region][1] }),
      maybe('from', fc.constantFrom(...STATES[region].filter((_state, index) => index !== 1))),
    ),
  )

const trigger = fc.oneof(
  { weight: 3, arbitrary: transition },
  { weight: 3, arbitrary: merged(fc.constant({ kind: 'event' }), question) },
  fc.record({ kind: fc.constant('rfm'), to: fc.constantFrom(...RFM_GROUPS) }),
  fc.record({ kind: fc.constant('segment'), segment: fc.constant('keen'), to: fc.constantFrom('in', 'out') }),
  merged(
    fc.record({
      kind: fc.constant('date'),
      date: fc.oneof(
        merged(fc.record({ of: fc.constant('trait'), path: traitPath }), maybe('yearly', fc.boolean())),
        fc.constant({ of: 'nextOrder' }),
        fc.record({ of: fc.constant('lastOrder'), after: duration }),
      ),
    }),
    maybe('days', days),
    maybe('at', time),
  ),
  merged(
    fc.record({
      kind: fc.constant('schedule'),
      every: fc.oneof(
        fc.constant({ unit: 'day' }),
        fc.record({ unit: fc.constant('week'), weekday: fc.constantFrom(...WEEKDAYS) }),
        fc.record({ unit: fc.constant('month'), day: fc.integer({ min: 1, max: 31 }) }),
      ),
      rule: arbitraryRule,
    }),
    maybe('at', time),
  ),
  fc.constant({ kind: 'api' }),
)

const reentry = merged(
  fc.oneof(
    fc.constantFrom({ kind: 'never' }, { kind: 'always' }, { kind: 'afterEnd', duration: 0 }),
    fc.record({ kind: fc.constantFrom('after', 'afterEnd'), duration }),
  ),
  maybe('per', fc.constantFrom('key', 'customer')),
)

/** Targets are drawn as numbers, and become the ids of steps once it is known how many there are. */
const target = fc.nat({ max: 30 })
const next = maybe('next', target)

const rest: fc.Arbitrary<object>[] = [
  merged(
    fc.record({
      kind: fc.constant('send'),
      template: fc.constantFrom(...TEMPLATES),
      purpose: fc.constantFrom('marketing', 'transactional'),
    }),
    maybe('onCap', fc.constantFrom('postpone', 'skip')),
    maybe('expiresAfter', duration),
    next,
  ),
  merged(fc.record({ kind: fc.constant('delay'), duration }), next),
  merged(
    fc.record({ kind: fc.constant('until'), at: time }),
    maybe('weekdays', fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 })),
    next,
  ),
  merged(
    fc.record({ kind: fc.constant('untilDate'), path: traitPath }),
    maybe('yearly', fc.boolean()),
    maybe('days', days),
    maybe('at', time),
    maybe('onMissing', target),
    next,
  ),
  merged(
    fc.record({ kind: fc.constant('wait'), for: happening, timeout: duration }),
    maybe('onTimeout', target),
    next,
  ),
  merged(
    fc.record({
      kind: fc.constant('branch'),
      ways: fc.array(fc.record({ when: arbitraryRule, to: target }), { minLength: 1, maxLength: 3 }),
    }),
    maybe('otherwise', target),
  ),
  fc.record({
    kind: fc.constant('split'),
    ways: fc.array(fc.record({ weight: fc.constantFrom(1, 2.5, 99), to: target }), {
      minLength: 2,
      maxLength: 3,
    }),
  }),
  merged(
    fc.record({ kind: fc.constant('update') }),
    maybe(
      'traits',
      fc.dictionary(fc.constantFrom(...TRAITS, 'a b', '__proto__', 'duration'), scalar, { maxKeys: 3 }),
    ),
    maybe('stopMarketing', fc.boolean()),
    next,
  ),
  merged(
    fc.record({
      kind: fc.constant('coupon'),
      from: fc.constantFrom({ pool: 'summer' }, { code: 'WELCOME-10' }, { code: '0123' }),
    }),
    maybe('validFor', duration),
    next,
  ),
  merged(
    fc.record({ kind: fc.constant('webhook'), url: fc.constant('https://shop.example/hook?a=b') }),
    next,
  ),
  merged(
    fc.record({ kind: fc.constantFrom('startJourney', 'endJourney'), journey: fc.constantFrom(...OTHERS) }),
    next,
  ),
  fc.constant({ kind: 'end' }),
]

const idOf = (index: number) => `step-${index + 1}`

/** The drawn numbers in a step's targets as ids: of a later step or `end`, or of any. */
function aimed(step: object, index: number, count: number, isForward: boolean): object {
  const aim = (drawn: unknown) => {
    const at = isForward ? index + 1 + (Number(drawn) % (count - index)) : Number(drawn) % (count + 1)
    return at < count ? idOf(at) : 'end'
  }
  return Object.fromEntries(
    Object.entries({ ...step, id: idOf(index) }).map(([field, value]: [string, unknown]) => {
      if (field === 'ways')
        return [field, (value as { to: number }[]).map((way) => ({ ...way, to: aim(way.to) }))]
      const isTarget =
        field === 'next' || field === 'otherwise' || field === 'onMissing' || field === 'onTimeout'
      return [field, isTarget ? aim(value) : value]
    }),
  )
}

/** Only the steps that are come to; each goes on where it did. */
function trimmed(journey: Journey): Journey {
  const graph = journeyGraph(journey)
  const reached = reachableFrom([graph.start], (id) => (graph.steps.get(id)?.edges ?? []).map(({ to }) => to))
  const goesOn = (id: string, field: 'next' | 'otherwise') => {
    const edges = graph.steps.get(id)?.edges ?? []
    return { [field]: edges.at(field === 'next' ? 0 : -1)?.to }
  }
  const steps = journey.steps
    .filter(({ id }) => id === graph.start || reached.has(id))
    .map((step) => {
      if (step.kind === 'branch') return { ...step, ...goesOn(step.id, 'otherwise') }
      return step.kind === 'split' || step.kind === 'end' ? step : { ...step, ...goesOn(step.id, 'next') }
    })
  return JourneySchema.parse({ ...journey, steps })
}

const withoutCart = (on: object) =>
  'kind' in on && on.kind === 'cartClosed' ? { kind: 'event', name: 'Order Completed' } : on

const drawn = fc.record({
  head: merged(
    fc.record({ id: fc.constantFrom('tested', 'win-back'), name: text, trigger, reentry }),
    maybe('description', text),
    maybe('entry', arbitraryRule),
    maybe('repeat', fc.constantFrom('ignore', 'restart')),
    maybe('exclusion', fc.record({ group: fc.constant('abandonment'), rank: fc.nat({ max: 1_000 }) })),
    maybe('holdOut', fc.constantFrom(0, 0.1, 0.5)),
  ),
  key: fc.constantFrom<unknown>(undefined, 'cart', 'checkout', 'order', { path: ['product_id'] }),
  goal: fc.option(fc.record({ on: happening, within: duration }), { nil: undefined }),
  exits: fc.array(merged(fc.record({ on: happening }), maybe('name', fc.constant('bought'))), {
    maxLength: 2,
  }),
  steps: fc.array(fc.oneof(...rest), { minLength: 1, maxLength: 8 }),
})

function journeyOf(
  { head, key, goal, exits, steps }: typeof drawn extends fc.Arbitrary<infer T> ? T : never,
  isForward: boolean,
): Journey {
  const on = key === 'cart' || key === 'checkout' ? (one: object) => one : withoutCart
  return JourneySchema.parse({
    ...head,
    ...(key === undefined ? {} : { key }),
    ...(goal === undefined ? {} : { goal: { ...goal, on: on(goal.on) } }),
    exits: exits.map((exit) => ('on' in exit ? { ...exit, on: on(exit.on as object) } : exit)),
    steps: steps.map((step, index) => {
      const waiting = 'for' in step ? { ...step, for: on(step.for as object) } : step
      return aimed(waiting, index, steps.length, isForward)
    }),
  })
}

/** Any journey that the schema takes: with circles, steps that nobody comes to and rules that nobody meets. */
export const arbitraryJourney: fc.Arbitrary<Journey> = drawn.map((one) => journeyOf(one, false))

/** A journey without circles, each of whose steps is come to; its rules may still be anything. */
export const arbitraryForwardJourney: fc.Arbitrary<Journey> = drawn.map((one) =>
  trimmed(journeyOf(one, true)),
)
