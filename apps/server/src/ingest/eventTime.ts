import { parseInstant } from './parseInstant.ts'

/**
 * Below this, the difference between a client's `sentAt` and our clock is the way here, not a wrong clock: correcting
 * it would only blur the times that the client states.
 */
const SKEW_TOLERANCE = 5_000

/** The first of January of the year 1: before it, dates are no longer written with four digits. */
const BEGINNING = -62_135_596_800_000

/** What a client says of the time of an event, as it came. */
export interface StatedTime {
  timestamp?: unknown
  originalTimestamp?: unknown
  sentAt?: unknown
}

const given = (value: unknown) => value !== undefined && value !== null && value !== ''

/**
 * When an event happened by our clock: receivedAt - (sentAt - originalTimestamp), after Segment's specification, where
 * what a client calls `timestamp` is its originalTimestamp. Any past is valid, back to the year 1; the future is clamped
 * to receivedAt. Without a timestamp it happened now; without a sentAt nothing is known of the client's clock.
 *
 * A timestamp beside another originalTimestamp is final: who forwards events has corrected it, and RudderStack's
 * clients state both where somebody back-dates an event.
 *
 * @returns epoch milliseconds, or undefined where the timestamp is not a date
 */
export function eventTime(
  { timestamp, originalTimestamp, sentAt }: StatedTime,
  receivedAt: number,
): number | undefined {
  const stated = given(timestamp) ? timestamp : originalTimestamp
  if (!given(stated)) return receivedAt
  const time = parseInstant(stated)
  if (time === undefined) return undefined
  const isFinal = given(timestamp) && given(originalTimestamp) && parseInstant(originalTimestamp) !== time
  const sent = isFinal ? undefined : parseInstant(sentAt)
  const skew = sent === undefined ? 0 : receivedAt - sent
  const corrected = Math.abs(skew) > SKEW_TOLERANCE ? time + skew : time
  return Math.min(receivedAt, Math.max(BEGINNING, corrected))
}
