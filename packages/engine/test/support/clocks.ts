export const ZONES = Intl.supportedValuesOf('timeZone')

const MINUTE = 60_000
export const DAY_MS = 86_400_000

const formats = new Map<string, Intl.DateTimeFormat>()

/** What a clock on the wall shows, by nothing but `Intl`: `{ date: '2026-03-29', time: '09:00' }`. */
export function clockIn(at: number, zone: string): { date: string; time: string } {
  let format = formats.get(zone)
  if (format === undefined) {
    format = new Intl.DateTimeFormat('sv', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
    formats.set(zone, format)
  }
  const [date = '', time = ''] = format.format(at).split(' ')
  return { date, time }
}

/** Whether clocks in the zone never show the time on that day: looks at every minute around it. */
export function isSkipped(date: string, time: string, zone: string): boolean {
  const around = Date.parse(`${date}T${time}Z`)
  for (let at = around - 15 * 60 * MINUTE; at <= around + 15 * 60 * MINUTE; at += MINUTE) {
    const shown = clockIn(at, zone)
    if (shown.date === date && shown.time === time) return false
  }
  return true
}
