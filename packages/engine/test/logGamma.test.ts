import { describe, expect, it } from 'vitest'
import { logGamma } from '../src/prediction/logGamma.ts'

describe('the logarithm of the gamma function', () => {
  it.each([
    [0.001, 6.907178885383854],
    [0.1, 2.252712651734206],
    [0.5, 0.5 * Math.log(Math.PI)],
    [1, 0],
    [2, 0],
    [3.7, 1.4280723266653883],
    [5, Math.log(24)],
    [9.99, 12.779315214350197],
    [10.5, 13.940625219403763],
    [100, 359.1342053695754],
    [100_000, 1051287.7089736566],
  ])('of %d is %d', (value, expected) => {
    expect(Math.abs(logGamma(value) - expected)).toBeLessThan(1e-13 * Math.max(1, expected))
  })

  it('grows by the logarithm of the argument from one to the next', () => {
    for (let value = 0.05; value < 40; value += 0.37) {
      expect(logGamma(value + 1) - logGamma(value)).toBeCloseTo(Math.log(value), 11)
    }
  })
})
