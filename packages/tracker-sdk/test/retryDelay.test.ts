import { describe, expect, test } from 'vitest'
import { backOff, readRetryAfter } from '../src/browser/retryDelay.ts'

describe('the wait doubles up to a minute, and half of it is random', () => {
  test.each([
    [0, 0, 500],
    [0, 0.5, 750],
    [1, 0, 1_000],
    [3, 0.5, 6_000],
    [6, 0, 30_000],
    [2_000, 0.5, 45_000],
  ])('failure %i with random %f waits %i ms', (failures, random, expected) => {
    expect(backOff(failures, random)).toBe(expected)
  })
})

describe('Retry-After is read as seconds or as a date, and no longer than an hour', () => {
  const now = Date.parse('2026-01-01T00:00:00Z')
  test.each([
    [null, 0],
    ['', 0],
    ['0', 0],
    ['7', 7_000],
    ['86400', 3_600_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:01:00 GMT', 0],
    ['soon', 0],
    ['-5', 0],
  ])('%j is %i ms', (header, expected) => {
    expect(readRetryAfter(header, now)).toBe(expected)
  })
})
