/** The range of a JavaScript date, both ways. */
const DATE_RANGE = 8.64e15

/**
 * Numbers below this, either way, are epoch seconds: as milliseconds all of them would lie within a year of 1970.
 * Segment's own libraries draw the line there.
 */
const SECONDS_BELOW = 31_557_600_000

const ZONE = '\\s?(?<zone>Z|UTC|GMT|[+-]\\d\\d(?::?\\d\\d)?)?'
/** ISO 8601 and its relatives: a space for the T, a comma for the point, an offset without colon or minutes. */
const EXTENDED = new RegExp(
  `^(?<year>[+-]\\d{6}|\\d{4})-(?<month>\\d\\d)-(?<day>\\d\\d)` +
    `(?:[T ](?<hour>\\d\\d):(?<minute>\\d\\d)(?::(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?)?${ZONE}$`,
  'i',
)
/** ISO 8601's basic format. A date alone would be a number too, so it needs its time. */
const BASIC = new RegExp(
  `^(?<year>\\d{4})(?<month>\\d\\d)(?<day>\\d\\d)T(?<hour>\\d\\d)(?<minute>\\d\\d)` +
    `(?:(?<second>\\d\\d)(?:[.,](?<fraction>\\d+))?)?${ZONE}$`,
  'i',
)
/** As in mails and HTTP headers, RFC 5322, section 3.3. */
const RFC_5322 = /^([a-z]{3}, )?\d{1,2} [a-z]{3} \d{4} \d\d:\d\d(:\d\d)? (GMT|UTC|[+-]\d{4})$/i
/** Epoch seconds or milliseconds: shorter digits are more likely a date or a year. */
const EPOCH = /^-?\d{10,16}(\.\d+)?$/

/** A time without a zone is UTC: the zone of this machine says nothing of the client's. */
function minutesOf(zone: string | undefined): number {
  const match = /^([+-])(\d\d):?(\d\d)?$/.exec(zone ?? '')
  if (!match) return 0
  const [, sign, hours, minutes = '0'] = match
  if (Number(hours) > 23 || Number(minutes) > 59) return Number.NaN
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
}

/**
 * V8's own reading is not used: it takes the 30th of February for the 2nd of March, and a date in whatever holds a
 * number, such as `Order 5`.
 */
function timeOf(parts: Record<string, string | undefined>): number {
  const read = (name: string) => Number(parts[name] ?? 0)
  const [year, month, day] = [read('year'), read('month'), read('day')]
  const [hour, minute, second] = [read('hour'), read('minute'), read('second')]
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  const isDay = date.getUTCMonth() === month - 1 && date.getUTCDate() === day
  const isEndOfDay = hour === 24 && minute === 0 && second === 0
  // 60 is a leap second.
  if (!isDay || (hour > 23 && !isEndOfDay) || minute > 59 || second > 60) return Number.NaN
  const milliseconds = Math.trunc(Number(`0.${parts['fraction'] ?? 0}`) * 1_000)
  return (
    date.getTime() + ((hour * 60 + minute - minutesOf(parts['zone'])) * 60 + second) * 1_000 + milliseconds
  )
}

/** What nearly all clients write, at a third of the time that the other forms take. */
const COMMON = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

function parseText(text: string): number {
  if (COMMON.test(text)) {
    const time = Date.parse(text)
    if (new Date(time).getUTCDate() === Number(text.slice(8, 10))) return time
  }
  const parts = (EXTENDED.exec(text) ?? BASIC.exec(text))?.groups
  if (parts) return timeOf(parts)
  if (EPOCH.test(text)) return parseNumber(Number(text))
  return RFC_5322.test(text) ? Date.parse(text) : Number.NaN
}

function parseNumber(value: number): number {
  return Math.abs(value) < SECONDS_BELOW ? value * 1_000 : value
}

/**
 * A point in time as clients write it (docs/events.md lists the forms), in epoch milliseconds; undefined where it is
 * none, or beyond the range of dates.
 */
export function parseInstant(value: unknown): number | undefined {
  const time =
    typeof value === 'number'
      ? parseNumber(value)
      : typeof value === 'string'
        ? parseText(value.trim())
        : Number.NaN
  return Number.isFinite(time) && Math.abs(time) <= DATE_RANGE ? Math.trunc(time) : undefined
}
