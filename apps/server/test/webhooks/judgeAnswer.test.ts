import { describe, expect, it } from 'vitest'
import { judgeAnswer } from '../../src/webhooks/judgeAnswer.ts'

const NOW = Date.UTC(2026, 0, 5)
const HOUR = 3_600_000
const answered = (status: number, retryAfter?: string, text = '') =>
  ({ kind: 'answered', status, retryAfter, text }) as const
const judge = (
  answer: Parameters<typeof judgeAnswer>[0],
  { attempts = 0, createdAt = NOW }: { attempts?: number; createdAt?: number } = {},
) => judgeAnswer(answer, { createdAt, attempts }, NOW, () => 1)

describe('an answer', () => {
  it.each([
    [200, 'delivered'],
    [204, 'delivered'],
    [299, 'delivered'],
    [101, 'queued'],
    [301, 'queued'],
    [307, 'queued'],
    [400, 'queued'],
    [404, 'queued'],
    [410, 'refused'],
    [429, 'queued'],
    [500, 'queued'],
    [503, 'queued'],
  ])('%i means %s', (status, state) => {
    expect(judge(answered(status))).toMatchObject({ state, status, attempts: 1 })
  })

  it.each([
    ['seconds', 429, '7200', 2 * HOUR],
    ['seconds', 503, '7200', 2 * HOUR],
    ['a date', 503, new Date(NOW + 3 * HOUR).toUTCString(), 3 * HOUR],
    ['more than a day', 503, '999999999', 24 * HOUR],
    ['less than the usual pause', 503, '1', 30_000],
    ['a date that is over', 503, new Date(NOW - HOUR).toUTCString(), 30_000],
    ['nonsense', 503, 'soon', 30_000],
    ['with a status that has no such word', 500, '7200', 30_000],
  ])('with Retry-After as %s: %i, %s', (_what, status, retryAfter, pause) => {
    expect(judge(answered(status, retryAfter))).toMatchObject({ state: 'queued', dueAt: NOW + pause })
  })

  it('is kept in 500 characters that every database takes', () => {
    const { reason } = judge(answered(500, undefined, `a\u0000\ud800${'x'.repeat(1_000)}`))
    expect(reason).toMatch(/^answered 500: a\uFFFD\uFFFDx+$/)
    expect(reason).toHaveLength(500)
  })
})

it.each([
  ['never any jitter', () => 1, 10],
  ['always the most of it', () => 0, 11],
])('a server that is away is asked some ten times in three days: %s', (_what, random, expected) => {
  let at = NOW
  let attempts = 0
  for (;;) {
    const outcome = judgeAnswer(
      { kind: 'unanswered', reason: 'away' },
      { createdAt: NOW, attempts },
      at,
      random,
    )
    ;({ attempts } = outcome)
    if (outcome.state === 'dead') break
    expect(outcome.dueAt).toBeGreaterThan(at)
    at = outcome.dueAt ?? 0
  }
  expect(attempts).toBe(expected)
  expect(at - NOW).toBeGreaterThan(48 * HOUR)
  expect(at - NOW).toBeLessThanOrEqual(72 * HOUR)
})
