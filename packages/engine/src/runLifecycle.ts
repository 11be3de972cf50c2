import { withoutQuestion } from './consent.ts'
import type { Customer } from './customer.ts'
import { LIFECYCLE_DEFINITION, type LifecycleContext, type LifecycleEvent, type Region } from './lifecycle.ts'
import { regionsFor } from './regionMachines.ts'
import { DAY } from './settings.ts'
import { applyTimedActions, LIFECYCLE_OWNER, type Timers } from './timers.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** The numbers that the guards of a region looked at, rounded to what a person would say. */
function numbersOf(region: Region, event: LifecycleEvent, context: LifecycleContext, customer: Customer) {
  const numbers: Record<string, number | string> = {}
  if (region === 'stage') {
    const { atRisk, lapsed, lost, basis, gaps } = event.limits
    numbers['orders'] = customer.figures.count
    if (context.lastOrderAt !== null) {
      numbers['daysSinceLastOrder'] = Math.floor((event.at - context.lastOrderAt) / DAY)
      numbers['atRiskAfterDays'] = Math.round(atRisk / DAY)
      numbers['lapsedAfterDays'] = Math.round(lapsed / DAY)
      numbers['lostAfterDays'] = Math.round(lost / DAY)
      numbers['basis'] = basis
      numbers['gaps'] = gaps
    }
  }
  if (region === 'value' && 'spend' in event) {
    numbers['spend'] = event.spend
    numbers['currency'] = event.currency
    numbers['vipLine'] = event.vipLine
    numbers['lineFrom'] = event.lineFrom
  }
  if (region === 'engagement') {
    numbers['received'] = context.received
    numbers['warmForDays'] = Math.round(event.warmFor / DAY)
    numbers['coldAfterDays'] = Math.round(event.coldAfter / DAY)
    numbers['coldAfterMails'] = event.coldReceived
    if (context.engagedAt !== null)
      numbers['daysSinceEngaged'] = Math.floor((event.at - context.engagedAt) / DAY)
  }
  if (region === 'permission') {
    if (customer.optIn?.method) numbers['method'] = customer.optIn.method
    const consent = customer.consent['marketing-email']
    if (consent?.status === 'granted' && consent.basis !== null) numbers['basis'] = consent.basis
  }
  if (region === 'advocacy') {
    if ('score' in event) numbers['score'] = event.score
    if ('rating' in event && event.rating !== null) numbers['rating'] = event.rating
  }
  return numbers
}

/** The named delay of a lifecycle timer id such as `xstate.after.atRisk.lifecycle.stage.new`. */
const delayName = (id: string) => id.split('.')[2] ?? id

function nextDeadline(region: Region, timers: Timers): Transition['reason']['next'] {
  let next: Transition['reason']['next']
  for (const [key, dueAt] of Object.entries(timers)) {
    if (!key.startsWith(`${LIFECYCLE_OWNER}|`) || !key.includes(`.lifecycle.${region}.`)) continue
    if (!next || dueAt < next.dueAt) next = { timer: delayName(key), dueAt }
  }
  return next
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
        numbers: numbersOf(region, event, context, next),
        ...(deadline ? { next: deadline } : {}),
      },
    }
  })
  const isSettled = before.permission === 'pending' && value.permission !== 'pending'
  return { customer: isSettled ? withoutWish(next) : next, transitions }
}
