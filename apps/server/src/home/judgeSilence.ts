import { DAY, HOUR, hourOf } from '@ciclo/engine'
import type { EventCount } from '../store/queries/eventCounts.ts'

/** Over so long a shop's rhythm is looked at: a weekend is in it. */
export const RHYTHM = 8 * DAY
/** With events in fewer hours there is no rhythm yet. */
const FEWEST_HOURS = 12
/** No shop is looked after by the hour. */
const SHORTEST = 6 * HOUR

/**
 * For how long nothing has come in, in milliseconds, where that is unusual: at least six hours, and more than twice the
 * longest pause of the days before. Null where all is as usual, or nobody can tell.
 */
export function judgeSilence(counts: readonly EventCount[], now: number): number | null {
  const live = counts.filter(({ source }) => source !== 'import')
  const hours = [...new Set(live.map(({ hour }) => hour))].toSorted((one, other) => one - other)
  const lastAt = Math.max(...live.map((count) => count.lastAt))
  if (hours.length < FEWEST_HOURS || hourOf(lastAt) === hourOf(now)) return null
  const longest = Math.max(...hours.slice(1).map((hour, place) => hour - (hours[place] ?? hour)))
  const silence = now - lastAt
  return silence > Math.max(SHORTEST, 2 * longest) ? silence : null
}
