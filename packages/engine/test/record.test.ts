import { describe, expect, it } from 'vitest'
import type { Input } from '../src/index.ts'
import { eventInput, order, rules } from './support/inputs.ts'
import { live } from './support/live.ts'
import { visit } from './support/story.ts'

const identify = (day: number, traits: Record<string, unknown>, context: Record<string, unknown> = {}) =>
  eventInput({ day, type: 'identify', userId: 'u1', traits, context })
/** What somebody's browser says, after the same browser was told to be this customer's. */
const atBrowser = (day: number, traits: Record<string, unknown>, proof?: { userId: string }) => {
  const input = eventInput({ day, type: 'identify', source: 'public', anonymousId: 'a1', traits })
  return proof ? { ...input, event: { ...input.event, proof } } : input
}
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
    [
      'that the shop has stated are not overruled by a browser, which may add others',
      [identify(0, { a: 1 }), atBrowser(1, { a: 2, b: 2 })],
      { a: 1, b: 2 },
    ],
    ['of a browser are overruled by the shop', [atBrowser(0, { a: 2 }), identify(1, { a: 1 })], { a: 1 }],
    [
      'that a browser repeated are the shop’s once the shop says the same',
      [atBrowser(0, { a: 1 }), identify(1, { a: 1 }), atBrowser(2, { a: 2 })],
      { a: 1 },
    ],
    [
      'are overruled by a browser that proves whose it is',
      [identify(0, { a: 1 }), atBrowser(1, { a: 2 }, { userId: 'u1' })],
      { a: 2 },
    ],
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
      [page(0, 'pl'), atBrowser(0.1, { locale: 'es-ES' })],
      { value: 'es', from: 'trait' },
    ],
    [
      'stays what the customer said',
      [atBrowser(0, { locale: 'es' }), page(2, 'pl')],
      { value: 'es', from: 'trait' },
    ],
    [
      'may be said anew',
      [atBrowser(0, { locale: 'es' }), atBrowser(1, { locale: 'pl' })],
      { value: 'pl', from: 'trait' },
    ],
    [
      'is the shop’s word, which a browser may only repeat',
      [identify(0, { locale: 'es' }), atBrowser(1, { locale: 'pl' }), page(3, 'ro')],
      { value: 'es', from: 'vouched' },
    ],
    [
      'is the shop’s word, whatever a browser said before',
      [atBrowser(0, { locale: 'pl' }), identify(1, { locale: 'es' })],
      { value: 'es', from: 'vouched' },
    ],
    ['is nothing that is no language', [page(0, '1'), page(2, ''), page(4, 7), page(6, null)], null],
  ])('%s', (_sentence, inputs, expected) => {
    expect(live(inputs, rules).customer.locale).toEqual(expected)
  })
})
