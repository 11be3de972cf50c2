import type { Customer } from '../customer.ts'
import type { Rules } from '../rules.ts'
import type { Settings } from '../settings.ts'
import { DAY } from '../settings.ts'
import { DATES_OWNER, timerOf, timersOf, withTimer } from '../timers.ts'
import { zoneOf } from '../zoneOf.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { dateInstant } from './dateInstant.ts'
import { nextLocalTime } from './localTime.ts'
import type { DateTrigger } from './trigger.ts'

function textAt(traits: Customer['traits'], path: readonly string[]): string | undefined {
  let value: unknown = traits
  for (const name of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, name)) return undefined
    value = (value as Record<string, unknown>)[name]
  }
  return typeof value === 'string' ? value : undefined
}

/** The next instant after `after` at which a date starts its journey; null where the customer has no such date. */
function nextDate(
  trigger: DateTrigger,
  customer: Customer,
  lastStartedAt: number | undefined,
  settings: Settings,
  after: number,
): number | null {
  const { date, days, at: time } = trigger
  const zone = zoneOf(customer, settings)
  if (date.of === 'trait') {
    const text = textAt(customer.traits, date.path)
    return text === undefined ? null : dateInstant(text, date.yearly, zone, days, time, after)
  }
  const { lastAt } = customer.figures
  // Once for each order, however often the prediction is drawn anew.
  if (lastAt === null || (lastStartedAt !== undefined && lastStartedAt >= lastAt)) return null
  const day = date.of === 'lastOrder' ? lastAt + date.after : (customer.prediction?.nextOrderAt ?? null)
  if (day === null) return null
  const instant = nextLocalTime(day + days * DAY, zone, time)
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
    const past = Object.hasOwn(customer.past, id) ? customer.past[id] : undefined
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
