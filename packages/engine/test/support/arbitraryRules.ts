import fc from 'fast-check'
import { SegmentRuleSchema, type SegmentRule } from '../../src/index.ts'
import { DAY, HOUR } from './inputs.ts'

/** On the grid of the histories' events, so that windows run out at the very instants of others. */
const duration = fc.constantFrom(6 * HOUR, DAY, 2 * DAY, 30 * DAY, 200 * DAY)
const number = fc.constantFrom(0, 1, 2, 3, 5, 20, 900)

const condition = fc.oneof(
  fc.record({
    operator: fc.constantFrom('above', 'atLeast', 'below', 'atMost'),
    value: number,
  }),
  fc.record({
    operator: fc.constant('is'),
    value: fc.constantFrom<unknown>(1, 2, 5, '1', 'p1', 'EUR', true),
  }),
  fc.record({
    operator: fc.constant('isOneOf'),
    values: fc.constantFrom<unknown[]>([1, 2], ['p2', 'pl'], [900]),
  }),
  fc.record({ operator: fc.constantFrom('contains', 'startsWith'), value: fc.constantFrom('p', '1', 'u') }),
  fc.constant({ operator: 'exists' }),
)

const path = fc.constantFrom(
  ['product_id'],
  ['total'],
  ['price'],
  ['products', '*', 'price'],
  ['products'],
  ['n'],
)

const event = fc.record({
  kind: fc.constant('event'),
  call: fc.constantFrom(
    { type: 'page' },
    { type: 'identify' },
    { type: 'track' },
    ...['Order Completed', 'Something Else', 'Product Added', 'cart_viewed', 'Checkout Started'].map(
      (name) => ({
        type: 'track',
        name,
      }),
    ),
  ),
  atLeast: fc.integer({ min: 1, max: 4 }),
  within: fc.option(duration, { freq: 4 }),
  where: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    fc.array(fc.record({ path, condition }), { maxLength: 2 }),
  ),
})

const figure = fc.oneof(
  fc.record({ kind: fc.constant('orders'), figure: fc.constant('count'), condition }),
  fc.record({
    kind: fc.constant('orders'),
    figure: fc.constantFrom('revenue', 'average'),
    currency: fc.constantFrom('EUR', 'JPY'),
    condition: fc.record({
      operator: fc.constantFrom('above', 'atMost'),
      value: fc.constantFrom(0, 500, 1_500, 90_000),
    }),
  }),
)

const leaf = fc.oneof(
  {
    weight: 3,
    arbitrary: event.map(({ call, ...rest }) => ({ ...rest, ...call })),
  },
  { weight: 1, arbitrary: figure },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('ago'),
      of: fc.constantFrom('firstOrder', 'lastOrder', 'engagement'),
      atLeast: duration,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<unknown>(
      { kind: 'trait', path: ['n'], condition: { operator: 'above', value: 2 } },
      { kind: 'trait', path: ['locale'], condition: { operator: 'is', value: 'pl' } },
      { kind: 'trait', path: ['country'], condition: { operator: 'exists' } },
      { kind: 'lifecycle', region: 'stage', states: ['new', 'active'] },
      { kind: 'lifecycle', region: 'engagement', states: ['warm'] },
      { kind: 'lifecycle', region: 'permission', states: ['none', 'subscribed'] },
      { kind: 'consent', purpose: 'marketing-email', statuses: ['granted', 'asked'] },
      { kind: 'consent', purpose: 'tracking', statuses: ['none'] },
      { kind: 'reachable' },
      { kind: 'language', languages: ['pl', 'en'] },
      { kind: 'country', countries: ['US', 'PL'] },
    ),
  },
)

const tree = fc.letrec<{ rule: unknown }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc.record({
      kind: fc.constantFrom('and', 'or'),
      rules: fc.array(tie('rule'), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({ kind: fc.constant('not'), rule: tie('rule') }),
  ),
})).rule

/** Any rules that have to do with what happens in the histories. */
export const arbitraryRule: fc.Arbitrary<SegmentRule> = tree.map((rule) => SegmentRuleSchema.parse(rule))
