import { createCustomer, isBefore, type Customer } from './customer.ts'
import type { EventInput } from './input.ts'
import { interpret } from './interpret.ts'
import type { Rules } from './rules.ts'
import { applyEvent, fireTimers, withHistory, type Fold, type StepResult } from './step.ts'
import { LIFECYCLE_OWNER, timersOf } from './timers.ts'

/** Whether an event is older than what last moved the customer and may have moved it: then only a rebuild is right. */
export function isLate(customer: Customer, input: EventInput, rules: Rules): boolean {
  return isBefore(input, customer.moved) && interpret(customer, input, rules.settings).matters
}

const byPosition = (one: EventInput, other: EventInput) => (isBefore(one, other) ? -1 : 1)

/**
 * Folds a customer's whole history in event time and gives the state that it would have had, had everything arrived
 * in order. Lifecycle, figures and transitions are rewritten; enrolments, their timers and their past runs are facts
 * and stay. Nothing is sent for the past, except what the events named in `late` themselves cause now.
 *
 * @param history all events of the customer and of those merged into it, in any order
 */
export function rebuild(
  customer: Customer,
  history: readonly EventInput[],
  rules: Rules,
  late: ReadonlySet<string> = new Set(),
): StepResult {
  const blank: Customer = {
    ...createCustomer(customer.id),
    historyUntil: customer.historyUntil,
    clock: customer.clock,
    enrolments: customer.enrolments,
    past: customer.past,
    // Written to in place: with a copy for each, a customer with 10,000 orders took 22 s instead of 1. Without a
    // prototype an order may be called `__proto__`.
    orders: Object.create(null) as Customer['orders'],
  }
  const result: StepResult = { customer: blank, transitions: [], effects: [] }
  const fold: Fold = {
    rules,
    receivedAt: history.reduce((newest, { receivedAt }) => Math.max(newest, receivedAt), customer.clock),
    startsJourneys: (cause) => cause.kind === 'event' && late.has(cause.id),
    keepOrder: (orders, order) => {
      orders[order.id] = order
      return orders
    },
  }
  for (const input of history.toSorted(byPosition)) {
    result.customer = withHistory(result.customer, input)
    applyEvent(result, input, fold)
  }
  fireTimers(result, customer.clock, fold)
  const kept = timersOf(customer.timers, (owner) => owner !== LIFECYCLE_OWNER)
  result.customer = { ...result.customer, timers: { ...kept, ...result.customer.timers } }
  return result
}
