import { createCustomer, type Customer } from './customer.ts'
import type { EventInput } from './input.ts'
import { rebuild } from './rebuild.ts'
import { withoutStarts, type Rules } from './rules.ts'
import { step } from './step.ts'
import type { Transition } from './transitionReason.ts'

/** A customer as it was at an instant, and how it came there. */
export interface Replayed {
  customer: Customer
  transitions: Transition[]
}

/** The rules without their journeys: looking at the past starts nothing, not even in the picture of it. */
const withoutJourneys = (rules: Rules): Rules => ({ ...withoutStarts(rules), journeys: new Map() })

/**
 * What a customer was at an instant, by what had happened until then: folds the events through `step` in event time,
 * each judged by the rules of its own time. What only became known later counts from when it happened.
 *
 * @param history all events of the customer and of those merged into it, in any order
 */
export function replay(id: string, history: readonly EventInput[], rules: Rules, at: number): Replayed {
  const quiet = withoutJourneys(rules)
  const told = history.filter((input) => input.at <= at)
  const { customer, transitions } = rebuild(createCustomer(id), told, quiet)
  const end = step(customer, { kind: 'wake', at, receivedAt: at }, quiet)
  return { customer: end.customer, transitions: [...transitions, ...end.transitions] }
}
