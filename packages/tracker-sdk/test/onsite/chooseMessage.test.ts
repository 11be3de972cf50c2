import { expect, test } from 'vitest'
import type { ShownMessage } from '@ciclo/engine'
import { chooseMessage } from '../../src/onsite/chooseMessage.ts'
import type { Facts, Seen } from '../../src/onsite/chooseMessage.ts'
import { isOnPage } from '../../src/onsite/isOnPage.ts'
import { shownMessage } from './support/shownMessage.ts'

const NOW = Date.parse('2026-11-23T12:00:00Z')
const DAY = 86_400_000

const facts: Facts = {
  path: '/',
  width: 1440,
  visit: 1,
  scroll: 0,
  seconds: 0,
  leaving: false,
  history: {},
  now: NOW,
}

const isChosen = (message: ShownMessage, changes: Partial<Facts>) =>
  chooseMessage([message], { ...facts, ...changes }) === message

const rules: [string, Partial<ShownMessage['rules']>, Partial<Facts>, boolean][] = [
  ['without any rule it is shown at once', {}, {}, true],
  ['a phone is narrower than 600 px', { devices: ['phone'] }, { width: 599 }, true],
  ['600 px are no phone', { devices: ['phone'] }, { width: 600 }, false],
  ['a tablet is narrower than 1,024 px', { devices: ['tablet'] }, { width: 1023 }, true],
  ['1,024 px are a desktop', { devices: ['phone', 'tablet'] }, { width: 1024 }, false],
  ['the first visit is before the second', { visits: { from: 2, to: null } }, { visit: 1 }, false],
  ['the second visit is from the second on', { visits: { from: 2, to: null } }, { visit: 2 }, true],
  ['the last visit counts', { visits: { from: 1, to: 3 } }, { visit: 3 }, true],
  ['the visit after the last is too late', { visits: { from: 1, to: 3 } }, { visit: 4 }, false],
  ['too little is scrolled', { scroll: 50 }, { scroll: 49.9 }, false],
  ['enough is scrolled', { scroll: 50 }, { scroll: 50 }, true],
  ['too few seconds', { seconds: 5 }, { seconds: 4.9 }, false],
  ['enough seconds', { seconds: 5 }, { seconds: 5 }, true],
  ['nobody leaves', { leaving: true }, {}, false],
  ['somebody leaves', { leaving: true }, { leaving: true }, true],
  ['one who leaves also sees what was not for leaving', {}, { leaving: true }, true],
  ['all that is given must hold', { scroll: 50, seconds: 5 }, { scroll: 80, seconds: 4 }, false],
]

test.each(rules)('%s', (_, changed, given, expected) => {
  expect(isChosen(shownMessage('popUp', { rules: changed }), given)).toBe(expected)
})

const seen = (changes: Partial<Seen>): Partial<Facts> => ({
  history: { popUp: { times: 1, last: NOW - 8 * DAY, answered: false, ...changes } },
})

const frequencies: [string, ShownMessage['frequency'], Partial<Facts>, boolean][] = [
  ['never seen', { days: 7, most: 1 }, {}, true],
  ['seen long ago', { days: 7, most: null }, seen({}), true],
  ['seen not long enough ago', { days: 9, most: null }, seen({}), false],
  ['seen exactly as long ago as asked', { days: 8, most: null }, seen({}), true],
  ['seen as often as allowed', { days: 0, most: 2 }, seen({ times: 2 }), false],
  ['seen less often than allowed', { days: 0, most: 2 }, seen({ times: 1 }), true],
  ['seen very often where there is no limit', { days: 0, most: null }, seen({ times: 900 }), true],
  ['answered once is never asked again', { days: 0, most: null }, seen({ answered: true }), false],
]

test.each(frequencies)('%s', (_, frequency, given, expected) => {
  expect(isChosen(shownMessage('popUp', { frequency }), given)).toBe(expected)
})

test('an offer is gone at the instant of its end', () => {
  const message = shownMessage('bar', { endsAt: '2026-11-23T12:00:00Z' })
  expect(isChosen(message, { now: NOW - 1 })).toBe(true)
  expect(isChosen(message, { now: NOW })).toBe(false)
})

test('the first that fits is chosen, in the order of the server', () => {
  const messages = [
    shownMessage('signUp', { rules: { pages: ['/cart'] } }),
    shownMessage('popUp'),
    shownMessage('bar'),
  ]
  expect(chooseMessage(messages, facts)?.id).toBe('popUp')
  expect(chooseMessage(messages, { ...facts, path: '/cart' })?.id).toBe('signUp')
  expect(chooseMessage([], facts)).toBeUndefined()
})

const pages: [pages: string[], notPages: string[], path: string, expected: boolean][] = [
  [[], [], '/anything', true],
  [['/cart'], [], '/cart', true],
  [['/cart'], [], '/cart/', true],
  [['/cart'], [], '/cart/2', false],
  [['/cart'], [], '/de/cart', false],
  [['/'], [], '/', true],
  [['/'], [], '/cart', false],
  [['/products/*'], [], '/products/tea', true],
  [['/products/*'], [], '/products', false],
  [['/*/tea'], [], '/products/green/tea', true],
  [['/*/tea'], [], '/products/tea/cups', false],
  [['/*a*b*'], [], '/xaxbx', true],
  [['/*a*b*'], [], '/xbxax', false],
  [['/ab*ba'], [], '/aba', false],
  [['/a.c'], [], '/abc', false],
  [['/*'], ['/checkout*'], '/checkout/pay', false],
  [['/*'], ['/checkout*'], '/cart', true],
  [['/cart'], ['/cart'], '/cart', false],
  [['/a', '/b'], [], '/b', true],
]

test.each(pages)('on %j, not on %j: %s is %s', (on, notOn, path, expected) => {
  expect(isOnPage({ pages: on, notPages: notOn }, path)).toBe(expected)
})

test('a pattern of a hundred stars is decided at once', () => {
  // A regular expression of it would take longer than the test may.
  expect(isOnPage({ pages: [`/${'*a'.repeat(99)}b`], notPages: [] }, `/${'a'.repeat(2_000)}`)).toBe(false)
})
