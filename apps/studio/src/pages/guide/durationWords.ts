const HOUR = 3_600_000
const DAY = 24 * HOUR

/** A length of time in the reader's words: `4 hours`, `7 days`. */
export function durationWords(milliseconds: number, locale: string): string {
  const [unit, size] =
    milliseconds >= 2 * DAY && milliseconds % DAY === 0
      ? (['day', DAY] as const)
      : milliseconds >= HOUR
        ? (['hour', HOUR] as const)
        : (['minute', 60_000] as const)
  const format = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumFractionDigits: 1,
  })
  return format.format(milliseconds / size)
}
