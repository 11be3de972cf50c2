import fc from 'fast-check'
import type { Population, RulesVersion, Settings } from '../../src/index.ts'
import { BEGINNING, SettingsSchema } from '../../src/index.ts'
import { DAY, START } from './inputs.ts'

/** A population in which gaps of all lengths up to twice the median are as frequent; p75 and p95 follow from that. */
export function population(medianDays: number, more: Partial<Population> = {}): Population {
  const percentiles = Array.from({ length: 99 }, (_, index) => ((index + 1) / 50) * medianDays * DAY)
  return {
    buyers: 1_000,
    at: START,
    gaps: { gaps: 500, openGaps: 1_000, returning: 0.5, basis: 'returning', percentiles, curve: [] },
    vipLine: null,
    rfm: null,
    fit: null,
    ...more,
  }
}

const base = (settings: Parameters<typeof SettingsSchema.parse>[0]): Settings =>
  SettingsSchema.parse({ currency: 'EUR', ...(settings as object) })

/** Versions by the day from which they are valid; the first one, of before any, has no population. */
export const versions = (...later: [day: number, population: Population | null, settings?: object][]) =>
  [
    { number: 1, from: BEGINNING, settings: base({}), population: null },
    ...later.map(([day, found, settings], index) => ({
      number: index + 2,
      from: START + day * DAY,
      settings: base(settings ?? {}),
      population: found,
    })),
  ] satisfies RulesVersion[]

const arbitraryPopulation = fc
  .record({
    median: fc.constantFrom(5, 20, 40, 41, 100),
    vipLine: fc.constantFrom(null, 2_000, 90_000),
    middle: fc.constantFrom(null, 1, 2, 3),
  })
  .map(({ median, vipLine, middle }) => {
    const lines = middle === null ? null : { middle, top: middle + 1 }
    const rfm = lines && { buyers: 90, frequency: lines, monetary: { middle: 500, top: 2_000 } }
    return population(median, { vipLine, rfm })
  })

/** A few versions of the rules, on days on which something may happen as well. */
export const arbitraryVersions = fc
  .uniqueArray(
    fc.record({
      day: fc.integer({ min: 1, max: 620 }),
      population: fc.option(arbitraryPopulation),
      settings: fc.constantFrom({}, { engagement: { warmFor: 10 * DAY } }, { gaps: { mode: 'fixed' } }),
    }),
    { maxLength: 4, selector: ({ day }) => day },
  )
  .map((drawn) =>
    versions(
      ...drawn
        .toSorted((one, other) => one.day - other.day)
        .map(
          ({ day, population: found, settings }) =>
            [day, found, settings] as [number, Population | null, object],
        ),
    ),
  )
