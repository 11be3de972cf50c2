import { z } from 'zod'
import { DAY } from './duration.ts'
import { LocalTimeSchema, midnightOf, timeOfDay } from './journeys/localTime.ts'
import { spanAt } from './journeys/zoneOffset.ts'

/** When no marketing is sent, by the customer's own clock: over midnight where `from` is later than `to`. */
export const QuietHoursSchema = z.object({ from: LocalTimeSchema, to: LocalTimeSchema })

export type QuietHours = z.infer<typeof QuietHoursSchema>

/**
 * When the quiet hours end that it is at an instant, or null where it is none: the first instant after it at which
 * clocks in the zone show another time, also on days on which they are put forward or back.
 *
 * @param at epoch milliseconds
 * @param zone IANA
 */
export function quietUntil(at: number, zone: string, { from, to }: QuietHours): number | null {
  const [start, end] = [timeOfDay(from), timeOfDay(to)]
  const isQuiet = (time: number) => (start <= end ? time >= start && time < end : time >= start || time < end)
  for (let moment = at; ;) {
    const { offset, until } = spanAt(moment, zone)
    const wall = moment + offset
    const time = wall - midnightOf(wall)
    if (!isQuiet(time)) return moment === at ? null : moment
    const over = moment + (time < end ? end - time : DAY + end - time)
    if (over < until) return over
    // Before that the clocks are put forward or back: what they show then decides.
    moment = until
  }
}
