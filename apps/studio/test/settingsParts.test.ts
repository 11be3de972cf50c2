import { expect, it } from 'vitest'
import { patchBetween } from '../src/pages/settings/form/patchBetween.ts'
import { otherClock } from '../src/pages/settings/sending/otherClock.ts'
import { warmUpDays } from '../src/pages/settings/senders/warmUpDays.ts'
import { contrastOf } from '../src/pages/settings/shop/contrastOf.ts'

it.each<[before: object, after: object, patch: object]>([
  [{ a: 1, b: { c: 2, d: 3 } }, { a: 1, b: { c: 5, d: 3 } }, { b: { c: 5 } }],
  [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
  [{ a: { b: 1 } }, { a: null }, { a: null }],
  [{ a: null }, { a: { b: 1 } }, { a: { b: 1 } }],
  [{ a: 'x' }, { a: undefined }, { a: null }],
  [{ a: { b: [] } }, { a: { b: [] } }, {}],
])('From %j to %j is the patch %j', (before, after, patch) => {
  expect(patchBetween({ ...before }, { ...after })).toEqual(patch)
})

it.each<[one: string, other: string, contrast: number | undefined]>([
  ['#000000', '#ffffff', 21],
  ['#ffffff', '#FFFFFF', 1],
  ['#777777', '#ffffff', 4.48],
  ['red', '#ffffff', undefined],
])('The contrast of %s and %s is %s', (one, other, contrast) => {
  const found = contrastOf(one, other)
  expect(found === undefined ? undefined : Math.round(found * 100) / 100).toBe(contrast)
})

it('Nine in the morning in New York is three in the afternoon in Madrid, also over midnight', () => {
  const winter = Date.UTC(2026, 0, 15, 12)
  expect(otherClock('09:00', 'Europe/Madrid', winter)).toEqual({ zone: 'America/New_York', time: '15:00' })
  expect(otherClock('21:30', 'Europe/Madrid', winter)).toEqual({ zone: 'America/New_York', time: '03:30' })
  expect(otherClock('09:00', 'America/New_York', winter)).toEqual({ zone: 'Europe/Madrid', time: '03:00' })
  expect(otherClock('nine', 'UTC', winter)).toBeUndefined()
})

it('A warm-up of 50 that doubles reaches 50,000 on its eleventh day', () => {
  expect(warmUpDays({ first: 50, growth: 2, until: 50_000 })).toBe(11)
  expect(warmUpDays({ first: 50, growth: 2, until: 50 })).toBe(1)
})
