const SECOND = 1_000
const DAY = 86_400_000

/** What durations are counted in, the largest first; the last two only where a rule has them already. */
const UNITS = {
  week: 7 * DAY,
  day: DAY,
  hour: DAY / 24,
  minute: 60 * SECOND,
  second: SECOND,
  millisecond: 1,
} as const

export type DurationUnit = keyof typeof UNITS

export const COMMON_UNITS = ['minute', 'hour', 'day', 'week'] as const satisfies readonly DurationUnit[]

interface Duration {
  amount: number
  unit: DurationUnit
}

/** A duration in the largest unit of which it is a whole number, but 30 days are not weeks and neither are 7. */
export function splitDuration(milliseconds: number): Duration {
  const units = Object.entries(UNITS) as [DurationUnit, number][]
  const [unit, size] = units.find(([name, length]) => name !== 'week' && milliseconds % length === 0) ?? [
    'millisecond' as const,
    1,
  ]
  return { amount: milliseconds / size, unit }
}

export const joinDuration = ({ amount, unit }: Duration): number => Math.round(amount * UNITS[unit])

const format = (locale: string, unit: DurationUnit) =>
  new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' })

/** `30 days`, in the reader's language. */
export function durationText(milliseconds: number, locale: string): string {
  const { amount, unit } = splitDuration(milliseconds)
  return format(locale, unit).format(amount)
}

/** `days`, as it stands after that amount. */
export const unitText = ({ amount, unit }: Duration, locale: string): string =>
  format(locale, unit)
    .formatToParts(amount)
    .filter(({ type }) => type === 'unit')
    .map(({ value }) => value)
    .join('')
    .trim()
