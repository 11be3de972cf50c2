/**
 * Below this, the difference between a client's `sentAt` and our clock is the way here, not a wrong clock: correcting
 * it would only blur the times that the client states.
 */
const SKEW_TOLERANCE = 5_000

function parseInstant(value: unknown): number | undefined {
  const time = typeof value === 'number' ? value : typeof value === 'string' ? Date.parse(value) : Number.NaN
  // The range of a JavaScript date.
  return Number.isFinite(time) && Math.abs(time) <= 8.64e15 ? Math.trunc(time) : undefined
}

/**
 * When an event happened by our clock: receivedAt - (sentAt - originalTimestamp), after Segment's specification. Any
 * past is valid; the future is clamped to receivedAt. Without a timestamp it happened now; without a sentAt nothing is
 * known of the client's clock.
 *
 * @returns epoch milliseconds, or undefined where the timestamp is not a date
 */
export function eventTime(timestamp: unknown, sentAt: unknown, receivedAt: number): number | undefined {
  if (timestamp === undefined || timestamp === null) return receivedAt
  const original = parseInstant(timestamp)
  if (original === undefined) return undefined
  const sent = parseInstant(sentAt)
  const skew = sent === undefined ? 0 : receivedAt - sent
  return Math.min(receivedAt, Math.abs(skew) > SKEW_TOLERANCE ? original + skew : original)
}
