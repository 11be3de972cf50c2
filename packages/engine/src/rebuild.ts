import { createCustomer, isBefore, type Customer } from './customer.ts'
import type { EventInput } from './input.ts'
import { interpret, isAlwaysMeaningful } from './interpret.ts'
import type { Rules } from './rules.ts'
import { applyEvent, fireTimers, withHistory, type StepResult } from './step.ts'
import { LIFECYCLE_OWNER, timersOf } from './timers.ts'

/** Whether an event is older than what last moved the customer and may have moved it: then only a rebuild is right. */
export function isLate(customer: Customer, input: EventInput, rules: Rules): boolean {
  if (!isBefore(input, customer.moved)) return false
  if (isAlwaysMeaningful(input)) return true
  const read = interpret(customer, input, rules.settings)
  return read.customer !== customer || read.signals.length > 0
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
    enrolments: customer.enrolments,
    past: customer.past,
    timers: {},
  }
  const startsJourneys = (cause: { kind: string; id: string }) => cause.kind === 'event' && late.has(cause.id)
  let result: StepResult = { customer: blank, transitions: [], effects: [] }
  for (const input of history.toSorted(byPosition)) {
    result = applyEvent(
      { ...result, customer: withHistory(result.customer, input) },
      input,
      rules,
      startsJourneys,
    )
  }
  const newestArrival = history.reduce(
    (newest, { receivedAt }) => Math.max(newest, receivedAt),
    customer.clock,
  )
  result = fireTimers(result, customer.clock, newestArrival, rules, startsJourneys)
  const kept = timersOf(customer.timers, (owner) => owner !== LIFECYCLE_OWNER)
  return { ...result, customer: { ...result.customer, timers: { ...kept, ...result.customer.timers } } }
}
