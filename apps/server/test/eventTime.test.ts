import { describe, expect, it } from 'vitest'
import { eventTime } from '../src/ingest/eventTime.ts'

const RECEIVED = Date.UTC(2026, 5, 1, 12)
const at = (offset: number) => new Date(RECEIVED + offset).toISOString()
const HOUR = 3_600_000

describe('the time of an event', () => {
  it.each([
    ['is now when nothing is said', undefined, undefined, RECEIVED],
    ['is now when null is said', null, null, RECEIVED],
    ['is the timestamp when nothing is known of the client’s clock', at(-HOUR), undefined, RECEIVED - HOUR],
    [
      'is the timestamp when the client’s clock is right but for the way here',
      at(-HOUR),
      at(-900),
      RECEIVED - HOUR,
    ],
    ['is corrected when the client’s clock is an hour behind', at(-2 * HOUR), at(-HOUR), RECEIVED - HOUR],
    [
      'is corrected when the client’s clock is a day ahead',
      at(24 * HOUR - 5_000),
      at(24 * HOUR),
      RECEIVED - 5_000,
    ],
    ['is clamped to now when it lies in the future', at(HOUR), undefined, RECEIVED],
    ['may be any past', '1997-01-01T00:00:00.000Z', at(0), Date.UTC(1997, 0, 1)],
    ['may be before 1970', '1955-03-04', undefined, Date.UTC(1955, 2, 4)],
    ['may be epoch milliseconds', RECEIVED - 5, undefined, RECEIVED - 5],
    ['may carry an offset', '2026-06-01T13:00:00+02:00', undefined, RECEIVED - HOUR],
    ['ignores a sentAt that is no date', at(-HOUR), 'soon', RECEIVED - HOUR],
    ['is refused when it is no date', 'yesterday', undefined, undefined],
    ['is refused beyond the range of dates', 9e15, undefined, undefined],
    ['is corrected within the range of dates', -8.64e15, at(24 * HOUR), -8.64e15],
  ])('%s', (_name, timestamp, sentAt, expected) => {
    expect(eventTime(timestamp, sentAt, RECEIVED)).toBe(expected)
  })
})
