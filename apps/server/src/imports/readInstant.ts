/** Year first, with -, / or nothing between; then perhaps a time, and perhaps its zone. */
const DATE =
  /^(\d{4})([-/]?)(\d{2})\2(\d{2})(?:[T ](\d{2}):?(\d{2})(?::?(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/i

function offsetOf(zone: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(zone ?? '')
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3] ?? 0)) * 60_000
}

/**
 * A time as shops export it: ISO 8601 (RFC 3339, basic or extended), a space for the T, `YYYYMMDD`, or seconds (9 or
 * 10 digits) or milliseconds (12 or 13) since 1970. Without a zone it is UTC, a date alone 00:00 UTC. Days before
 * months, and months before days, are not guessed at.
 *
 * @returns epoch milliseconds, or undefined where it is none of these, or no day of the calendar
 */
export function readInstant(text: string): number | undefined {
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000)
  if (/^\d{12,13}$/.test(text)) return Number(text)
  const match = DATE.exec(text)
  if (!match) return undefined
  const group = (position: number) => Number(match[position] ?? 0)
  const [month, day] = [group(3) - 1, group(4)]
  const [hour, minute, second] = [group(5), group(6), group(7)]
  const milliseconds = Math.trunc(Number(`0.${match[8] ?? 0}`) * 1_000)
  const local = Date.UTC(group(1), month, day, hour, minute, second, milliseconds)
  const date = new Date(local)
  // Date.UTC carries over: 30 February would be a day of March, 25:00 one of tomorrow.
  const isReal =
    date.getUTCMonth() === month &&
    date.getUTCDate() === day &&
    date.getUTCHours() === hour &&
    date.getUTCMinutes() === minute &&
    date.getUTCSeconds() === second
  return isReal ? local - offsetOf(match[9]) : undefined
}
