import { describe, expect, it } from 'vitest'
import { CAP_MEMORY, capUntil, FrequencyCapSchema, type FrequencyCap } from '../src/frequencyCap.ts'

const DAY = 86_400_000

describe('the frequency cap', () => {
  it.each<[sentence: string, sentAt: number[], cap: FrequencyCap, expected: number]>([
    ['lets the first pass', [], { perDay: 1, perWeek: 1 }, -Infinity],
    ['lets all pass that has no limits', [0, 0, 0], { perDay: null, perWeek: null }, -Infinity],
    ['lets the second pass a day after the first', [5], { perDay: 1, perWeek: null }, DAY + 5],
    ['lets the third pass a day after the first', [5, 9], { perDay: 2, perWeek: null }, DAY + 5],
    ['counts only the latest', [1, 2, 5, 9], { perDay: 2, perWeek: null }, DAY + 5],
    [
      'counts a week from the first of as many as are allowed',
      [5, 9],
      { perDay: null, perWeek: 2 },
      7 * DAY + 5,
    ],
    ['is both limits together', [5, 9, 12], { perDay: 1, perWeek: 3 }, 7 * DAY + 5],
    ['is the day where that is later', [5, 7 * DAY], { perDay: 1, perWeek: 2 }, 8 * DAY],
  ])('%s', (_sentence, sentAt, cap, expected) => {
    expect(capUntil(sentAt, cap)).toBe(expected)
  })

  it('asks for no mail that is older than its longest limit', () => {
    const old = [0, 1, 2]
    expect(capUntil(old, { perDay: 1, perWeek: 3 })).toBeLessThanOrEqual(CAP_MEMORY)
  })

  it.each<[given: unknown, expected: FrequencyCap | null]>([
    [{ perDay: 1 }, { perDay: 1, perWeek: null }],
    [{ perWeek: 3 }, { perDay: null, perWeek: 3 }],
    [{}, { perDay: null, perWeek: null }],
    [{ perDay: 0 }, null],
    [{ perDay: -1 }, null],
    [{ perDay: 1.5 }, null],
    [{ perDay: '1' }, null],
    [{ perWeek: 100_000 }, null],
  ])('is set as %j', (given, expected) => {
    expect(FrequencyCapSchema.safeParse(given).data ?? null).toEqual(expected)
  })
})
