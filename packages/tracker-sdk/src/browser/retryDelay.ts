const HOUR = 3_600_000

/** Milliseconds to wait after the n-th failure in a row (from 0): doubling from 1 s to 1 min, the upper half random. */
export const backOff = (failures: number, random: number): number =>
  Math.min(1000 * 2 ** failures, 60_000) * (0.5 + random / 2)

/** Milliseconds that a `Retry-After` header (RFC 9110, 10.2.3: seconds or a date) asks for, at most an hour; 0 if none. */
export const readRetryAfter = (header: string | null, now: number): number =>
  Math.min(Math.max(Number(header) * 1000 || Date.parse(header ?? '') - now || 0, 0), HOUR)
