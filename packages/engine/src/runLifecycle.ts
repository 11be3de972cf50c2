import { withoutQuestion } from './consent.ts'
import type { Customer } from './customer.ts'
import { LIFECYCLE_DEFINITION, type LifecycleEvent, type Region } from './lifecycle.ts'
import { regionsFor } from './regionMachines.ts'
import { stateNumbers, type StateNumbers } from './stateNumbers.ts'
import { applyTimedActions, LIFECYCLE_OWNER, lifecycleTimer, type Timers } from './timers.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** What a signal itself brings that the guards of a region look at. */
function signalNumbers(region: Region, event: LifecycleEvent): StateNumbers {
  if (region === 'value' && 'spend' in event) {
    const { spend, currency, vipLine, lineFrom } = event
    return { spend, currency, vipLine, lineFrom }
  }
  if (region === 'permission' && 'softBounceDays' in event) return { softBounceDays: event.softBounceDays }
  if (region !== 'advocacy') return {}
  return {
    ...('score' in event ? { score: event.score } : {}),
    ...('rating' in event && event.rating !== null ? { rating: event.rating } : {}),
  }
}

function nextDeadline(region: Region, timers: Timers): Transition['reason']['next'] {
  const armed = lifecycleTimer(timers, region)
  return armed && { timer: armed.delay, dueAt: armed.dueAt }
}

/** An address that only asked is kept no longer than the wish is open. */
function withoutWish(customer: Customer): Customer {
  const { consent } = customer
  const settled = { ...consent, 'marketing-email': withoutQuestion(consent['marketing-email']) }
  return { ...customer, optIn: null, consent: settled }
}

/**
 * Sends one signal or fired timer through the lifecycle machine: the customer after it, and the transitions with
 * their reasons. A deliberate re-entry (an `entered` action) is a transition from a state to itself.
 */
export function runLifecycle(
  customer: Customer,
  event: LifecycleEvent,
  cause: Cause,
): { customer: Customer; transitions: Transition[] } {
  if (customer.definition !== LIFECYCLE_DEFINITION) {
    throw new RangeError(
      `Customer ${customer.id} was written by lifecycle definition ${customer.definition}; this one is ${LIFECYCLE_DEFINITION}`,
    )
  }
  const before = customer.lifecycle.value
  let { value, context } = customer.lifecycle
  let { timers } = customer
  const changed = new Set<Region>()
  for (const { region, run } of regionsFor(event.type)) {
    const { state, actions, ...after } = run(value[region], context, event)
    if (state !== value[region]) {
      changed.add(region)
      value = { ...value, [region]: state }
    }
    // Only a deliberate re-entry says so.
    if (actions.some(({ type }) => type === 'entered')) changed.add(region)
    context = after.context
    timers = applyTimedActions(timers, LIFECYCLE_OWNER, actions, event.at)
  }
  const next: Customer = { ...customer, lifecycle: { value, context }, timers }
  const transitions = [...changed].map((region): Transition => {
    const deadline = nextDeadline(region, timers)
    return {
      at: event.at,
      region,
      from: before[region],
      to: value[region],
      reason: {
        cause,
        numbers: { ...stateNumbers(region, next, event), ...signalNumbers(region, event) },
        ...(deadline ? { next: deadline } : {}),
      },
    }
  })
  const isSettled = before.permission === 'pending' && value.permission !== 'pending'
  return { customer: isSettled ? withoutWish(next) : next, transitions }
}
