const DAY = 86_400_000

/** By how many milliseconds clocks in a time zone are ahead of UTC at an instant. */
function offsetAt(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(at)
  const of = (type: Intl.DateTimeFormatPartTypes) => Number(parts.find((part) => part.type === type)?.value)
  const shown = Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second'))
  return shown - Math.floor(at / 1_000) * 1_000
}

/**
 * When a day of a calendar begins in a time zone, as ISO 8601.
 *
 * @param date such as 2026-03-29
 * @param later so many days after it
 */
export function dayStart(date: string, timeZone: string, later = 0): string {
  const midnight = Date.parse(`${date}T00:00:00Z`) + later * DAY
  const guess = midnight - offsetAt(midnight, timeZone)
  // The clocks may be changed in between.
  return new Date(midnight - offsetAt(guess, timeZone)).toISOString()
}
