/**
 * Below this, the difference between a client's `sentAt` and our clock is the way here, not a wrong clock: correcting
 * it would only blur the times that the client states.
 */
const SKEW_TOLERANCE = 5_000

/** The range of a JavaScript date, both ways. */
const DATE_RANGE = 8.64e15

/** Without this, V8 reads a date in whatever holds a number: `Order 5` is May 2001. */
const BEGINS_LIKE_ISO = /^\d{4}-\d{2}/
/** ECMAScript reads it in the zone of the machine, which says nothing of the client's. */
const HAS_NO_ZONE = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/

function parseText(text: string): number {
  if (!BEGINS_LIKE_ISO.test(text)) return Number.NaN
  return Date.parse(HAS_NO_ZONE.test(text) ? `${text}Z` : text)
}

function parseInstant(value: unknown): number | undefined {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? parseText(value) : Number.NaN
  return Number.isFinite(time) && Math.abs(time) <= DATE_RANGE ? Math.trunc(time) : undefined
}

/**
 * When an event happened by our clock: receivedAt - (sentAt - originalTimestamp), after Segment's specification. Any
 * past is valid; the future is clamped to receivedAt. Without a timestamp it happened now; without a sentAt nothing is
 * known of the client's clock. A time without a zone is UTC.
 *
 * @returns epoch milliseconds, or undefined where the timestamp is not a date
 */
export function eventTime(timestamp: unknown, sentAt: unknown, receivedAt: number): number | undefined {
  if (timestamp === undefined || timestamp === null) return receivedAt
  const original = parseInstant(timestamp)
  if (original === undefined) return undefined
  const sent = parseInstant(sentAt)
  const skew = sent === undefined ? 0 : receivedAt - sent
  const corrected = Math.abs(skew) > SKEW_TOLERANCE ? original + skew : original
  return Math.min(receivedAt, Math.max(-DATE_RANGE, corrected))
}
