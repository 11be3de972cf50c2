import { DAY } from '../duration.ts'
import { instantOfWall, midnightOf, timeOfDay, wallAt } from './localTime.ts'

/** The calendar repeats itself after so many years, also in its leap years. */
const CYCLE = { years: 400, length: 146_097 * DAY }

interface WrittenDay {
  year: number | null
  /** From 1 to 12. */
  month: number
  day: number
}

/** Midnight of a day, as `wallAt` counts. Date.UTC takes the years before 100 for others. */
const midnightOn = (year: number, month: number, day: number) =>
  Date.UTC(year + CYCLE.years, month - 1, day) - CYCLE.length

const isLeap = (year: number) => midnightOn(year, 3, 1) - midnightOn(year, 2, 28) === 2 * DAY

function isDay({ year, month, day }: WrittenDay): boolean {
  const date = new Date(midnightOn(year ?? 2000, month, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

const DATE = /^(?:(\d{4})-|--)?(\d{2})-(\d{2})$/
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(Z|[+-]\d{2}:\d{2})?$/i

/** A whole day that is written as its midnight, as programs do who know no dates without a time. */
const MIDNIGHT = /^00:00(?::00(?:\.0+)?)?$/

/** The day that a trait names: as it is written, or of an instant the day that it is in the zone. */
function readDay(text: string, zone: string): WrittenDay | null {
  const [, date, time = '', offset] = INSTANT.exec(text) ?? []
  if (date !== undefined && offset !== undefined && !MIDNIGHT.test(time)) {
    const at = Date.parse(`${date}T${time}${offset}`)
    if (Number.isNaN(at)) return null
    const wall = new Date(midnightOf(wallAt(at, zone)))
    return { year: wall.getUTCFullYear(), month: wall.getUTCMonth() + 1, day: wall.getUTCDate() }
  }
  const [whole, year, month, day] = DATE.exec(date ?? text) ?? []
  if (whole === undefined) return null
  const written = {
    year: year === undefined ? null : Number(year),
    month: Number(month),
    day: Number(day),
  }
  return isDay(written) ? written : null
}

/**
 * The first instant after `after` that a date in a customer's record stands for, so many days before (negative) or after
 * it, at a time of day on clocks in the zone; null where the text is no date, or is over.
 *
 * @param text `1990-05-17`, an instant as ISO 8601, or with `yearly` also `--05-17` and `05-17`
 * @param yearly the day of every year, whatever year is written; 29 February is on the 28th in other years
 * @param zone IANA
 * @param time such as `09:00`
 * @param after epoch milliseconds
 */
export function dateInstant(
  text: string,
  yearly: boolean,
  zone: string,
  days: number,
  time: string,
  after: number,
): number | null {
  const date = readDay(text.trim(), zone)
  if (date === null) return null
  const { year, month, day } = date
  const instantIn = (wished: number) => {
    const shown = month === 2 && day === 29 && !isLeap(wished) ? 28 : day
    return instantOfWall(midnightOn(wished, month, shown) + days * DAY + timeOfDay(time), zone)
  }
  if (!yearly) {
    // What is long over needs no look at the clocks of its time.
    if (year === null || midnightOn(year, month, day) + (days + 3) * DAY < after) return null
    const instant = instantIn(year)
    return instant > after ? instant : null
  }
  // Days after it may lead from the year before into this one, and days before it from the next.
  for (let wished = new Date(after).getUTCFullYear() - 2; ; wished += 1) {
    const instant = instantIn(wished)
    if (instant > after) return instant
  }
}
