import { describe, expect, it } from 'vitest'
import { SettingsSchema } from '../src/index.ts'

const messageOf = (settings: unknown) => SettingsSchema.safeParse(settings).error?.issues[0]?.message

describe('settings', () => {
  it.each(['EUR', 'USD', 'JPY', 'KWD', 'XOF'])('take the currency %s', (currency) => {
    expect(SettingsSchema.parse({ currency }).currency).toBe(currency)
  })

  // ISO 4217 has XXX, as its code for no currency.
  it.each(['ZZZ', 'XXX', 'QQQ', 'eur', 'EURO', '', 'constructor'])('refuse the currency "%s"', (currency) => {
    expect(messageOf({ currency })).toBe('expected a currency of ISO 4217, such as EUR')
  })

  it.each(['PL', 'AE', 'QA', 'ZA', 'AX', 'ZM', 'WF'])('take the country %s', (country) => {
    const consent = { country, countries: { [country]: ['consent'] } }
    expect(SettingsSchema.parse({ consent }).consent).toMatchObject(consent)
  })

  it.each(['AA', 'QM', 'QZ', 'XA', 'XX', 'XZ', 'ZZ', 'pl', 'POL', ''])(
    'refuse the country "%s"',
    (country) => {
      expect(messageOf({ consent: { country } })).toBe('expected a country of ISO 3166-1, such as PL')
      expect(messageOf({ consent: { countries: { [country]: ['consent'] } } })).toBeDefined()
    },
  )

  it.each([
    [{ gaps: { atRiskPercentile: 0 } }, 'expected a whole percentile from 1 to 99'],
    [{ gaps: { lapsedPercentile: 100 } }, 'expected a whole percentile from 1 to 99'],
    [{ gaps: { atRiskPercentile: 75.5 } }, 'expected a whole percentile from 1 to 99'],
    [{ gaps: { atRiskPercentile: 95 } }, 'expected atRiskPercentile < lapsedPercentile'],
    [{ gaps: { lostFactor: 1 } }, 'expected a factor above 1, such as 2'],
    [{ gaps: { lostFactor: 101 } }, 'expected a factor of at most 100'],
    [{ gaps: { priorWeight: 0 } }, 'expected a number of gaps above 0, such as 3'],
    [{ gaps: { priorWeight: 1_001 } }, 'expected at most 1000 gaps'],
    [{ rfm: { recentFor: 365 * 86_400_000 } }, 'expected recentFor < middleFor'],
    [{ limits: { lost: 36_525 * 86_400_000 + 1 } }, 'expected at most 100 years, in milliseconds'],
    [{ vipShare: 0 }, 'expected a share between 0 and 1, such as 0.1, or null'],
    [{ vipShare: 1 }, 'expected a share between 0 and 1, such as 0.1, or null'],
  ])('refuse %j', (settings, message) => {
    expect(messageOf(settings)).toBe(message)
  })

  it('scale limits with the gap curve, and draw the VIP line at the top tenth, unless told otherwise', () => {
    expect(SettingsSchema.parse({})).toMatchObject({
      gaps: { mode: 'curve', atRiskPercentile: 75, lapsedPercentile: 95, lostFactor: 2, priorWeight: 3 },
      vipShare: 0.1,
    })
    const fixed = { gaps: { mode: 'fixed' }, vipShare: null }
    expect(SettingsSchema.parse(fixed)).toMatchObject(fixed)
  })
})
