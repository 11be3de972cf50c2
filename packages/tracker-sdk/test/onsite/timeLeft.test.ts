import { expect, test } from 'vitest'
import { timeLeft } from '../../src/onsite/timeLeft.ts'

const HOUR = 3_600_000

const cases: [milliseconds: number, locale: string, calm: boolean, expected: string][] = [
  [50 * HOUR, 'en', false, '2 days, 2 hours'],
  [2 * HOUR + 61_000, 'en', false, '2 hours, 1 minute'],
  [HOUR, 'en', false, '1 hour'],
  [61_000, 'en', false, '1 minute, 1 second'],
  [1, 'en', false, '1 second'],
  [61_000, 'en', true, '2 minutes'],
  [1, 'en', true, '1 minute'],
  [2 * HOUR, 'es', false, '2 horas'],
  [5 * 60_000, 'pl', false, '5 minut'],
  [25 * HOUR, 'ro', false, '1 zi, 1 oră'],
]

test.each(cases)('%s ms in %s, calm %s: %s', (milliseconds, locale, calm, expected) => {
  expect(timeLeft(milliseconds, locale, calm)).toBe(expected)
})
