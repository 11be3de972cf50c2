import { z } from 'zod'
import { DAY, HOUR, MINUTE } from '../duration.ts'
import { spanAt } from './zoneOffset.ts'

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const
export type Weekday = (typeof WEEKDAYS)[number]

/** A time of day on the wall, `09:00`. */
export const LocalTimeSchema = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, { message: 'expected a time of day such as 09:00' })

/** Milliseconds since midnight. */
export const timeOfDay = (time: string) => Number(time.slice(0, 2)) * HOUR + Number(time.slice(3, 5)) * MINUTE

/** What clocks in the zone show at an instant, as epoch milliseconds of a clock in UTC that shows the same. */
export const wallAt = (at: number, zone: string) => at + spanAt(at, zone).offset

/** Midnight of a wall time's day. */
export const midnightOf = (wall: number) => Math.floor(wall / DAY) * DAY

/** Clocks run up to 14 hours ahead of UTC, and up to 12 behind it. */
const AHEAD = 15 * HOUR
const BEHIND = 13 * HOUR

/**
 * When clocks in the zone first show a wall time. One that is skipped comes as much later as was skipped.
 *
 * @param wall epoch milliseconds of a clock in UTC that shows the same
 */
export function instantOfWall(wall: number, zone: string): number {
  const { offset: before, until } = spanAt(wall - AHEAD, zone)
  if (until > wall + BEHIND) return wall - before
  const { offset: after } = spanAt(wall + BEHIND, zone)
  // Of a time that clocks show twice, that by the old offset comes first.
  const first = [wall - before, wall - after].find((instant) => wallAt(instant, zone) === wall)
  return first ?? wall - before
}

/**
 * The first instant from `at` on at which clocks in the zone show the time, on one of the weekdays if they are given. A
 * time that a day skips in spring comes as much later as was skipped; of one that a day has twice it is the first.
 *
 * @param at epoch milliseconds
 * @param zone IANA
 */
export function nextLocalTime(
  at: number,
  zone: string,
  time: string,
  weekdays: readonly Weekday[] = WEEKDAYS,
): number {
  const wished = timeOfDay(time)
  // Eight days at the most: today's time may be over, and that of today's weekday in a week is not.
  for (let day = midnightOf(wallAt(at, zone)); ; day += DAY) {
    // The epoch began on a Thursday.
    const weekday = WEEKDAYS[(((day / DAY + 3) % 7) + 7) % 7]
    if (weekday === undefined || !weekdays.includes(weekday)) continue
    const instant = instantOfWall(day + wished, zone)
    if (instant >= at) return instant
  }
}
