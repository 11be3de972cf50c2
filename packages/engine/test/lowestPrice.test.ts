import { describe, expect, it } from 'vitest'
import { DAY, lowestBefore, reductionOf, type DayPrice } from '@ciclo/engine'

/** `[day, price]` pairs. */
const days = (...told: [number, number][]): DayPrice[] =>
  told.map(([day, price]) => ({ at: day * DAY, price }))

describe('the lowest price of the 30 days before a reduction', () => {
  it.each<[string, DayPrice[], number, number | null]>([
    ['is the price before, where it never was another', days([0, 20], [100, 15]), 15, 20],
    ['is a lower one within the 30 days', days([0, 20], [80, 12], [85, 20], [100, 15]), 15, 12],
    ['is none of before the 30 days', days([0, 10], [50, 20], [100, 15]), 15, 20],
    ['is the one that still held when they began', days([0, 10], [90, 20], [100, 15]), 15, 10],
    [
      'goes back from the first day of a price that is told again',
      days([0, 20], [100, 15], [101, 15], [140, 15]),
      15,
      20,
    ],
    ['is not known of a product that is new', days([100, 15]), 15, null],
    ['is not known without a history', [], 15, null],
    ['may be lower than the price itself', days([0, 20], [90, 9], [95, 20], [100, 15]), 15, 9],
    ['is of all days where the price was never told', days([99, 20], [100, 18]), 15, 18],
  ])('%s', (_name, history, price, expected) => {
    expect(lowestBefore(history, price)).toBe(expected)
  })

  it.each<[string, number | null, { previous: number; lowest: number } | null]>([
    ['is shown where the shop says what it was before', 25, { previous: 25, lowest: 20 }],
    ['is not shown where the shop says of no reduction', null, null],
    ['is not shown where the price has not fallen', 15, null],
  ])('%s', (_name, previous, expected) => {
    expect(reductionOf(days([0, 20], [100, 15]), 15, previous)).toEqual(expected)
  })
})
