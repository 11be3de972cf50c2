import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { FEWEST_RFM_BUYERS, nextRfmAt, rfmLines, rfmOf, type RfmGroup } from '../src/rfm.ts'
import { SettingsSchema } from '../src/settings.ts'
import { check, runs, seed } from './support/histories.ts'
import { DAY, START } from './support/inputs.ts'

const lines = {
  buyers: 300,
  frequency: { middle: 2, top: 4 },
  monetary: { middle: 5_000, top: 20_000 },
}
const { rfm: recency } = SettingsSchema.parse({})
/** Days since the last order, orders and spend that make each score. */
const RECENCY = { 1: 400, 2: 200, 3: 10 }
const FREQUENCY = { 1: 1, 2: 2, 3: 4 }
const MONETARY = { 1: 4_999, 2: 5_000, 3: 20_000 }
type Score = 1 | 2 | 3

describe('the RFM group', () => {
  it.each<[RfmGroup, string]>([
    ['champions', '333'],
    ['champions', '332'],
    ['champions', '323'],
    ['loyal', '321'],
    ['loyal', '322'],
    ['loyal', '331'],
    ['loyal', '232'],
    ['loyal', '233'],
    ['recent', '311'],
    ['recent', '312'],
    ['recent', '313'],
    ['recent', '222'],
    ['recent', '223'],
    ['needsAttention', '213'],
    ['needsAttention', '221'],
    ['needsAttention', '123'],
    ['needsAttention', '132'],
    ['needsAttention', '133'],
    ['atRisk', '231'],
    ['atRisk', '212'],
    ['atRisk', '122'],
    ['atRisk', '131'],
    ['atRisk', '211'],
    ['inactive', '111'],
    ['inactive', '112'],
    ['inactive', '113'],
    ['inactive', '121'],
  ])('%s is that of %s', (group, scores) => {
    const [r, f, m] = scores.split('').map(Number) as [Score, Score, Score]
    const lastAt = START - RECENCY[r] * DAY
    expect(rfmOf({ positive: FREQUENCY[f], lastAt, spend: MONETARY[m] }, lines, recency, START)).toEqual({
      scores,
      group,
    })
  })

  it.each([
    [0, '3'],
    [180 * DAY, '3'],
    [180 * DAY + 1, '2'],
    [365 * DAY, '2'],
    [365 * DAY + 1, '1'],
    [5_000 * DAY, '1'],
  ])('looks at recency: %i ms make %s', (since, score) => {
    const facts = { positive: 1, lastAt: START, spend: 1 }
    expect(rfmOf(facts, lines, recency, START + since)?.scores[0]).toBe(score)
  })

  it('is none without an order of a positive value, or where the shop has too few buyers', () => {
    expect(rfmOf({ positive: 0, lastAt: START, spend: 0 }, lines, recency, START)).toBeNull()
    expect(rfmOf({ positive: 0, lastAt: null, spend: 0 }, lines, recency, START)).toBeNull()
    expect(rfmOf({ positive: 1, lastAt: START, spend: 1 }, null, recency, START)).toBeNull()
  })
})

describe('the passing of time changes the RFM score', () => {
  it.each<[figures: { positive: number; lastAt: number | null }, at: number, next: number | null]>([
    [{ positive: 1, lastAt: START }, START, START + 180 * DAY + 1],
    [{ positive: 1, lastAt: START }, START + 180 * DAY, START + 180 * DAY + 1],
    [{ positive: 1, lastAt: START }, START + 180 * DAY + 1, START + 365 * DAY + 1],
    [{ positive: 1, lastAt: START }, START + 365 * DAY + 1, null],
    [{ positive: 0, lastAt: START }, START, null],
    [{ positive: 0, lastAt: null }, START, null],
  ])('of %j at %i next at %j', (figures, at, next) => {
    expect(nextRfmAt(figures, recency, at)).toBe(next)
  })

  it(`then and not before (seed ${seed}, ${runs} runs)`, () => {
    check(
      fc.property(fc.integer({ min: 0, max: 500 * DAY }), (since) => {
        const facts = { positive: 1, lastAt: START, spend: 1 }
        const scoresAt = (at: number) => rfmOf(facts, lines, recency, at)?.scores
        const next = nextRfmAt(facts, recency, START + since)
        if (next === null) {
          expect(scoresAt(START + 50_000 * DAY)).toBe(scoresAt(START + since))
        } else {
          expect(scoresAt(next - 1)).toBe(scoresAt(START + since))
          expect(scoresAt(next)).not.toBe(scoresAt(START + since))
        }
      }),
    )
  })
})

describe('the RFM lines', () => {
  const buyers = (positives: number[], spends: number[] = positives.map((_, index) => index + 1)) =>
    positives.map((positive, index) => ({ positive, spend: spends[index] as number }))
  const many = (counts: Record<number, number>) =>
    Object.entries(counts).flatMap(([value, count]) => Array.from({ length: count }, () => Number(value)))

  it('are at the thirds', () => {
    expect(rfmLines(buyers(Array.from({ length: 30 }, (_, index) => index + 1)))).toEqual({
      buyers: 30,
      frequency: { middle: 11, top: 21 },
      monetary: { middle: 11, top: 21 },
    })
  })

  it.each<[string, counts: Record<number, number>, middle: number, top: number]>([
    ['two thirds ordered once', { 1: 60, 2: 20, 3: 20 }, 2, 3],
    ['more than two thirds ordered once: the others are the top', { 1: 80, 2: 15, 3: 5 }, 2, 2],
    ['all ordered equally often', { 1: 90 }, 2, 2],
    ['few ordered once', { 1: 10, 2: 60, 3: 30 }, 3, 3],
  ])('never divide equals: %s', (_, counts, middle, top) => {
    expect(rfmLines(buyers(many(counts)))?.frequency).toEqual({ middle, top })
  })

  it(`need ${FEWEST_RFM_BUYERS} buyers with an order of a positive value`, () => {
    const thirty = buyers(Array.from({ length: 30 }, (_, index) => index + 1))
    expect(rfmLines(thirty.slice(1))).toBeNull()
    expect(rfmLines([...thirty.slice(1), { positive: 0, spend: 0 }])).toBeNull()
    expect(rfmLines([...thirty, { positive: 0, spend: 0 }])?.buyers).toBe(30)
  })

  it(`give at most a third the best score, and equal buyers equal ones (seed ${seed}, ${runs} runs)`, () => {
    const arbitraryBuyers = fc.array(
      fc.record({ positive: fc.integer({ min: 1, max: 6 }), spend: fc.integer({ min: 0, max: 20 }) }),
      { minLength: 30, maxLength: 90 },
    )
    check(
      fc.property(arbitraryBuyers, (population) => {
        const drawn = rfmLines(population)
        for (const [index, key] of [
          [1, 'positive'],
          [2, 'spend'],
        ] as const) {
          const scored = population.map((one) => ({
            value: one[key],
            score: Number(rfmOf({ ...one, lastAt: START }, drawn, recency, START)?.scores[index]),
          }))
          const share = (score: number) =>
            scored.filter((one) => one.score >= score).length / population.length
          expect(share(3)).toBeLessThanOrEqual(1 / 3)
          expect(share(2)).toBeLessThanOrEqual(2 / 3)
          const ranked = scored.toSorted((one, other) => one.value - other.value || one.score - other.score)
          const ascending = scored.map(({ score }) => score).toSorted((one, other) => one - other)
          expect(ranked.map(({ score }) => score)).toEqual(ascending)
          const scoresOf = new Set(scored.map(({ value, score }) => `${value}: ${score}`))
          expect(scoresOf.size).toBe(new Set(scored.map(({ value }) => value)).size)
        }
      }),
    )
  })
})
