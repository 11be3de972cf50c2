import { describe, expect, it } from 'vitest'
import { beginningOf, dueAtOf, timeOver } from '../../src/campaigns/campaignTimes.ts'
import type { CampaignSchedule } from '../../src/campaigns/campaign.ts'

const at = (time: string) => Date.parse(time)
const local = (more: Partial<Extract<CampaignSchedule, { kind: 'local' }>>): CampaignSchedule => ({
  kind: 'local',
  time: '09:00',
  past: 'at-once',
  ...more,
})

describe('A mail at a local time is due', () => {
  it.each([
    // The clocks of Poland go forward at 2 in the night of 29 March 2026, those of the USA on 8 March, Japan's never.
    ['Europe/Warsaw', '2026-03-28', '09:00', '2026-03-28T08:00:00Z'],
    ['Europe/Warsaw', '2026-03-29', '09:00', '2026-03-29T07:00:00Z'],
    ['Europe/Warsaw', '2026-03-29', '02:30', '2026-03-29T01:30:00Z'],
    ['Europe/Warsaw', '2026-10-25', '02:30', '2026-10-25T00:30:00Z'],
    ['Europe/Warsaw', '2026-10-25', '09:00', '2026-10-25T08:00:00Z'],
    ['America/New_York', '2026-03-07', '09:00', '2026-03-07T14:00:00Z'],
    ['America/New_York', '2026-03-08', '09:00', '2026-03-08T13:00:00Z'],
    ['America/New_York', '2026-03-08', '02:30', '2026-03-08T07:30:00Z'],
    ['America/New_York', '2026-11-01', '01:30', '2026-11-01T05:30:00Z'],
    ['Asia/Tokyo', '2026-03-29', '09:00', '2026-03-29T00:00:00Z'],
    ['Pacific/Kiritimati', '2026-03-29', '09:00', '2026-03-28T19:00:00Z'],
  ])('in %s on %s at %s: %s', (zone, date, time, expected) => {
    const schedule = local({ date, time })
    const begunAt = beginningOf(schedule, at('2026-01-01T00:00:00Z'))
    expect(new Date(dueAtOf(schedule, begunAt, zone)).toISOString()).toBe(new Date(expected).toISOString())
    expect(begunAt).toBeLessThanOrEqual(at(expected))
  })

  it.each([
    ['Asia/Tokyo', 'at-once', '2026-03-29T06:00:00Z'],
    ['Asia/Tokyo', 'next-day', '2026-03-30T00:00:00Z'],
    // It is eight in the morning: nothing is over.
    ['Europe/Warsaw', 'next-day', '2026-03-29T07:00:00Z'],
    ['America/New_York', 'next-day', '2026-03-29T13:00:00Z'],
  ] as const)(
    'in %s, where its time may be over when the campaign begins, %s: %s',
    (zone, past, expected) => {
      const begunAt = at('2026-03-29T06:00:00Z')
      const due = dueAtOf(local({ date: '2026-03-29', past }), begunAt, zone)
      expect(new Date(due).toISOString()).toBe(new Date(expected).toISOString())
    },
  )

  it.each([
    // Over the night in which the clocks go forward.
    ['Europe/Warsaw', '2026-03-28T09:00:00Z', '2026-03-29T07:00:00Z'],
    ['Europe/Warsaw', '2026-03-28T07:59:00Z', '2026-03-28T08:00:00Z'],
    ['America/New_York', '2026-03-28T09:00:00Z', '2026-03-28T13:00:00Z'],
    ['Asia/Tokyo', '2026-03-28T09:00:00Z', '2026-03-29T00:00:00Z'],
  ])('without a date in %s the next time after %s: %s', (zone, begun, expected) => {
    const due = dueAtOf(local({}), at(begun), zone)
    expect(new Date(due).toISOString()).toBe(new Date(expected).toISOString())
  })
})

describe('A campaign begins', () => {
  const now = at('2026-03-01T12:00:00Z')
  it.each([
    [{ kind: 'now' }, '2026-03-01T12:00:00Z'],
    [{ kind: 'at', at: '2026-03-02T10:00:00+02:00' }, '2026-03-02T08:00:00Z'],
    [local({}), '2026-03-01T12:00:00Z'],
    // Fourteen hours before it is nine in London it is nine on Kiritimati.
    [local({ date: '2026-03-08' }), '2026-03-07T19:00:00Z'],
    [local({ date: '2026-03-01' }), '2026-03-01T12:00:00Z'],
  ] as const)('%j at %s', (schedule, expected) => {
    expect(new Date(beginningOf(schedule, now)).toISOString()).toBe(new Date(expected).toISOString())
  })

  it.each([
    [{ kind: 'now' }, false],
    [{ kind: 'at', at: '2026-03-01T11:59:59Z' }, true],
    [{ kind: 'at', at: '2026-03-01T12:00:01Z' }, false],
    [local({}), false],
    [local({ date: '2026-03-01' }), false],
    // Nowhere it is still before nine of that day.
    [local({ date: '2026-02-28' }), true],
  ] as const)('%j, which is over: %s', (schedule, isOver) => {
    expect(timeOver(schedule, now) !== null).toBe(isOver)
  })
})
