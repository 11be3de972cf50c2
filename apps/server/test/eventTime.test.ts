import { describe, expect, it } from 'vitest'
import { eventTime } from '../src/ingest/eventTime.ts'
import { parseInstant } from '../src/ingest/parseInstant.ts'

const RECEIVED = Date.UTC(2026, 5, 1, 12)
const at = (offset: number) => new Date(RECEIVED + offset).toISOString()
const HOUR = 3_600_000

describe('the time of an event', () => {
  it.each([
    ['is now when nothing is said', {}, RECEIVED],
    ['is now when null is said', { timestamp: null, sentAt: null }, RECEIVED],
    ['is now when nothing is said, in an empty text', { timestamp: '', originalTimestamp: '' }, RECEIVED],
    [
      'is the timestamp when nothing is known of the client’s clock',
      { timestamp: at(-HOUR) },
      RECEIVED - HOUR,
    ],
    [
      'is the timestamp when the client’s clock is right but for the way here',
      { timestamp: at(-HOUR), sentAt: at(-900) },
      RECEIVED - HOUR,
    ],
    [
      'is corrected when the client’s clock is an hour behind',
      { timestamp: at(-2 * HOUR), sentAt: at(-HOUR) },
      RECEIVED - HOUR,
    ],
    [
      'is corrected when the client’s clock is a day ahead',
      { timestamp: at(24 * HOUR - 5_000), sentAt: at(24 * HOUR) },
      RECEIVED - 5_000,
    ],
    [
      'is corrected by a sentAt in epoch seconds',
      { timestamp: at(-2 * HOUR), sentAt: (RECEIVED - HOUR) / 1_000 },
      RECEIVED - HOUR,
    ],
    ['is clamped to now when it lies in the future', { timestamp: at(HOUR) }, RECEIVED],
    ['may be any past', { timestamp: '1997-01-01T00:00:00.000Z', sentAt: at(0) }, Date.UTC(1997, 0, 1)],
    ['ignores a sentAt that is no date', { timestamp: at(-HOUR), sentAt: 'soon' }, RECEIVED - HOUR],
    ['is refused when it is no date', { timestamp: 'yesterday' }, undefined],
    [
      'is never before the year 1, however old and however corrected',
      { timestamp: -8.64e15, sentAt: at(24 * HOUR) },
      Date.parse('0001-01-01T00:00:00Z'),
    ],
    [
      'is the originalTimestamp, corrected, where there is no other, as RudderStack’s clients send it',
      { originalTimestamp: at(-2 * HOUR), sentAt: at(-HOUR) },
      RECEIVED - HOUR,
    ],
    [
      'is a timestamp beside another originalTimestamp as it is: somebody has corrected or back-dated it',
      { timestamp: at(-24 * HOUR), originalTimestamp: at(-2 * HOUR), sentAt: at(-HOUR) },
      RECEIVED - 24 * HOUR,
    ],
    [
      'is corrected where timestamp and originalTimestamp say the same',
      { timestamp: at(-2 * HOUR), originalTimestamp: at(-2 * HOUR), sentAt: at(-HOUR) },
      RECEIVED - HOUR,
    ],
  ])('%s', (_name, stated, expected) => {
    expect(eventTime(stated, RECEIVED)).toBe(expected)
  })
})

describe('a point in time', () => {
  const noon = Date.UTC(2026, 0, 15, 12)
  it.each([
    ['JavaScript, Kotlin, Swift, Java', '2026-01-15T12:00:00.000Z', noon],
    ['Ruby and PHP, without fractions', '2026-01-15T13:00:00+01:00', noon],
    ['Python, in microseconds', '2026-01-15T12:00:00.123456+00:00', noon + 123],
    ['Python, as text', '2026-01-15 12:00:00.123456+00:00', noon + 123],
    ['Python, a date', '2026-01-15', noon - 12 * HOUR],
    ['Python, without a zone', '2026-01-15T12:00:00.123456', noon + 123],
    ['PHP, with a tenth of a second', '2026-01-15T12:00:00.1+00:00', noon + 100],
    ['.NET, in ticks', '2026-01-15T14:00:00.1234567+02:00', noon + 123],
    ['.NET, in ticks of UTC', '2026-01-15T12:00:00.9999999Z', noon + 999],
    ['Go, in nanoseconds', '2026-01-15T12:00:00.123456789Z', noon + 123],
    ['Go, its zero time', '0001-01-01T00:00:00Z', -62_135_596_800_000],
    ['Dart, local and so without a zone', '2026-01-15T12:00:00.000', noon],
    ['Swift, an offset without colon', '2026-01-15T14:00:00.000+0200', noon],
    ['PostgreSQL', '2026-01-15 15:30:00.123+03:30', noon + 123],
    ['PostgreSQL, an offset of hours', '2026-01-15 12:00:00.123+00', noon + 123],
    ['MySQL', '2026-01-15 12:00:00', noon],
    ['Ruby, Time as text', '2026-01-15 13:00:00 +0100', noon],
    ['Rails, as text', '2026-01-15 12:00:00 UTC', noon],
    ['minutes only', '2026-01-15T12:00Z', noon],
    ['small letters', '2026-01-15t12:00:00z', noon],
    ['white space around', ' 2026-01-15T12:00:00Z\n', noon],
    ['a comma, as ISO 8601 prefers', '2026-01-15T12:00:00,5Z', noon + 500],
    ['the basic format', '20260115T120000Z', noon],
    ['the basic format with fractions', '20260115T140000.250+0200', noon + 250],
    ['mails', 'Thu, 15 Jan 2026 13:00:00 +0100', noon],
    ['HTTP', 'Thu, 15 Jan 2026 12:00:00 GMT', noon],
    ['milliseconds', noon, noon],
    ['milliseconds as text', String(noon), noon],
    ['seconds', noon / 1_000, noon],
    ['seconds as text, as Java writes an Instant', String(noon / 1_000), noon],
    ['seconds with a fraction', noon / 1_000 + 0.5, noon + 500],
    ['seconds with a fraction as text', `${noon / 1_000}.25`, noon + 250],
    ['before 1970', '1955-03-04', Date.UTC(1955, 2, 4)],
    ['before 1970, in seconds', -86_400, -86_400_000],
    ['1970', 0, 0],
    ['a leap day', '2024-02-29', Date.UTC(2024, 1, 29)],
    ['a leap second', '2016-12-31T23:59:60Z', Date.UTC(2017, 0, 1)],
    ['the end of a day', '2026-01-14T24:00:00Z', noon - 12 * HOUR],
    ['a year of six digits', '-000001-01-01T00:00:00.000Z', -62_198_755_200_000],
  ])('is read as %s writes it: %s', (_client, text, expected) => {
    expect(parseInstant(text)).toBe(expected)
  })

  it.each([
    'yesterday',
    '',
    'Order 5',
    '5',
    '2026',
    '20260115',
    '2026-13-01',
    '2026-02-30',
    '2025-02-29',
    '0000-00-00 00:00:00',
    '2026-01-15T25:00:00Z',
    '2026-01-15T24:00:01Z',
    '2026-01-15T12:60:00Z',
    '2026-01-15T12:00:00+24:00',
    '2026-01-15T12:00:00 CEST',
    '2026-01-15T12:00:00Z; drop',
    '01/15/2026',
    '99999999999999999999',
    9e15,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    true,
    null,
    undefined,
    {},
    [2026],
  ])('is not %s', (value) => {
    expect(parseInstant(value)).toBeUndefined()
  })
})
