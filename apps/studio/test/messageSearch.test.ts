import { expect, it } from 'vitest'
import { dayStart } from '../src/pages/messages/dayStart.ts'
import { countFilters, queryOf, readMessageSearch } from '../src/pages/messages/messageSearch.ts'

it.each([
  ['2026-01-15', 'UTC', 0, '2026-01-15T00:00:00.000Z'],
  ['2026-01-15', 'Europe/Madrid', 0, '2026-01-14T23:00:00.000Z'],
  // Clocks are put forward in the night of the 29th, and back in that of the 25th.
  ['2026-03-29', 'Europe/Madrid', 0, '2026-03-28T23:00:00.000Z'],
  ['2026-03-29', 'Europe/Madrid', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Warsaw', 0, '2026-10-24T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Warsaw', 1, '2026-10-25T23:00:00.000Z'],
  ['2026-12-31', 'America/New_York', 1, '2027-01-01T05:00:00.000Z'],
  ['2026-06-01', 'Asia/Kathmandu', 0, '2026-05-31T18:15:00.000Z'],
] as const)('The day %s begins in %s, %i days later, at %s', (date, timeZone, later, expected) => {
  expect(dayStart(date, timeZone, later)).toBe(expected)
})

it('reads of an address what it knows, and asks the server for whole days', () => {
  const search = readMessageSearch({
    state: 'failed',
    purpose: 'spam',
    to: 12,
    template: ' ',
    from: '2026-03-01',
    until: 'soon',
    other: 'x',
  })
  expect(search).toEqual({ state: 'failed', to: '12', from: '2026-03-01' })
  expect(countFilters(search)).toBe(2)
  expect(queryOf({ ...search, until: '2026-03-01' }, 'UTC')).toEqual({
    state: 'failed',
    to: '12',
    from: '2026-03-01T00:00:00.000Z',
    until: '2026-03-02T00:00:00.000Z',
  })
})
