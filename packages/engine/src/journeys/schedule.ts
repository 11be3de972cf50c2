import { Temporal } from 'temporal-polyfill'
import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import { ownEvent } from '../ownEvent.ts'
import { nextLocalTime, WEEKDAYS } from './localTime.ts'
import type { ScheduleTrigger } from './trigger.ts'

/**
 * The first instant after `after` at which a schedule comes round.
 *
 * @param zone IANA: the shop's
 */
export function nextOccurrence({ every, at: time }: ScheduleTrigger, zone: string, after: number): number {
  if (every.unit === 'day') return nextLocalTime(after + 1, zone, time, WEEKDAYS)
  if (every.unit === 'week') return nextLocalTime(after + 1, zone, time, [every.weekday])
  const plainTime = Temporal.PlainTime.from(time)
  let month = Temporal.Instant.fromEpochMilliseconds(after)
    .toZonedDateTimeISO(zone)
    .toPlainDate()
    .toPlainYearMonth()
  for (;;) {
    const day = month.toPlainDate({ day: Math.min(every.day, month.daysInMonth) })
    const instant = day.toZonedDateTime({ timeZone: zone, plainTime }).epochMilliseconds
    if (instant > after) return instant
    month = month.add({ months: 1 })
  }
}

/** What asks a customer into a journey at one occurrence of its schedule: the same event, however often it is made. */
export const scheduledRequest = (journey: string, occurrence: number, customerId: string): EventInput =>
  ownEvent(
    `journey-schedule/${journey}/${occurrence}/${customerId}`,
    occurrence,
    EVENT_NAMES.journeyRequested,
    {
      journey,
      because: 'schedule',
    },
  )
