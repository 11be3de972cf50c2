import { cutText } from '../cutText.ts'

/** The numbers of a reason, of whichever version wrote them: what is missing or odd is not said. */
export type ReasonNumbers = Readonly<Record<string, number | string>>

/** A count or a number of days. */
export function wholeIn(numbers: ReasonNumbers, name: string): number | undefined {
  const value = numbers[name]
  return typeof value === 'number' && Number.isFinite(value) && value >= 0 ? Math.round(value) : undefined
}

export function numberIn(numbers: ReasonNumbers, name: string): number | undefined {
  const value = numbers[name]
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined
}

const LONGEST = 80

/** Something that somebody else has written, as it can stand between quotation marks in a sentence. */
export function quotableText(text: unknown): string | undefined {
  if (typeof text !== 'string') return undefined
  const line = text
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replaceAll(/[“”„«»"]/g, '’')
  if (line.length <= LONGEST) return line || undefined
  return `${cutText(line, LONGEST - 1).trimEnd()}…`
}
