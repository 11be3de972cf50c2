import type { Customer } from '../customer.ts'
import type { Settings } from '../settings.ts'
import { valueAt } from '../valueAt.ts'
import { zoneOf } from '../zoneOf.ts'
import { dateInstant } from './dateInstant.ts'
import type { StepOf } from './journeyStep.ts'

/** Which day of a customer's, and when on it. */
type TraitDay = Pick<StepOf<'untilDate'>, 'path' | 'yearly' | 'days' | 'at'>

/** The first such day after an instant; null where the customer has none, or it is over. */
export function traitInstant(
  customer: Customer,
  { path, yearly, days, at }: TraitDay,
  settings: Settings,
  after: number,
): number | null {
  const value = valueAt(customer.traits, path)
  if (typeof value !== 'string') return null
  return dateInstant(value, yearly, zoneOf(customer, settings), days, at, after)
}
