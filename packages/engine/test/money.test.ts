import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { toMinorUnits } from '../src/money.ts'
import { check, runs, seed } from './support/histories.ts'

describe('an amount in minor units', () => {
  it.each<[amount: unknown, currency: string, expected: number | undefined]>([
    [29.97, 'EUR', 2_997],
    ['29.97', 'EUR', 2_997],
    [' 29.97 ', 'EUR', 2_997],
    [0, 'EUR', 0],
    ['0.00', 'EUR', 0],
    [-5.5, 'EUR', -550],
    [1_980, 'JPY', 1_980],
    [1_980.5, 'JPY', 1_981],
    ['19.5', 'KWD', 19_500],
    [1.2345, 'KWD', 1_235],
    [199.5, 'RSD', 19_950],
    [1.5, 'ISK', 2],
    ['1.5', 'IQD', 1_500],
    [12, 'XYZ', 1_200],
    // What multiplying in binary gets wrong, by a cent.
    [1.005, 'EUR', 101],
    [-1.005, 'EUR', -101],
    [1.255, 'EUR', 126],
    [8.345, 'EUR', 835],
    ['10.235', 'EUR', 1_024],
    [0.285, 'EUR', 29],
    [4.35, 'EUR', 435],
    [1.1, 'EUR', 110],
    [19.99, 'EUR', 1_999],
    [1.004999, 'EUR', 100],
    [1e-7, 'EUR', 0],
    [-0.001, 'EUR', 0],
    [-0, 'EUR', 0],
    ['90071992547409.91', 'EUR', 9_007_199_254_740_991],
    // Not amounts.
    ['90071992547409.92', 'EUR', undefined],
    [1e21, 'EUR', undefined],
    [Number.NaN, 'EUR', undefined],
    [Infinity, 'EUR', undefined],
    ['1.234,50', 'EUR', undefined],
    ['1,234.50', 'EUR', undefined],
    ['29,97', 'EUR', undefined],
    ['€29.97', 'EUR', undefined],
    ['1e3', 'EUR', undefined],
    ['0x10', 'EUR', undefined],
    ['29.', 'EUR', undefined],
    ['', 'EUR', undefined],
    [null, 'EUR', undefined],
    [undefined, 'EUR', undefined],
    [true, 'EUR', undefined],
    [[29.97], 'EUR', undefined],
    [{ amount: 29.97 }, 'EUR', undefined],
  ])('of %j %s is %s', (amount, currency, expected) => {
    expect(toMinorUnits(amount, currency)).toBe(expected)
  })

  it(`is exact for whatever has two decimals, as a number or as text (seed ${seed}, ${runs} runs)`, () => {
    // Up to 2^46: beyond, neighbouring numbers are more than a cent apart.
    check(
      fc.property(fc.integer({ min: 0, max: 2 ** 46 * 100 - 1 }), (cents) => {
        const literal = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`
        expect(toMinorUnits(Number(literal), 'EUR')).toBe(cents)
        expect(toMinorUnits(literal, 'EUR')).toBe(cents)
        expect(toMinorUnits(-Number(literal), 'EUR')).toBe(cents === 0 ? 0 : -cents)
      }),
    )
  })
})
