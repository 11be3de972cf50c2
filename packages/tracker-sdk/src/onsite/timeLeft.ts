const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

/**
 * A time in words, of its two largest units: `2 hours, 5 minutes`. `calm` counts in minutes, for people whom moving
 * things disturb.
 */
export const timeLeft = (milliseconds: number, locale: string, calm: boolean): string => {
  const step = calm ? 60 : 1
  let left = Math.ceil(milliseconds / 1000 / step) * step
  const parts: string[] = []
  for (const [unit, seconds] of UNITS) {
    const count = Math.floor(left / seconds)
    left %= seconds
    if (count && parts.length < 2) {
      parts.push(new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(count))
    }
  }
  return parts.join(', ')
}
