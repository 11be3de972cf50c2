import { describe, expect, it } from 'vitest'
import {
  createCustomer,
  evaluateSegment,
  SegmentRuleSchema,
  step,
  type Customer,
  type SegmentRule,
} from '../src/index.ts'
import { DAY, eventInput, order, rules, START } from './support/inputs.ts'

const parse = (rule: unknown): SegmentRule => SegmentRuleSchema.parse(rule)
const nobody = createCustomer('c1')
const isIn = (rule: unknown, customer: Partial<Customer>, at = START) =>
  evaluateSegment(parse(rule), { ...nobody, ...customer }, at)

const traits = {
  plan: 'Gold',
  text: '5',
  five: 5,
  zero: 0,
  yes: true,
  none: null,
  empty: '',
  list: ['Ada', 'Bob', 7, null],
  address: { city: 'Łódź', '*': 'star', '0': 'zero' },
  children: [{ age: 3, toys: ['car'] }, { age: 9 }],
  emoji: 'a👍b',
}

const trait = (path: string | string[], operator: string, value?: unknown) => ({
  kind: 'trait',
  path: typeof path === 'string' ? path.split('.') : path,
  condition: operator === 'isOneOf' ? { operator, values: value } : { operator, value },
})

describe('a condition on a value', () => {
  it.each<[sentence: string, rule: unknown, expected: boolean]>([
    ['is: the same text', trait('plan', 'is', 'Gold'), true],
    ['is: not the same letters in another case', trait('plan', 'is', 'gold'), false],
    ['is: not a part', trait('plan', 'is', 'Gol'), false],
    ['is: the same number', trait('five', 'is', 5), true],
    ['is: no number where it is text that looks like one', trait('text', 'is', 5), false],
    ['is: no text where it is a number', trait('five', 'is', '5'), false],
    ['is: the same truth', trait('yes', 'is', true), true],
    ['is: true is neither 1', trait('yes', 'is', 1), false],
    ['is: nor the text true', trait('yes', 'is', 'true'), false],
    ['is: zero is not false', trait('zero', 'is', false), false],
    ['is: the empty text', trait('empty', 'is', ''), true],
    ['is: nothing is not the empty text', trait('missing', 'is', ''), false],
    ['is: null is not the empty text', trait('none', 'is', ''), false],
    ['is: a list is none of its elements', trait('list', 'is', 'Ada'), false],
    ['isOneOf: one of them', trait('plan', 'isOneOf', ['Silver', 'Gold']), true],
    ['isOneOf: by type and value', trait('text', 'isOneOf', [5, true]), false],
    ['isOneOf: of several types', trait('five', 'isOneOf', ['x', 5]), true],
    ['contains: a part', trait('plan', 'contains', 'ol'), true],
    ['contains: with its case', trait('plan', 'contains', 'OL'), false],
    ['contains: signs stand for themselves', trait('plan', 'contains', 'G%'), false],
    ['contains: nothing of a number', trait('five', 'contains', '5'), false],
    ['contains: no element of a list', trait('list', 'contains', 'Ada'), false],
    ['contains: whole characters', trait('emoji', 'contains', '👍'), true],
    ['startsWith: the beginning', trait('plan', 'startsWith', 'Go'), true],
    ['startsWith: not the middle', trait('plan', 'startsWith', 'ol'), false],
    ['startsWith: an underscore stands for itself', trait('plan', 'startsWith', '_old'), false],
    ['above: more', trait('five', 'above', 4.9), true],
    ['above: not as much', trait('five', 'above', 5), false],
    ['atLeast: as much', trait('five', 'atLeast', 5), true],
    ['atLeast: not less', trait('five', 'atLeast', 5.1), false],
    ['below: less', trait('zero', 'below', 0.1), true],
    ['below: not as much', trait('zero', 'below', 0), false],
    ['atMost: as much', trait('zero', 'atMost', 0), true],
    ['atMost: not more', trait('five', 'atMost', 4), false],
    ['above: no text', trait('text', 'above', 0), false],
    ['above: no truth', trait('yes', 'above', 0), false],
    ['above: nothing', trait('missing', 'atMost', 0), false],
    ['above: null is no zero', trait('none', 'atMost', 0), false],
    ['exists: a value', trait('zero', 'exists'), true],
    ['exists: also an empty text', trait('empty', 'exists'), true],
    ['exists: also a list', trait('list', 'exists'), true],
    ['exists: also an object', trait('address', 'exists'), true],
    ['exists: null is nothing', trait('none', 'exists'), false],
    ['exists: what is not there is nothing', trait('missing', 'exists'), false],
    ['a path: a member of a member', trait('address.city', 'is', 'Łódź'), true],
    ['a path: text is not normalised', trait('address.city', 'is', 'Łódź'.normalize('NFD')), false],
    ['a path: nothing inside a text', trait('plan.length', 'exists'), false],
    ['a path: nothing that every object inherits', trait('constructor', 'exists'), false],
    ['a path: any element', trait(['list', '*'], 'is', 'Bob'), true],
    ['a path: by the type of each element', trait(['list', '*'], 'above', 6), true],
    ['a path: no element is', trait(['list', '*'], 'is', 'Eve'), false],
    ['a path: some element is not null', trait(['list', '*'], 'exists'), true],
    ['a path: members of any element', trait(['children', '*', 'age'], 'above', 8), true],
    ['a path: lists in lists', trait(['children', '*', 'toys', '*'], 'is', 'car'), true],
    ['a path: no element by its number', trait(['list', '0'], 'exists'), false],
    ['a path: an object’s member may be called by a number', trait(['address', '0'], 'is', 'zero'), true],
    ['a path: no element of an object', trait(['address', '*'], 'exists'), false],
  ])('%s', (_, rule, expected) => {
    expect(isIn(rule, { traits })).toBe(expected)
    expect(isIn({ kind: 'not', rule }, { traits })).toBe(!expected)
  })
})

const known = {
  ...step(nobody, order(0, 'o1', 30), rules).customer,
  email: 'ada@example.com',
  locale: { value: 'pl', from: 'vouched' },
  country: { code: 'PL', from: 'shop' },
  consent: {
    'marketing-email': { status: 'granted', basis: 'consent', at: START, refusedAt: null, isFinal: false },
    tracking: null,
  },
  rfm: { scores: '321', group: 'loyal', since: START, previous: null },
  figures: {
    count: 3,
    orderDays: 3,
    positive: 3,
    revenue: { EUR: 1_000, JPY: 0 },
    firstAt: START,
    lastAt: START + 10 * DAY,
  },
  prediction: {
    at: START,
    alive: 0.75,
    orders: { low: 1, expected: 2.5, high: 4 },
    spend: { low: 100, expected: 5_000, high: 9_000 },
    currency: 'EUR',
    lifetimeValue: 6_000,
    nextOrderAt: null,
    basis: { orders: 3, ageDays: 10, fittedOn: 900, fittedAt: START },
  },
} satisfies Customer

const orders = (figure: string, operator: string, value: unknown, currency?: string) => ({
  kind: 'orders',
  figure,
  condition: { operator, value },
  ...(currency ? { currency } : {}),
})
const predicted = (figure: string, operator: string, value?: number) => ({
  kind: 'prediction',
  figure,
  condition: { operator, value },
})
const ago = (of: string, days: number) => ({ kind: 'ago', of, atLeast: days * DAY })

describe('a condition on what is known of a customer', () => {
  it.each<[sentence: string, rule: unknown, expected: boolean]>([
    ['lifecycle: the state', { kind: 'lifecycle', region: 'stage', states: ['new'] }, true],
    ['lifecycle: one of several', { kind: 'lifecycle', region: 'value', states: ['vip', 'standard'] }, true],
    ['lifecycle: another state', { kind: 'lifecycle', region: 'stage', states: ['lapsed'] }, false],
    ['consent: the answer', { kind: 'consent', purpose: 'marketing-email', statuses: ['granted'] }, true],
    [
      'consent: another answer',
      { kind: 'consent', purpose: 'marketing-email', statuses: ['refused', 'none'] },
      false,
    ],
    ['consent: none was given', { kind: 'consent', purpose: 'tracking', statuses: ['none'] }, true],
    [
      'consent: nothing said is no refusal',
      { kind: 'consent', purpose: 'tracking', statuses: ['refused'] },
      false,
    ],
    ['reachable: an address', { kind: 'reachable' }, true],
    ['language: one of them', { kind: 'language', languages: ['en', 'pl'] }, true],
    ['language: another', { kind: 'language', languages: ['en'] }, false],
    ['country: one of them', { kind: 'country', countries: ['PL'] }, true],
    ['country: another', { kind: 'country', countries: ['ES'] }, false],
    ['orders: how many', orders('count', 'is', 3), true],
    ['orders: fewer', orders('count', 'below', 3), false],
    ['orders: a number is no text', orders('count', 'is', '3'), false],
    ['orders: revenue in minor units', orders('revenue', 'atLeast', 1_000, 'EUR'), true],
    ['orders: revenue of each currency by itself', orders('revenue', 'above', 0, 'JPY'), false],
    ['orders: none in a currency is 0', orders('revenue', 'is', 0, 'PLN'), true],
    ['orders: the average is not rounded', orders('average', 'above', 333, 'EUR'), true],
    ['orders: the average is a quotient of doubles', orders('average', 'is', 1_000 / 3, 'EUR'), true],
    ['ago: to the instant', ago('firstOrder', 10), true],
    ['ago: not yet', ago('firstOrder', 11), false],
    ['ago: the last order', ago('lastOrder', 1), false],
    ['rfm: the group', { kind: 'rfm', groups: ['champions', 'loyal'] }, true],
    ['rfm: another group', { kind: 'rfm', groups: ['inactive'] }, false],
    ['prediction: alive', predicted('alive', 'above', 0.7), true],
    ['prediction: orders', predicted('orders', 'is', 2.5), true],
    ['prediction: spend', predicted('spend', 'atMost', 4_999), false],
    ['prediction: lifetime value', predicted('lifetimeValue', 'atLeast', 6_000), true],
  ])('%s', (_, rule, expected) => {
    expect(isIn(rule, known, START + 10 * DAY)).toBe(expected)
    expect(isIn({ kind: 'not', rule }, known, START + 10 * DAY)).toBe(!expected)
  })

  it.each<[sentence: string, rule: unknown, expected: boolean]>([
    ['a visitor by stage', { kind: 'lifecycle', region: 'stage', states: ['visitor'] }, true],
    ['without any answer', { kind: 'consent', purpose: 'marketing-email', statuses: ['none'] }, true],
    ['without an address', { kind: 'reachable' }, false],
    ['of no language', { kind: 'language', languages: ['en'] }, false],
    ['of no country', { kind: 'country', countries: ['PL'] }, false],
    ['with 0 orders', orders('count', 'is', 0), true],
    ['with an average of 0', orders('average', 'atMost', 0, 'EUR'), true],
    ['who never ordered any time ago', ago('lastOrder', 1), false],
    ['who was never engaged any time ago', ago('engagement', 1), false],
    ['of no group', { kind: 'rfm', groups: ['inactive'] }, false],
    ['without a prediction, whatever is asked', predicted('spend', 'atMost', 1e9), false],
    ['without a prediction that exists', predicted('alive', 'exists'), false],
    ['without events', { kind: 'event' }, false],
  ])('is asked of somebody unknown: %s', (_, rule, expected) => {
    expect(isIn(rule, {})).toBe(expected)
  })

  it('is none in a prediction without that figure', () => {
    const prediction = { ...known.prediction, spend: null, lifetimeValue: null }
    expect(isIn(predicted('spend', 'exists'), { prediction })).toBe(false)
    expect(isIn(predicted('lifetimeValue', 'atMost', 9e9), { prediction })).toBe(false)
    expect(isIn(predicted('alive', 'exists'), { prediction })).toBe(true)
  })

  it('is counted to the day for engagement, from the last visit or human click', () => {
    const visited = step(nobody, eventInput({ day: 2, type: 'page', source: 'public' }), rules).customer
    expect(isIn(ago('engagement', 3), visited, START + 5 * DAY - 1)).toBe(false)
    expect(isIn(ago('engagement', 3), visited, START + 5 * DAY)).toBe(true)
  })
})

describe('and, or, not', () => {
  const yes = orders('count', 'is', 0)
  const no = { kind: 'reachable' }
  it.each<[sentence: string, rule: unknown, expected: boolean]>([
    ['and: all of them', { kind: 'and', rules: [yes, yes] }, true],
    ['and: not one less', { kind: 'and', rules: [yes, no] }, false],
    ['or: any', { kind: 'or', rules: [no, yes] }, true],
    ['or: none', { kind: 'or', rules: [no, no] }, false],
    ['not: the opposite', { kind: 'not', rule: no }, true],
    [
      'inside each other',
      { kind: 'not', rule: { kind: 'or', rules: [no, { kind: 'and', rules: [yes, no] }] } },
      true,
    ],
  ])('%s', (_, rule, expected) => {
    expect(isIn(rule, {})).toBe(expected)
  })
})
