import { z } from 'zod'

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** Milliseconds of each unit that a duration may be written in. A day is 24 hours, whatever the clocks do. */
export const DURATION_UNITS = { ms: 1, s: 1_000, m: MINUTE, h: HOUR, d: DAY, w: 7 * DAY }

type Unit = keyof typeof DURATION_UNITS

const WRITTEN = /^(\d{1,12})(ms|s|m|h|d|w)$/

/** Milliseconds of a duration as people write it, such as `4h`; what is none comes back as it is, to be refused. */
function readDuration(value: unknown): unknown {
  const [, amount, unit] = (typeof value === 'string' && WRITTEN.exec(value)) || []
  return amount === undefined ? value : Number(amount) * DURATION_UNITS[unit as Unit]
}

const EXPECTED = 'expected a duration: milliseconds, or text such as 30m, 4h, 2d or 1w'
/** A hundred years: what begins on any day that people write must end on one. */
const LONGEST = 36_525 * DAY

const milliseconds = z
  .number({ message: EXPECTED })
  .int({ message: EXPECTED })
  .max(LONGEST, { message: 'expected at most 100 years, in milliseconds' })

/** Milliseconds above 0, also written as `4h`; what comes out is the number. */
export const DurationSchema = z.preprocess(readDuration, milliseconds.positive())

/** Milliseconds from 0 on, also written as `4h`. */
export const PauseSchema = z.preprocess(readDuration, milliseconds.nonnegative())

/** A duration as people write it, in the largest unit that it is a whole number of: 48 hours are `2d`, 36 are `36h`. */
export function durationText(duration: number): string {
  const units = Object.entries(DURATION_UNITS).toReversed()
  const [unit, size] = units.find(([name, length]) => name !== 'w' && duration % length === 0) ?? ['ms', 1]
  return `${duration / size}${unit}`
}
