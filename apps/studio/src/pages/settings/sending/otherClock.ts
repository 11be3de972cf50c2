/** What a clock shows elsewhere. */
interface OtherClock {
  zone: string
  /** `15:00`. */
  time: string
}

/** Cities that most shops have no customers near, so that one of them is always far away. */
const FAR = ['America/New_York', 'Europe/Madrid', 'Asia/Tokyo'] as const

const timeIn = (at: number, timeZone: string) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
    at,
  )

const minutes = (text: string) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5))
const pad = (value: number) => String(value).padStart(2, '0')

/**
 * What it is in the shop when a clock in a zone far from it shows a time of day.
 *
 * @param time `21:00`
 * @param now epoch milliseconds: which day's clock counts
 */
export function otherClock(time: string, shopZone: string, now: number): OtherClock | undefined {
  const given = /^(\d{2}):(\d{2})$/.exec(time)
  if (!given) return undefined
  const zone = FAR.find((one) => timeIn(now, one) !== timeIn(now, shopZone)) ?? FAR[0]
  const ahead = minutes(timeIn(now, shopZone)) - minutes(timeIn(now, zone))
  const there = (minutes(time) + ahead + 2 * 1_440) % 1_440
  return { zone, time: `${pad(Math.floor(there / 60))}:${pad(there % 60)}` }
}
