import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCustomer, type Customer, type EventInput } from '../src/index.ts'
import { ANYTHING, canMeet, type Asked } from '../src/journeys/canMeet.ts'
import { createRuleJudge } from '../src/journeys/createRuleJudge.ts'
import { isLate, rebuild } from '../src/rebuild.ts'
import { matchValue } from '../src/segments/matchValue.ts'
import { SegmentRuleSchema, type SegmentRule, type ValueCondition } from '../src/segments/segmentRule.ts'
import { step } from '../src/step.ts'
import { arbitraryRule } from './support/arbitraryRules.ts'
import { arbitraryInputs, check, seed } from './support/histories.ts'
import { DAY, rules, START } from './support/inputs.ts'
import { naiveSegment } from './support/naiveSegment.ts'

const and = (...parts: object[]) => ({ kind: 'and', rules: parts })
const or = (...parts: object[]) => ({ kind: 'or', rules: parts })
const not = (rule: object) => ({ kind: 'not', rule })
const trait = (operator: string, value?: unknown, path: string[] = ['n']) => ({
  kind: 'trait',
  path,
  condition:
    value === undefined
      ? { operator }
      : operator === 'isOneOf'
        ? { operator, values: value }
        : { operator, value },
})
const orders = (operator: string, value: number, figure = 'count') => ({
  kind: 'orders',
  figure,
  ...(figure === 'count' ? {} : { currency: 'EUR' }),
  condition: { operator, value },
})
const event = (atLeast: number, within: string | null, more: object = {}) => ({
  kind: 'event',
  name: 'Product Viewed',
  atLeast,
  within,
  ...more,
})
const stage = (...states: string[]) => ({ kind: 'lifecycle', region: 'stage', states })
const ago = (of: string, atLeast: string) => ({ kind: 'ago', of, atLeast })
const where = (path: string[], operator: string, value: unknown) => ({ path, condition: { operator, value } })

const isPossible = (rule: object) =>
  createRuleJudge().conflictIn({ rule: SegmentRuleSchema.parse(rule), holds: true }) === null

describe('a rule', () => {
  it.each<[what: string, impossible: object, possible: object]>([
    ['two states', and(stage('new'), stage('lapsed')), and(stage('new', 'lost'), stage('lost'))],
    [
      'every state excluded',
      and(
        not(stage('visitor', 'prospect', 'new', 'active')),
        not(stage('reactivated', 'atRisk', 'lapsed', 'lost')),
      ),
      and(not(stage('visitor', 'prospect', 'new', 'active')), not(stage('reactivated', 'atRisk', 'lapsed'))),
    ],
    ['above and below', and(trait('above', 5), trait('below', 3)), and(trait('above', 3), trait('below', 5))],
    [
      'one number and not it',
      and(trait('atLeast', 5), trait('atMost', 5), not(trait('is', 5))),
      and(trait('atLeast', 5), trait('atMost', 5)),
    ],
    [
      'above and below one number',
      and(trait('above', 5), trait('below', 5)),
      and(trait('atLeast', 5), trait('atMost', 5)),
    ],
    ['two values', and(trait('is', 1), trait('is', 2)), and(trait('is', 1), trait('isOneOf', [1, 2]))],
    [
      'two lists',
      and(trait('isOneOf', [1, 2]), trait('isOneOf', [3])),
      and(trait('isOneOf', [1, 2]), trait('isOneOf', [2, 3])),
    ],
    ['text and a number', and(trait('is', 'a'), trait('above', 1)), and(trait('is', 2), trait('above', 1))],
    [
      'a number in text',
      and(trait('startsWith', '1'), trait('above', 1)),
      or(trait('startsWith', '1'), trait('above', 1)),
    ],
    [
      'two beginnings',
      and(trait('startsWith', 'ab'), trait('startsWith', 'b')),
      and(trait('startsWith', 'ab'), trait('startsWith', 'a')),
    ],
    [
      'a part that is excluded',
      and(trait('contains', 'abc'), not(trait('contains', 'b'))),
      and(trait('contains', 'b'), not(trait('contains', 'abc'))),
    ],
    [
      'something that is not there',
      and(trait('is', 1), not(trait('exists'))),
      and(not(trait('is', 1)), trait('exists')),
    ],
    [
      'its own opposite',
      and(trait('above', 5), not(trait('above', 5))),
      and(trait('above', 5), not(trait('above', 6))),
    ],
    [
      'a list of which one must and none may',
      and(trait('is', 1, ['l', '*']), not(trait('is', 1, ['l', '*']))),
      and(trait('is', 1, ['l', '*']), trait('is', 2, ['l', '*'])),
    ],
    ['fewer than no orders', orders('below', 0), orders('atMost', 0)],
    ['half an order', orders('is', 1.5), orders('is', 1.5, 'average')],
    [
      'between two counts',
      and(orders('above', 2), orders('below', 3)),
      and(orders('above', 2, 'average'), orders('below', 3, 'average')),
    ],
    [
      'orders that are counted out',
      and(orders('below', 2), not(orders('is', 0)), not(orders('is', 1))),
      and(orders('below', 2), not(orders('is', 0))),
    ],
    [
      'more than certainly alive',
      { kind: 'prediction', figure: 'alive', condition: { operator: 'above', value: 1 } },
      { kind: 'prediction', figure: 'orders', condition: { operator: 'above', value: 1 } },
    ],
    [
      'two languages',
      and({ kind: 'language', languages: ['pl'] }, { kind: 'language', languages: ['en'] }),
      not({ kind: 'language', languages: ['pl'] }),
    ],
    ['reachable and not', and({ kind: 'reachable' }, not({ kind: 'reachable' })), { kind: 'reachable' }],
    [
      'more in less time than not',
      and(event(3, '7d'), not(event(2, '30d'))),
      and(event(2, '7d'), not(event(3, '30d'))),
    ],
    ['now and never', and(event(1, '7d'), not(event(1, null))), and(event(1, null), not(event(1, '7d')))],
    [
      'one of them and none at all',
      and(event(1, '7d', { where: [where(['price'], 'above', 5)] }), not(event(1, '7d'))),
      and(event(1, '7d'), not(event(1, '7d', { where: [where(['price'], 'above', 5)] }))),
    ],
    [
      'an event of a contradiction',
      event(1, null, { where: [where(['price'], 'above', 5), where(['price'], 'below', 3)] }),
      event(1, null, { where: [where(['price'], 'above', 5), where(['total'], 'below', 3)] }),
    ],
    [
      'a last order before the first',
      and(ago('lastOrder', '30d'), not(ago('firstOrder', '30d'))),
      and(ago('firstOrder', '30d'), not(ago('lastOrder', '30d'))),
    ],
    [
      'long ago and not so long',
      and(ago('lastOrder', '60d'), not(ago('lastOrder', '30d'))),
      and(ago('lastOrder', '30d'), not(ago('lastOrder', '60d'))),
    ],
    [
      'ways that all fail',
      and(stage('new'), or(stage('lost'), and(trait('is', 1), trait('is', 2)))),
      and(stage('new'), or(stage('lost'), and(trait('is', 1), trait('is', 1)))),
    ],
    [
      'the opposite of a choice',
      and(or(stage('new'), trait('exists')), not(stage('new')), not(trait('exists'))),
      and(or(stage('new'), trait('exists')), not(stage('new'))),
    ],
  ])('is seen to ask for %s', (_what, impossible, possible) => {
    expect([isPossible(impossible), isPossible(possible)]).toEqual([false, true])
  })

  it('says what is in its way', () => {
    const rule = SegmentRuleSchema.parse(and(trait('exists'), event(3, '7d'), not(event(2, '30d'))))
    expect(createRuleJudge().conflictIn({ rule, holds: true })).toBe(
      'at least 3 times Product Viewed within 7d, and not (at least 2 times Product Viewed within 30d)',
    )
  })

  /** As many ways to look into as the choices multiplied, none of which is possible. */
  const choices = (count: number) =>
    and(
      ...Array.from({ length: count }, (_, index) =>
        or(trait('is', 1, [`t${index}`]), trait('is', 2, [`t${index}`])),
      ),
      or(and(trait('is', 1), trait('is', 2)), and(trait('is', 3), trait('is', 4))),
    )

  it('counts as possible where looking would take too long', () => {
    expect([isPossible(choices(3)), isPossible(choices(22))]).toEqual([false, true])
  })

  it('counts as possible where all that was asked before has taken too long', () => {
    const judge = createRuleJudge()
    const ask = (rule: object) => judge.conflictIn({ rule: SegmentRuleSchema.parse(rule), holds: true })
    expect(ask(choices(3))).not.toBeNull()
    for (let time = 0; time < 25; time += 1) ask(choices(22))
    expect(ask(choices(3))).toBeNull()
  })
})

/** Customers of a history, each with what had happened to them by then. */
function livesOf(inputs: readonly EventInput[]): [Customer, EventInput[]][] {
  let customer = createCustomer('c1')
  const history: EventInput[] = []
  return inputs.map((input): [Customer, EventInput[]] => {
    history.push(input)
    customer = (
      isLate(customer, input, rules) ? rebuild(customer, history, rules) : step(customer, input, rules)
    ).customer
    return [customer, [...history]]
  })
}

describe(`what is judged of any rule (seed ${seed})`, () => {
  it('is so for every customer', () => {
    let judged = 0
    check(
      fc.property(
        fc.array(arbitraryRule, { minLength: 8, maxLength: 8 }),
        arbitraryInputs,
        (drawn, inputs) => {
          const [first, second, third, fourth] = drawn as [SegmentRule, SegmentRule, SegmentRule, SegmentRule]
          const asked: SegmentRule[] = [
            ...drawn,
            { kind: 'and', rules: [first, { kind: 'not', rule: second }, third] },
            { kind: 'and', rules: [first, { kind: 'or', rules: [{ kind: 'not', rule: first }, fourth] }] },
            { kind: 'or', rules: [{ kind: 'not', rule: { kind: 'and', rules: [first, second] } }, second] },
          ]
          const lives = livesOf(inputs.filter((one): one is EventInput => one.kind === 'event'))
          for (const rule of asked) {
            for (const holds of [true, false]) {
              if (createRuleJudge().conflictIn({ rule, holds }) === null) continue
              judged += 1
              for (const [customer, history] of lives) {
                const last = Math.max(START, ...history.map(({ at }) => at))
                for (const at of [last, last + DAY, last + 400 * DAY])
                  expect(naiveSegment(rule, customer, history, at)).toBe(!holds)
              }
            }
          }
        },
      ),
    )
    expect(judged).toBeGreaterThan(20)
  })

  const number = fc.constantFrom(0, 1, 2, 3)
  const arbitraryCondition: fc.Arbitrary<ValueCondition> = fc.oneof(
    fc.record({ operator: fc.constantFrom('above', 'atLeast', 'below', 'atMost'), value: number }),
    fc.record({ operator: fc.constant('is'), value: fc.oneof(number, fc.constantFrom('a', 'ab', true)) }),
    fc.record({
      operator: fc.constant('isOneOf'),
      values: fc.array(fc.oneof(number, fc.constant('b')), { minLength: 1, maxLength: 3 }),
    }),
    fc.record({
      operator: fc.constantFrom('contains', 'startsWith'),
      value: fc.constantFrom('a', 'ab', 'b', 'ba'),
    }),
    fc.constant({ operator: 'exists' }),
  )
  const VALUES: unknown[] = [
    undefined,
    null,
    {},
    [],
    true,
    false,
    -1,
    0,
    0.5,
    1,
    1.5,
    2,
    2.5,
    3,
    4,
    '',
    'a',
    'b',
    'x',
    'xa',
    'xb',
    'xab',
    'xba',
    'ab',
    'ba',
    'ax',
    'bx',
    'abx',
    'bax',
    'aba',
    'abxba',
    'axba',
    'baxab',
    'bxab',
    'bab',
    'abb',
    'bb',
    'aa',
  ]

  it('is that values can be what some value is, and no more', () => {
    check(
      fc.property(
        fc.array(arbitraryCondition, { maxLength: 4 }),
        fc.array(arbitraryCondition, { maxLength: 3 }),
        (holds, fails) => {
          const asked: Asked = { holds, fails }
          const found = VALUES.filter(
            (value) =>
              holds.every((one) => matchValue(value, one)) && !fails.some((one) => matchValue(value, one)),
          )
          expect(canMeet(asked, ANYTHING)).toBe(found.length > 0)
        },
      ),
    )
  })
})
