import { DAY } from '@ciclo/engine'

/** A day as people count them: `2026-11-22`. */
export type Day = string

/** Names the day of an instant, by the clocks of a time zone. */
export function createDayIn(timeZone: string): (at: number) => Day {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  })
  return (at) => format.format(at)
}

/** So many days from one on, forward or back: a day is not always 24 hours, but always the next date. */
export function daysFrom(first: Day, count: number): Day[] {
  const start = Date.parse(`${first}T00:00:00Z`)
  return Array.from({ length: Math.abs(count) }, (_, place) =>
    new Date(start + Math.sign(count) * place * DAY).toISOString().slice(0, 10),
  )
}
