import { DURATION_UNITS as UNITS, instantOfWall } from '@ciclo/engine'

type Unit = keyof typeof UNITS

const RELATIVE = /^([+-])((?:\d{1,9}(?:ms|[smhdw]) ?)+)$/
const PART = /(\d+)(ms|[smhdw])/g
const WRITTEN = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?))?(Z|[+-]\d\d:?\d\d)?$/

/** How a time of a fixture may be written. */
export const TIME_FORMS =
  'a time after the start such as +4h, +1d 12h or -40d, or one of ISO 8601: without a zone it is the customer’s clock'

/** From what times of a fixture are counted, and whose clock shows them: epoch milliseconds, and IANA. */
export interface FixtureClock {
  start: number
  zone: string
}

/** What a fixture and one of its cases say of that. */
interface StatedClock {
  fixture: { start: string; timeZone: string }
  one: { start?: string | undefined; customer: { timeZone?: string | undefined } }
}

export const fixtureClock = ({ fixture, one }: StatedClock): FixtureClock => ({
  start: Date.parse(one.start ?? fixture.start),
  zone: one.customer.timeZone ?? fixture.timeZone,
})

/** The instant that a time of a fixture means; undefined where it is none. */
export function readFixtureTime(text: string, { start, zone }: FixtureClock): number | undefined {
  const [, sign, parts] = RELATIVE.exec(text) ?? []
  if (parts !== undefined) {
    let sum = 0
    for (const [, amount, unit] of parts.matchAll(PART)) sum += Number(amount) * UNITS[unit as Unit]
    return sign === '-' ? start - sum : start + sum
  }
  const [, day, time = '00:00', offset] = WRITTEN.exec(text) ?? []
  if (day === undefined) return undefined
  const instant = Date.parse(`${day}T${time}${offset?.replace(/(\d\d)(\d\d)$/, '$1:$2') ?? 'Z'}`)
  if (Number.isNaN(instant)) return undefined
  return offset === undefined ? instantOfWall(instant, zone) : instant
}

/** The largest unit of which a time of a fixture is written: weeks are for durations. */
const WRITTEN_UNITS: readonly Unit[] = ['d', 'h', 'm', 's', 'ms']

function sinceStart(duration: number): string {
  let rest = Math.abs(duration)
  const parts: string[] = []
  for (const unit of WRITTEN_UNITS) {
    const amount = Math.floor(rest / UNITS[unit])
    if (amount > 0) parts.push(`${amount}${unit}`)
    rest -= amount * UNITS[unit]
  }
  return `${duration < 0 ? '-' : '+'}${parts.length > 0 ? parts.join(' ') : '0s'}`
}

/** A time as its difference to the start and by the customer's clock: `+1d 4h  Tue 2026-03-03 13:00`. */
export function writeFixtureTime(at: number, { start, zone }: FixtureClock): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    ...(at % UNITS.m === 0 ? {} : { second: '2-digit' }),
    hourCycle: 'h23',
  })
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]))
  const seconds = part['second'] === undefined ? '' : `:${part['second']}`
  const wall = `${part['weekday']} ${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}${seconds}`
  return `${sinceStart(at - start).padEnd(10)} ${wall}`
}
