import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quietUntil } from '../src/quietHours.ts'
import { check, runs, seed } from './support/histories.ts'
import { clockIn, ZONES } from './support/clocks.ts'

const NIGHT = { from: '21:00', to: '09:00' }
const SIESTA = { from: '14:00', to: '16:30' }

const iso = (instant: number | null) =>
  instant === null ? null : new Date(instant).toISOString().replace(':00.000Z', 'Z')

describe('quiet hours', () => {
  it.each<[sentence: string, at: string, zone: string, hours: typeof NIGHT, expected: string | null]>([
    ['begin at their first minute', '2026-07-01T19:00Z', 'Europe/Warsaw', NIGHT, '2026-07-02T07:00Z'],
    ['are not a minute before', '2026-07-01T18:59Z', 'Europe/Warsaw', NIGHT, null],
    ['go on after midnight', '2026-07-01T22:30Z', 'Europe/Warsaw', NIGHT, '2026-07-02T07:00Z'],
    [
      'last until the minute before their end',
      '2026-07-02T06:59Z',
      'Europe/Warsaw',
      NIGHT,
      '2026-07-02T07:00Z',
    ],
    ['are over at their end', '2026-07-02T07:00Z', 'Europe/Warsaw', NIGHT, null],
    ['go by the customer’s clock', '2026-07-01T19:00Z', 'America/New_York', NIGHT, null],
    ['may lie within a day', '2026-07-01T12:00Z', 'Europe/Warsaw', SIESTA, '2026-07-01T14:30Z'],
    ['are over the same day', '2026-07-01T14:30Z', 'Europe/Warsaw', SIESTA, null],
    ['have not begun in the morning', '2026-07-01T11:59Z', 'Europe/Warsaw', SIESTA, null],
    [
      'are never where they end as they begin',
      '2026-07-01T00:00Z',
      'UTC',
      { from: '00:00', to: '00:00' },
      null,
    ],
    ['are never, at any hour of that', '2026-07-01T12:00Z', 'UTC', { from: '09:00', to: '09:00' }, null],

    [
      'are an hour shorter in the night of spring',
      '2026-03-28T20:00Z',
      'Europe/Warsaw',
      NIGHT,
      '2026-03-29T07:00Z',
    ],
    [
      'are an hour longer in the night of autumn',
      '2026-10-24T19:00Z',
      'Europe/Warsaw',
      NIGHT,
      '2026-10-25T08:00Z',
    ],
    [
      'end when the clocks jump over their end',
      '2026-03-29T00:50Z',
      'Europe/Warsaw',
      { from: '21:00', to: '02:30' },
      '2026-03-29T01:00Z',
    ],
    [
      'end first before the clocks go back',
      '2026-10-25T00:10Z',
      'Europe/Warsaw',
      { from: '21:00', to: '02:30' },
      '2026-10-25T00:30Z',
    ],
    [
      'end again after the clocks went back',
      '2026-10-25T01:10Z',
      'Europe/Warsaw',
      { from: '21:00', to: '02:30' },
      '2026-10-25T01:30Z',
    ],
    [
      'that the clocks jump over are none',
      '2026-03-29T01:00Z',
      'Europe/Warsaw',
      { from: '02:00', to: '03:00' },
      null,
    ],
    [
      'shrink by Lord Howe’s half hour',
      '2026-10-03T12:00Z',
      'Australia/Lord_Howe',
      NIGHT,
      '2026-10-03T22:00Z',
    ],
    ['grow by Lord Howe’s half hour', '2026-04-04T12:00Z', 'Australia/Lord_Howe', NIGHT, '2026-04-04T22:30Z'],
    ['are the same all year in Tokyo', '2026-03-28T20:00Z', 'Asia/Tokyo', NIGHT, '2026-03-29T00:00Z'],
  ])('%s: %s in %s, %j', (_sentence, at, zone, hours, expected) => {
    expect(iso(quietUntil(Date.parse(at), zone, hours))).toBe(expected)
  })

  it(`end at the first minute at which clocks show another time (seed ${seed}, ${runs} runs)`, () => {
    const time = fc
      .integer({ min: 0, max: 95 })
      .map((quarter) => new Date(quarter * 900_000).toISOString().slice(11, 16))
    const instant = fc.integer({ min: Date.UTC(2000, 0, 1) / 60_000, max: Date.UTC(2040, 0, 1) / 60_000 })
    check(
      fc.property(instant, fc.constantFrom(...ZONES), time, time, (minute, zone, from, to) => {
        const isQuiet = (at: number) => {
          const { time: shown } = clockIn(at, zone)
          return from <= to ? shown >= from && shown < to : shown >= from || shown < to
        }
        let end = minute * 60_000
        while (isQuiet(end)) end += 60_000
        expect(quietUntil(minute * 60_000, zone, { from, to })).toBe(end === minute * 60_000 ? null : end)
      }),
    )
  })
})
