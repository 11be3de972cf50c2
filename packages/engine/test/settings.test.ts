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
})
