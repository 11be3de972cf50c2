import { instantOf } from '../../formats/zoneTime.ts'

const DAY = 86_400_000

/**
 * When a day of a calendar begins in a time zone, as ISO 8601.
 *
 * @param date such as 2026-03-29
 * @param later so many days after it
 */
export function dayStart(date: string, timeZone: string, later = 0): string {
  const day = new Date(Date.parse(`${date}T00:00:00Z`) + later * DAY).toISOString().slice(0, 10)
  return instantOf(`${day}T00:00`, timeZone)
}
