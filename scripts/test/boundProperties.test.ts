import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endingAfter } from '../support/endingAfter.ts'

const plugins = [endingAfter(5)]

it('a property that goes on and on is ended, and has failed', () => {
  const endless = fc.property(fc.nat(), () => true)
  expect(() => fc.assert(endless, { numRuns: Number.MAX_SAFE_INTEGER, plugins })).toThrow('interrupted')
})

it('so is making the example of a failure smaller, which tells the seed', () => {
  // Smaller and smaller for as long as it may.
  const bottomless = fc.property(fc.bigInt({ min: 0n, max: 10n ** 4_000n }), (number) => number < 0n)
  expect(() => fc.assert(bottomless, { seed: 7, plugins })).toThrow('seed: 7')
})

it('every test is bound so, however many files its process has', () => {
  expect(globalThis.arePropertiesBound).toBe(true)
})
