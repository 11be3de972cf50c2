/**
 * How an instant is written in a language: the day and the time, with the year where that is not the current one.
 *
 * @param tag the language, BCP 47
 * @param timeZone IANA: that of the shop
 * @param now epoch milliseconds
 */
export function createMoments(tag: string, timeZone: string, now: number): (at: number) => string {
  const yearOf = new Intl.DateTimeFormat('en', { timeZone, year: 'numeric' })
  const thisYear = yearOf.format(now)
  const time = { timeZone, day: 'numeric', month: 'long', hour: '2-digit', minute: '2-digit' } as const
  const moments = new Intl.DateTimeFormat(tag, time)
  const momentsOfYear = new Intl.DateTimeFormat(tag, { ...time, year: 'numeric' })
  return (at) => (yearOf.format(at) === thisYear ? moments : momentsOfYear).format(at)
}
