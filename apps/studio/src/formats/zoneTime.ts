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
 * When clocks of a time zone show something, as ISO 8601: where they show it twice, the first time.
 *
 * @param shown such as 2026-03-29T10:00
 */
export function instantOf(shown: string, timeZone: string): string {
  const wall = Date.parse(`${shown}Z`)
  const guess = wall - offsetAt(wall, timeZone)
  // The clocks may be changed in between.
  return new Date(wall - offsetAt(guess, timeZone)).toISOString()
}

/** What clocks of a time zone show at an instant, as a field for a time takes it: 2026-03-29T10:00. */
export const shownAt = (at: number, timeZone: string): string =>
  new Date(at + offsetAt(at, timeZone)).toISOString().slice(0, 16)
