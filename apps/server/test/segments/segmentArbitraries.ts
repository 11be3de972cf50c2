import type { Customer, EventInput, SegmentLeaf, SegmentRule, ValueCondition } from '@ciclo/engine'
import fc from 'fast-check'
import type { Known } from './segmentOracle.ts'

const DAY = 86_400_000
/** What everything happens around. */
export const NOW = Date.UTC(2026, 5, 1)

/** Names that mean something to JSON paths, to SQL or to JavaScript. */
const NAMES = [
  'a',
  'a.b',
  '0',
  '$',
  '"',
  "'",
  'x"y',
  '\\',
  '[0]',
  '__proto__',
  'constructor',
  'é',
  '😀',
  ' ',
  '%',
]
/** Few enough that rules and customers meet. */
const TEXTS = [
  '',
  'a',
  'A',
  'ab',
  'a%b',
  '_',
  '%',
  "'; drop table customers; --",
  'é',
  'e\u0301',
  '😀',
  '5',
  'true',
  'null',
  '{"a":1}',
  '[1]',
  '\u0001',
  '\\',
]
const NUMBERS = [0, 1, -1, 5, 0.1, 0.30000000000000004, 1e21, 9_007_199_254_740_991, 5e-324, -2.5]

const name = fc.constantFrom(...NAMES)
const scalar = fc.oneof(fc.constantFrom(...TEXTS), fc.constantFrom(...NUMBERS), fc.boolean())
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.oneof(scalar, fc.constant(null)),
    fc.array(tie('value'), { maxLength: 3 }),
    bagOf(tie('value')),
  ),
})).value

function bagOf(values: fc.Arbitrary<unknown>): fc.Arbitrary<Record<string, unknown>> {
  return fc
    .array(fc.tuple(name, values), { maxLength: 4 })
    .map((entries) => Object.fromEntries(entries) as Record<string, unknown>)
}

const nonEmptyText = fc.constantFrom(...TEXTS.filter((text) => text !== ''))
const number = fc.constantFrom(...NUMBERS)
const condition: fc.Arbitrary<ValueCondition> = fc.oneof(
  fc.record({ operator: fc.constant('is' as const), value: scalar }),
  fc.record({
    operator: fc.constant('isOneOf' as const),
    values: fc.array(scalar, { minLength: 1, maxLength: 4 }),
  }),
  fc.record({ operator: fc.constantFrom('contains' as const, 'startsWith' as const), value: nonEmptyText }),
  fc.record({
    operator: fc.constantFrom('above' as const, 'atLeast' as const, 'below' as const, 'atMost' as const),
    value: number,
  }),
  fc.constant({ operator: 'exists' as const }),
)
const path = fc.array(fc.oneof({ weight: 4, arbitrary: name }, { weight: 1, arbitrary: fc.constant('*') }), {
  minLength: 1,
  maxLength: 3,
})
const durations = fc.constantFrom(1, DAY, 7 * DAY, 30 * DAY)
const someOf = <T>(...all: T[]) => fc.subarray(all, { minLength: 1 })

/** Of the engine's, without being typed from them: a wrong word here must not compile. */
const leafArbitrary: fc.Arbitrary<SegmentLeaf> = fc.oneof(
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('trait' as const), path, condition }) },
  fc.record({
    kind: fc.constant('lifecycle' as const),
    region: fc.constant('stage' as const),
    states: someOf<string>('visitor', 'prospect', 'new', 'active', 'lost'),
  }),
  fc.record({
    kind: fc.constant('consent' as const),
    purpose: fc.constantFrom('marketing-email' as const, 'tracking' as const),
    statuses: someOf('asked' as const, 'granted' as const, 'refused' as const, 'none' as const),
  }),
  fc.constant({ kind: 'reachable' as const }),
  fc.record({ kind: fc.constant('language' as const), languages: someOf('en', 'es', 'pl') }),
  fc.record({ kind: fc.constant('country' as const), countries: someOf('ES', 'PL') }),
  fc
    .record({
      kind: fc.constant('orders' as const),
      figure: fc.constantFrom('count' as const, 'revenue' as const, 'average' as const),
      currency: fc.constantFrom('EUR', 'USD', 'PLN'),
      condition: fc.oneof(
        condition,
        fc.record({
          operator: fc.constantFrom('is' as const, 'above' as const, 'atMost' as const),
          value: fc.constantFrom(0, 1, 2, 2.5, 100, 250 / 3),
        }),
      ),
    })
    .map(({ currency, ...leaf }) => (leaf.figure === 'count' ? leaf : { ...leaf, currency })),
  fc.record({
    kind: fc.constant('ago' as const),
    of: fc.constantFrom('firstOrder' as const, 'lastOrder' as const, 'engagement' as const),
    atLeast: durations,
  }),
  fc.record({ kind: fc.constant('rfm' as const), groups: someOf('champions' as const, 'atRisk' as const) }),
  fc.record({
    kind: fc.constant('prediction' as const),
    figure: fc.constantFrom('alive' as const, 'orders' as const, 'spend' as const, 'lifetimeValue' as const),
    condition,
  }),
  {
    weight: 3,
    arbitrary: fc
      .record(
        {
          kind: fc.constant('event' as const),
          type: fc.constantFrom('track' as const, 'page' as const, 'identify' as const),
          name: fc.constantFrom('Viewed', 'viewed', "'"),
          atLeast: fc.constantFrom(1, 2, 3),
          within: fc.oneof(fc.constant(null), durations),
          where: fc.array(fc.record({ path, condition }), { maxLength: 2 }),
        },
        { requiredKeys: ['kind', 'type', 'atLeast', 'within', 'where'] },
      )
      .map(({ name: called, ...leaf }) =>
        leaf.type === 'identify' || called === undefined ? leaf : { ...leaf, name: called },
      ),
  },
)

export const ruleArbitrary: fc.Arbitrary<SegmentRule> = fc.letrec<{ rule: SegmentRule }>((tie) => ({
  rule: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    leafArbitrary,
    fc.record({
      kind: fc.constantFrom('and' as const, 'or' as const),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not' as const), rule: tie('rule') }),
  ),
})).rule

const consent = fc.oneof(
  fc.constant(null),
  fc.record({
    status: fc.constantFrom('asked' as const, 'granted' as const, 'refused' as const),
    basis: fc.constant(null),
    at: fc.constant(NOW),
    refusedAt: fc.constant(null),
    isFinal: fc.constant(false),
  }),
)
/** Right on a limit, beside it, or nowhere near. */
const time = fc
  .tuple(fc.constantFrom(0, 1, DAY, 7 * DAY, 30 * DAY, 400 * DAY), fc.constantFrom(-1, 0, 1))
  .map(([before, beside]) => NOW - before + beside)
const timeOrNull = fc.oneof(time, fc.constant(null))
const band = number.map((expected) => ({ low: 0, expected, high: 1 }))

const state: fc.Arbitrary<Known['state']> = fc.record({
  traits: bagOf(value),
  lifecycle: fc.record({
    value: fc.record({
      stage: fc.constantFrom('visitor' as const, 'new' as const, 'active' as const, 'lost' as const),
      value: fc.constant('standard' as const),
      engagement: fc.constant('unknown' as const),
      permission: fc.constant('none' as const),
      advocacy: fc.constant('none' as const),
    }),
    context: fc.record({ lastOrderAt: fc.constant(null), engagedAt: timeOrNull, received: fc.constant(0) }),
  }) as fc.Arbitrary<Customer['lifecycle']>,
  consent: fc.record({ 'marketing-email': consent, tracking: consent }),
  email: fc.constantFrom(null, 'ann@example.org'),
  locale: fc.constantFrom(
    null,
    { value: 'es', from: 'trait' as const },
    { value: 'pl', from: 'page' as const },
  ),
  country: fc.constantFrom(
    null,
    { code: 'ES', from: 'shop' as const },
    { code: null, from: 'shop' as const },
  ),
  figures: fc.record({
    count: fc.constantFrom(0, 1, 3),
    orderDays: fc.constant(0),
    positive: fc.constant(0),
    revenue: fc.constantFrom<Record<string, number>>({}, { EUR: 250 }, { EUR: 100, USD: 1 }, { USD: 0 }),
    firstAt: timeOrNull,
    lastAt: timeOrNull,
  }) as fc.Arbitrary<Customer['figures']>,
  rfm: fc.constantFrom(null, {
    scores: '333',
    group: 'champions' as const,
    since: NOW,
    previous: null,
  }) as fc.Arbitrary<Customer['rfm']>,
  prediction: fc.oneof(
    fc.constant(null),
    fc.record({ alive: number, orders: band, spend: fc.option(band), lifetimeValue: fc.option(number) }),
  ) as fc.Arbitrary<Customer['prediction']>,
})

const event: fc.Arbitrary<EventInput['event']> = fc.record(
  {
    type: fc.constantFrom('track' as const, 'page' as const, 'identify' as const),
    name: fc.constantFrom('Viewed', 'viewed', '', "'"),
    properties: bagOf(value),
    traits: bagOf(value),
    context: fc.constant({}),
    bot: fc.constantFrom(true, false),
  },
  { requiredKeys: ['type', 'properties', 'traits', 'context'] },
)

export const knownArbitrary: fc.Arbitrary<Known> = fc.record({
  state,
  events: fc.array(fc.tuple(time, event), { maxLength: 6 }).map((events) =>
    events.map(([at, one], index): EventInput => ({
      kind: 'event',
      id: `e${index}`,
      at,
      receivedAt: at,
      source: 'public',
      event: one,
    })),
  ),
})
