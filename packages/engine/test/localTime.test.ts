import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nextLocalTime, type Weekday } from '../src/journeys/localTime.ts'
import { check, runs, seed } from './support/histories.ts'
import { clockIn, DAY_MS, isSkipped, ZONES } from './support/clocks.ts'

const WARSAW = 'Europe/Warsaw'
const NEW_YORK = 'America/New_York'
const LORD_HOWE = 'Australia/Lord_Howe'
const TOKYO = 'Asia/Tokyo'

const at = (instant: string) => Date.parse(instant)
const iso = (instant: number) => new Date(instant).toISOString().replace(':00.000Z', 'Z')

describe('the next time that clocks show a time of day', () => {
  it.each<[sentence: string, from: string, zone: string, time: string, expected: string]>([
    ['is today', '2026-07-01T05:00Z', WARSAW, '09:00', '2026-07-01T07:00Z'],
    ['is now, at that very minute', '2026-07-01T07:00Z', WARSAW, '09:00', '2026-07-01T07:00Z'],
    ['is tomorrow, a minute later', '2026-07-01T07:01Z', WARSAW, '09:00', '2026-07-02T07:00Z'],
    ['is the customer’s today, not the shop’s', '2026-07-01T23:30Z', TOKYO, '09:00', '2026-07-02T00:00Z'],
    ['is the customer’s day, which ends last', '2026-07-02T03:00Z', NEW_YORK, '23:30', '2026-07-02T03:30Z'],

    // Warsaw, 29 March 2026: 02:00 becomes 03:00.
    ['is an hour of UTC earlier in summer', '2026-03-28T08:30Z', WARSAW, '09:00', '2026-03-29T07:00Z'],
    ['comes after the gap where it is skipped', '2026-03-28T12:00Z', WARSAW, '02:30', '2026-03-29T01:30Z'],
    ['is again itself the day after', '2026-03-29T01:31Z', WARSAW, '02:30', '2026-03-30T00:30Z'],
    // 25 October 2026: 03:00 becomes 02:00.
    ['is an hour of UTC later in winter', '2026-10-24T08:00Z', WARSAW, '09:00', '2026-10-25T08:00Z'],
    ['is the first of the two', '2026-10-24T12:00Z', WARSAW, '02:30', '2026-10-25T00:30Z'],
    ['is not the second, once the first is over', '2026-10-25T00:31Z', WARSAW, '02:30', '2026-10-26T01:30Z'],
    [
      'is not the second, in the hour that comes twice',
      '2026-10-25T01:10Z',
      WARSAW,
      '02:30',
      '2026-10-26T01:30Z',
    ],

    // New York, 8 March 2026 and 1 November 2026.
    ['follows the clocks forward', '2026-03-08T05:00Z', NEW_YORK, '09:00', '2026-03-08T13:00Z'],
    ['comes after the gap, too', '2026-03-08T05:00Z', NEW_YORK, '02:30', '2026-03-08T07:30Z'],
    ['follows the clocks back', '2026-11-01T04:30Z', NEW_YORK, '09:00', '2026-11-01T14:00Z'],
    ['is the first of the two, too', '2026-11-01T04:30Z', NEW_YORK, '01:30', '2026-11-01T05:30Z'],

    // Lord Howe moves its clocks by half an hour: 5 April 2026 back, 4 October 2026 forward.
    ['follows them back by half an hour', '2026-04-04T20:00Z', LORD_HOWE, '09:00', '2026-04-04T22:30Z'],
    [
      'is the first of two within that half hour',
      '2026-04-04T14:00Z',
      LORD_HOWE,
      '01:45',
      '2026-04-04T14:45Z',
    ],
    ['follows them forward by half an hour', '2026-10-03T20:00Z', LORD_HOWE, '09:00', '2026-10-03T22:00Z'],
    [
      'comes half an hour later where it is skipped',
      '2026-10-03T14:00Z',
      LORD_HOWE,
      '02:15',
      '2026-10-03T15:45Z',
    ],

    [
      'is the same all year where nobody moves them',
      '2026-03-29T01:00Z',
      TOKYO,
      '09:00',
      '2026-03-30T00:00Z',
    ],
    [
      'is where it was the next day if a whole day is skipped',
      '2011-12-30T09:30Z',
      'Pacific/Apia',
      '09:00',
      '2011-12-30T19:00Z',
    ],
  ])('%s: from %s in %s, %s', (_sentence, from, zone, time, expected) => {
    expect(iso(nextLocalTime(at(from), zone, time))).toBe(expected)
  })

  it.each<[weekdays: Weekday[], from: string, expected: string]>([
    [['wed'], '2026-07-01T05:00Z', '2026-07-01T07:00Z'],
    [['wed'], '2026-07-01T07:01Z', '2026-07-08T07:00Z'],
    [['tue'], '2026-07-01T05:00Z', '2026-07-07T07:00Z'],
    [['mon', 'fri'], '2026-07-01T05:00Z', '2026-07-03T07:00Z'],
    [['sat', 'sun'], '2026-07-04T07:01Z', '2026-07-05T07:00Z'],
    // Before the epoch, and on the customer's weekday: in Warsaw Thursday has begun.
    [['thu'], '1969-12-31T23:30Z', '1970-01-01T08:00Z'],
    [['mon'], '1965-06-02T12:00Z', '1965-06-07T08:00Z'],
  ])('is on one of the weekdays %j: from %s', (weekdays, from, expected) => {
    expect(iso(nextLocalTime(at(from), WARSAW, '09:00', weekdays))).toBe(expected)
  })

  it(`is that time, once a day, and soon (seed ${seed}, ${runs} runs)`, () => {
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
    const minutes = fc.integer({ min: 0, max: 24 * 60 - 1 })
    check(
      fc.property(instant, fc.constantFrom(...ZONES), minutes, (minute, zone, wished) => {
        const from = minute * 60_000
        const time = new Date(wished * 60_000).toISOString().slice(11, 16)
        const next = nextLocalTime(from, zone, time)
        expect(next).toBeGreaterThanOrEqual(from)
        expect(next - from).toBeLessThanOrEqual(8 * DAY_MS)
        const shown = clockIn(next, zone)
        if (shown.time !== time) expect(isSkipped(shown.date, time, zone)).toBe(true)
        // Nobody is written to twice on one day.
        const following = nextLocalTime(next + 1, zone, time)
        expect(clockIn(following, zone).date > shown.date).toBe(true)
      }),
    )
  })
})
