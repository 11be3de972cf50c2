import type { Customer } from '../customer.ts'
import type { Rules } from '../rules.ts'
import type { Settings } from '../settings.ts'
import { DAY } from '../settings.ts'
import { DATES_OWNER, timerOf, timersOf, withTimer } from '../timers.ts'
import { zoneOf } from '../zoneOf.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { nextLocalTime } from './localTime.ts'
import { pastOf } from './pastRuns.ts'
import { traitInstant } from './traitInstant.ts'
import type { DateTrigger } from './trigger.ts'

/** The next instant after `after` at which a date starts its journey; null where the customer has no such date. */
function nextDate(
  trigger: DateTrigger,
  customer: Customer,
  lastStartedAt: number | undefined,
  settings: Settings,
  after: number,
): number | null {
  const { date, days, at } = trigger
  if (date.of === 'trait') return traitInstant(customer, { ...date, days, at }, settings, after)
  const { lastAt } = customer.figures
  // Once for each order, however often the prediction is drawn anew.
  if (lastAt === null || (lastStartedAt !== undefined && lastStartedAt >= lastAt)) return null
  const day = date.of === 'lastOrder' ? lastAt + date.after : (customer.prediction?.nextOrderAt ?? null)
  if (day === null) return null
  const instant = nextLocalTime(day + days * DAY, zoneOf(customer, settings), at)
  return instant > after ? instant : null
}

const isDated = (
  compiled: CompiledJourney,
): compiled is CompiledJourney & { definition: { trigger: DateTrigger } } =>
  compiled.definition.trigger.kind === 'date'

/** Arms the timers of all dates anew: a trait, an order, the prediction, the zone or the journeys are others now. */
export function armDates(customer: Customer, now: number, rules: Rules): Customer {
  // What is told late is no reason to have a day again that has been.
  const at = Math.max(now, customer.clock)
  let timers = timersOf(customer.timers, (owner) => owner !== DATES_OWNER)
  for (const compiled of rules.dated) {
    if (!isDated(compiled)) continue
    const { id, trigger } = compiled.definition
    const past = pastOf(customer.past, id)
    const armed = timerOf(customer.timers, DATES_OWNER, id)
    // Of two that are due at one instant, the second is not over because the first has fired.
    const next =
      armed !== undefined && armed <= at
        ? armed
        : nextDate(trigger, customer, past?.lastStartedAt, rules.settings, at)
    timers = withTimer(timers, DATES_OWNER, id, next)
  }
  return { ...customer, timers, datedBy: rules.datedBy }
}

/** Whether dates have to be looked at: something that they hang on is another than before. */
export function areDatesOpen(before: Customer, after: Customer, { dated, datedBy }: Rules): boolean {
  if (after.datedBy !== datedBy) return true
  if (dated.length === 0 || before === after) return false
  return (
    before.traits !== after.traits ||
    before.figures !== after.figures ||
    before.prediction !== after.prediction ||
    before.timeZone !== after.timeZone ||
    before.past !== after.past
  )
}
