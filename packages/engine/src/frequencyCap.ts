import { z } from 'zod'
import { DAY } from './duration.ts'

const count = z
  .number({ message: 'expected a whole number of mails above 0, or null' })
  .int({ message: 'expected a whole number of mails above 0, or null' })
  .positive({ message: 'expected a whole number of mails above 0, or null' })
  .max(1_000, { message: 'expected at most 1000 mails' })
  .nullable()
  .default(null)

/** How many marketing mails a customer gets at most in any 24 hours, and in any 7 times 24; null: any number. */
export const FrequencyCapSchema = z.object({ perDay: count, perWeek: count })

export type FrequencyCap = z.infer<typeof FrequencyCapSchema>

/** So long a mail counts. */
export const CAP_MEMORY = 7 * DAY

/**
 * The first instant at which the cap lets another mail pass, for those that were sent until now; in the past where it
 * does at once.
 *
 * @param sentAt when mails were sent, ascending: all of the last `CAP_MEMORY`
 */
export function capUntil(sentAt: readonly number[], { perDay, perWeek }: FrequencyCap): number {
  const passesAfter = (most: number | null, length: number) =>
    most === null || sentAt.length < most ? -Infinity : (sentAt.at(-most) ?? -Infinity) + length
  return Math.max(passesAfter(perDay, DAY), passesAfter(perWeek, 7 * DAY))
}
