import { Temporal } from 'temporal-polyfill'

/** A time in which nobody puts the clocks of a zone forward or back: epoch milliseconds, without the end. */
interface ZoneSpan {
  from: number
  until: number
  /** What its clocks show is so many milliseconds ahead of UTC. */
  offset: number
}

/** Far more than anybody asks for; only so that times in thousands of different years do not add up. */
const SPANS_KEPT = 300

/** Nothing but what Temporal says, remembered: it takes 20 to 50 us to answer, and the same is asked of every customer. */
const known = new Map<string, ZoneSpan[]>()

function readSpan(at: number, zone: string): ZoneSpan {
  const moment = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
  return {
    // What is asked for lies before the moment, and a change at this very moment counts.
    from: moment.add({ milliseconds: 1 }).getTimeZoneTransition('previous')?.epochMilliseconds ?? -Infinity,
    until: moment.getTimeZoneTransition('next')?.epochMilliseconds ?? Infinity,
    offset: moment.offsetNanoseconds / 1e6,
  }
}

/**
 * The time around an instant in which the zone's clocks run evenly.
 *
 * @param at epoch milliseconds
 * @param zone IANA
 */
export function spanAt(at: number, zone: string): ZoneSpan {
  let spans = known.get(zone)
  if (spans === undefined || spans.length > SPANS_KEPT) known.set(zone, (spans = []))
  let span = spans.find(({ from, until }) => from <= at && at < until)
  if (span === undefined) spans.push((span = readSpan(at, zone)))
  return span
}
