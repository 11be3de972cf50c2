import { describe, expect, it } from 'vitest'
import type { Input } from '../src/index.ts'
import { eventInput, order, rules } from './support/inputs.ts'
import { live } from './support/live.ts'
import { visit } from './support/story.ts'

const identify = (day: number, traits: Record<string, unknown>, context: Record<string, unknown> = {}) =>
  eventInput({ day, type: 'identify', userId: 'u1', traits, context })
const page = (day: number, locale: unknown) => visit(day, { context: { locale } })

describe('the traits', () => {
  it.each<[sentence: string, inputs: Input[], expected: Record<string, unknown>]>([
    ['are what was said last of each', [identify(0, { a: 1, b: 1 }), identify(1, { b: 2 })], { a: 1, b: 2 }],
    ['do not hold the address, which is an identity', [identify(0, { email: 'a@b.cd', a: 1 })], { a: 1 }],
    ['come from identify alone', [eventInput({ day: 0, userId: 'u1', name: 'X', traits: { a: 1 } })], {}],
    [
      'may be called as every object’s own',
      [identify(0, { constructor: 1, toString: 2 })],
      { constructor: 1, toString: 2 },
    ],
    ['may be emptied', [identify(0, { a: 1 }), identify(1, { a: null })], { a: null }],
  ])('%s', (_sentence, inputs, expected) => {
    expect(live(inputs, rules).customer.traits).toEqual(expected)
  })

  it.each([
    ['text', 'x', 'x', true],
    ['another text', 'x', 'y', false],
    ['a number that is no text', 1, '1', false],
    [
      'keys in another order, as jsonb gives them back',
      { a: 1, b: [1, { c: 2, d: 3 }] },
      { b: [1, { d: 3, c: 2 }], a: 1 },
      true,
    ],
    ['a key more', { a: 1 }, { a: 1, b: 1 }, false],
    ['another key', { a: undefined }, { b: undefined }, false],
    ['a list in another order', [1, 2], [2, 1], false],
    ['a list that is no object', [], {}, false],
    ['nothing that is no object', null, {}, false],
  ])('are told from others by what they hold: %s', (_sentence, before, after, isSame) => {
    const { customer } = live([identify(0, { value: before })], rules)
    const again = live([identify(0, { value: after })], rules, customer).customer
    expect(again.traits === customer.traits).toBe(isSame)
    expect(again.traits).toEqual({ value: isSame ? before : after })
  })
})

describe('the language', () => {
  it.each<[sentence: string, inputs: Input[], expected: unknown]>([
    ['is unknown at first', [visit(0)], null],
    ['is the page’s', [page(0, 'pl-PL')], { value: 'pl', from: 'page' }],
    ['is that of a later day’s page', [page(0, 'pl'), page(2, 'RO_ro')], { value: 'ro', from: 'page' }],
    ['is not changed by each page of a day', [page(0, 'pl'), page(0.1, 'ro')], { value: 'pl', from: 'page' }],
    [
      'is learnt from any page where it is unknown',
      [visit(0), page(0.1, 'pl')],
      { value: 'pl', from: 'page' },
    ],
    [
      'is an order’s',
      [page(0, 'pl'), order(0.1, 'o1', 5, { context: { locale: 'es' } })],
      { value: 'es', from: 'page' },
    ],
    [
      'is what the customer said',
      [page(0, 'pl'), identify(0.1, { locale: 'es-ES' })],
      { value: 'es', from: 'trait' },
    ],
    [
      'stays what the customer said',
      [identify(0, { locale: 'es' }), page(2, 'pl')],
      { value: 'es', from: 'trait' },
    ],
    [
      'may be said anew',
      [identify(0, { locale: 'es' }), identify(1, { locale: 'pl' })],
      { value: 'pl', from: 'trait' },
    ],
    ['is nothing that is no language', [page(0, '1'), page(2, ''), page(4, 7), page(6, null)], null],
  ])('%s', (_sentence, inputs, expected) => {
    expect(live(inputs, rules).customer.locale).toEqual(expected)
  })
})
