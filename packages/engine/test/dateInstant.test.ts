import { describe, expect, it } from 'vitest'
import { dateInstant } from '../src/journeys/dateInstant.ts'

const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z')

const WARSAW = 'Europe/Warsaw'
const NEW_YORK = 'America/New_York'

describe('the day that a trait names', () => {
  it.each<[text: string, after: string, expected: string | null]>([
    ['1990-05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['--05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    [' 05-17 ', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['05-17', '2026-05-17T06:59Z', '2026-05-17T07:00Z'],
    // At that very instant it is over: nobody is congratulated twice.
    ['05-17', '2026-05-17T07:00Z', '2027-05-17T07:00Z'],
    ['2030-05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['0001-05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['12-31', '2026-12-31T22:59Z', '2027-12-31T08:00Z'],
    ['01-01', '2026-12-31T22:59Z', '2027-01-01T08:00Z'],
    ['1992-02-29', '2026-01-01T00:00Z', '2026-02-28T08:00Z'],
    ['02-29', '2027-12-01T00:00Z', '2028-02-29T08:00Z'],
    ['02-29', '2099-12-01T00:00Z', '2100-02-28T08:00Z'],
    ['02-28', '2027-12-01T00:00Z', '2028-02-28T08:00Z'],
    ['1990-02-29', '2026-01-01T00:00Z', null],
    ['02-30', '2026-01-01T00:00Z', null],
    ['13-01', '2026-01-01T00:00Z', null],
    ['00-10', '2026-01-01T00:00Z', null],
    ['17.05.1990', '2026-01-01T00:00Z', null],
    ['1990-5-17', '2026-01-01T00:00Z', null],
    ['soon', '2026-01-01T00:00Z', null],
    ['', '2026-01-01T00:00Z', null],
    // The clocks go forward on that day.
    ['03-29', '2026-01-01T00:00Z', '2026-03-29T07:00Z'],
    ['10-25', '2026-01-01T00:00Z', '2026-10-25T08:00Z'],
  ])('comes every year: %j after %s', (text, after, expected) => {
    expect(iso(dateInstant(text, true, WARSAW, 0, '09:00', Date.parse(after)))).toBe(expected)
  })

  it.each<[text: string, after: string, expected: string | null]>([
    ['2026-05-17', '2026-01-01T00:00Z', '2026-05-17T07:00Z'],
    ['2026-05-17', '2026-05-17T06:59Z', '2026-05-17T07:00Z'],
    ['2026-05-17', '2026-05-17T07:00Z', null],
    ['1990-05-17', '2026-01-01T00:00Z', null],
    ['0001-01-01', '2026-01-01T00:00Z', null],
    ['9999-12-31', '2026-01-01T00:00Z', '9999-12-31T08:00Z'],
    ['05-17', '2026-01-01T00:00Z', null],
    ['2026-02-29', '2026-01-01T00:00Z', null],
  ])('comes once: %j after %s', (text, after, expected) => {
    expect(iso(dateInstant(text, false, WARSAW, 0, '09:00', Date.parse(after)))).toBe(expected)
  })

  it.each<[text: string, zone: string, expected: string | null]>([
    // A midnight is how programs write a whole day: nobody's birthday is the day before because of where they live.
    ['2026-05-17T00:00:00.000Z', NEW_YORK, '2026-05-17T13:00Z'],
    ['2026-05-17T00:00:00Z', WARSAW, '2026-05-17T07:00Z'],
    ['2026-05-17T00:00:00+02:00', NEW_YORK, '2026-05-17T13:00Z'],
    ['2026-05-17T00:00', NEW_YORK, '2026-05-17T13:00Z'],
    // Another time of day is an instant: it is a day where the customer is.
    ['2026-05-17T23:30:00Z', WARSAW, '2026-05-18T07:00Z'],
    ['2026-05-17T02:00:00Z', NEW_YORK, '2026-05-16T13:00Z'],
    ['2026-05-16T22:00:00.000Z', WARSAW, '2026-05-17T07:00Z'],
    ['2026-05-17 23:30:00+02:00', WARSAW, '2026-05-17T07:00Z'],
    // Without a zone it is what the customer's clock shows.
    ['2026-05-17T23:30:00', NEW_YORK, '2026-05-17T13:00Z'],
    ['2026-05-17T25:30:00Z', WARSAW, null],
    ['2026-02-30T12:00:00', WARSAW, null],
    ['2026-05-17T', WARSAW, null],
  ])('is read from an instant: %j in %s', (text, zone, expected) => {
    const after = Date.parse('2026-01-01T00:00Z')
    expect(iso(dateInstant(text, false, zone, 0, '09:00', after))).toBe(expected)
  })

  it.each<[text: string, days: number, after: string, expected: string]>([
    ['05-17', -7, '2026-01-01T00:00Z', '2026-05-10T07:00Z'],
    ['05-17', 7, '2026-01-01T00:00Z', '2026-05-24T07:00Z'],
    ['05-17', 7, '2026-05-20T00:00Z', '2026-05-24T07:00Z'],
    ['01-03', -7, '2026-12-01T00:00Z', '2026-12-27T08:00Z'],
    ['01-03', -365, '2026-01-01T00:00Z', '2026-01-03T08:00Z'],
    ['12-28', 7, '2027-01-02T00:00Z', '2027-01-04T08:00Z'],
    ['12-28', 365, '2027-01-02T00:00Z', '2027-12-28T08:00Z'],
    // Seven days before are seven days of the calendar, whatever the clocks do between.
    ['04-02', -7, '2026-03-01T00:00Z', '2026-03-26T08:00Z'],
    // A 29th of February that is on the 28th is so before it is counted from.
    ['02-29', 1, '2026-01-01T00:00Z', '2026-03-01T08:00Z'],
  ])('%j moved by %s days, after %s', (text, days, after, expected) => {
    expect(iso(dateInstant(text, true, WARSAW, days, '09:00', Date.parse(after)))).toBe(expected)
  })

  it.each<[zone: string, expected: string]>([
    ['Asia/Tokyo', '2026-05-17T00:00Z'],
    [NEW_YORK, '2026-05-17T13:00Z'],
    ['Australia/Lord_Howe', '2026-05-16T22:30Z'],
  ])('comes when it is nine in %s', (zone, expected) => {
    const after = Date.parse('2026-01-01T00:00Z')
    expect(iso(dateInstant('05-17', true, zone, 0, '09:00', after))).toBe(expected)
  })
})
