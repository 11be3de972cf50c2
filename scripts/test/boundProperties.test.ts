import fc from 'fast-check'
import { expect, it } from 'vitest'
import { endsAfter } from '../support/endsAfter.ts'

it('a property that goes on and on is ended, and has failed', () => {
  const endless = fc.property(fc.nat(), () => true)
  expect(() => fc.assert(endless, { numRuns: Number.MAX_SAFE_INTEGER, ...endsAfter(5) })).toThrow(
    'interrupted',
  )
})

it('so does making the example of a failure smaller, which tells the seed', () => {
  // Smaller and smaller for as long as it may.
  const bottomless = fc.property(fc.bigInt({ min: 0n, max: 10n ** 4_000n }), (number) => number < 0n)
  expect(() => fc.assert(bottomless, { seed: 7, ...endsAfter(5) })).toThrow('seed: 7')
})

it('holds for every test', () => {
  expect(fc.readConfigureGlobal().plugins).toHaveLength(1)
})
