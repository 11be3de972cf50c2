import { HOUR, instantOfWall, nextLocalTime } from '@ciclo/engine'
import type { CampaignSchedule } from './campaign.ts'

/** No clocks run further ahead of UTC. */
const FURTHEST_AHEAD = 14 * HOUR

/** And none further behind. */
const FURTHEST_BEHIND = 12 * HOUR

const wallOf = (date: string, time: string) => Date.parse(`${date}T${time}:00Z`)

/** When the audience of a campaign is frozen that is started now: before it is anybody's time. */
export function beginningOf(schedule: CampaignSchedule, now: number): number {
  if (schedule.kind === 'at') return Math.max(now, Date.parse(schedule.at))
  if (schedule.kind === 'local' && schedule.date !== undefined)
    return Math.max(now, wallOf(schedule.date, schedule.time) - FURTHEST_AHEAD)
  return now
}

/**
 * When a customer's mail is due.
 *
 * @param begunAt when the campaign has begun: nothing is due before
 * @param zone the customer's, IANA
 */
export function dueAtOf(schedule: CampaignSchedule, begunAt: number, zone: string): number {
  if (schedule.kind !== 'local') return begunAt
  const { date, time, past } = schedule
  if (date === undefined) return nextLocalTime(begunAt, zone, time)
  const wished = instantOfWall(wallOf(date, time), zone)
  if (wished >= begunAt) return wished
  return past === 'at-once' ? begunAt : nextLocalTime(begunAt, zone, time)
}

/** Why a campaign's time cannot be meant, because it is over wherever anybody is; null where it is not. */
export function timeOver(schedule: CampaignSchedule, now: number): string | null {
  if (schedule.kind === 'at')
    return Date.parse(schedule.at) < now ? `${schedule.at} is over, expected a time to come, or 'now'` : null
  if (schedule.kind !== 'local' || schedule.date === undefined) return null
  const isOver = wallOf(schedule.date, schedule.time) + FURTHEST_BEHIND < now
  return isOver ? `${schedule.date} ${schedule.time} is over everywhere, expected a time to come` : null
}
