import { isBefore, type Customer, type Position } from './customer.ts'
import type { Effect } from './effect.ts'
import type { EventInput, Input } from './input.ts'
import { interpret, isAlwaysMeaningful } from './interpret.ts'
import type { LifecycleEvent } from './lifecycle.ts'
import { frameAt, transitionKey, type Rules } from './rules.ts'
import { enrol, fireJourneyTimer } from './runJourney.ts'
import { runLifecycle } from './runLifecycle.ts'
import { LIFECYCLE_OWNER, nextDue, withoutTimer, type Timer } from './timers.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** The customer after an input, the transitions that it made with their reasons, and what the shell is asked to do. */
export interface StepResult {
  customer: Customer
  transitions: Transition[]
  effects: Effect[]
}

/** Which transitions may start journeys: all of them when live, in a rebuild only those of the late event itself. */
export type StartsJourneys = (cause: Cause) => boolean

const causeIdOf = (cause: Cause) => (cause.kind === 'event' ? cause.id : `${cause.id}@${cause.dueAt}`)

function applyToLifecycle(
  result: StepResult,
  event: LifecycleEvent,
  cause: Cause,
  receivedAt: number,
  rules: Rules,
  startsJourneys: StartsJourneys,
): StepResult {
  const run = runLifecycle(result.customer, event, cause)
  let customer: Customer = {
    ...run.customer,
    transitionCount: run.customer.transitionCount + run.transitions.length,
  }
  let effects = result.effects
  if (startsJourneys(cause) && event.at > customer.historyUntil) {
    for (const { region, to } of run.transitions) {
      for (const journey of rules.byTransition.get(transitionKey(region, to)) ?? []) {
        const started = enrol(customer, journey, causeIdOf(cause), { at: event.at, receivedAt }, rules)
        customer = started.customer
        effects = [...effects, ...started.effects]
      }
    }
  }
  return { customer, transitions: [...result.transitions, ...run.transitions], effects }
}

function moveTo(customer: Customer, { at, id }: Position): Customer {
  return isBefore(customer.moved, { at, id }) ? { ...customer, moved: { at, id } } : customer
}

function fireTimer(
  result: StepResult,
  timer: Timer,
  receivedAt: number,
  rules: Rules,
  startsJourneys: StartsJourneys,
): StepResult {
  const customer = { ...result.customer, timers: withoutTimer(result.customer.timers, timer.key) }
  if (timer.owner !== LIFECYCLE_OWNER) {
    const run = fireJourneyTimer(customer, timer, receivedAt, rules)
    return { ...result, customer: run.customer, effects: [...result.effects, ...run.effects] }
  }
  // XState types do not know the events of its own `after` delays.
  const event = { type: timer.id, ...frameAt(timer.dueAt, rules) } as unknown as LifecycleEvent
  const cause: Cause = { kind: 'timer', id: timer.id, dueAt: timer.dueAt }
  const fired = applyToLifecycle({ ...result, customer }, event, cause, receivedAt, rules, startsJourneys)
  return { ...fired, customer: moveTo(fired.customer, { at: timer.dueAt, id: '' }) }
}

/** More timers than this in one go means that a state re-arms itself at once, forever. */
const MAX_TIMERS_PER_STEP = 10_000

/** Fires every timer due by `at`, in the order of (dueAt, key), each at its own time. */
export function fireTimers(
  result: StepResult,
  at: number,
  receivedAt: number,
  rules: Rules,
  startsJourneys: StartsJourneys,
): StepResult {
  let next = result
  for (let fired = 0; ; fired += 1) {
    const timer = nextDue(next.customer.timers, at)
    if (!timer) break
    if (fired === MAX_TIMERS_PER_STEP) {
      throw new RangeError(
        `Customer ${next.customer.id}: ${fired} timers due by ${at}, the last one ${timer.key}`,
      )
    }
    next = fireTimer(next, timer, receivedAt, rules, startsJourneys)
  }
  return next.customer.clock >= at ? next : { ...next, customer: { ...next.customer, clock: at } }
}

/** Applies one event at its own time, after the timers due by then. */
export function applyEvent(
  result: StepResult,
  input: EventInput,
  rules: Rules,
  startsJourneys: StartsJourneys,
): StepResult {
  const fired = fireTimers(result, input.at, input.receivedAt, rules, startsJourneys)
  const { customer, signals } = interpret(fired.customer, input, rules.settings)
  if (customer === fired.customer && signals.length === 0) {
    return isAlwaysMeaningful(input) ? { ...fired, customer: moveTo(customer, input) } : fired
  }
  const cause: Cause = { kind: 'event', id: input.id, name: input.event.name ?? input.event.type }
  let next: StepResult = { ...fired, customer: moveTo(customer, input) }
  for (const signal of signals) {
    const event: LifecycleEvent = { ...signal, ...frameAt(input.at, rules) }
    next = applyToLifecycle(next, event, cause, input.receivedAt, rules, startsJourneys)
  }
  return next
}

const always: StartsJourneys = () => true

/** What an import brings is the past: nothing that happened until it arrived is mailed. */
export function withHistory(customer: Customer, input: Input): Customer {
  return input.kind === 'event' && input.source === 'import' && input.receivedAt > customer.historyUntil
    ? { ...customer, historyUntil: input.receivedAt }
    : customer
}

/**
 * The one pure function that decides. `input.at` is the only time: timers due by then fire first, each at its own
 * time, so that replaying the past and living through it are the same code.
 *
 * An event for which `isLate` is true must go through `rebuild` instead.
 */
export function step(customer: Customer, input: Input, rules: Rules): StepResult {
  const start: StepResult = { customer: withHistory(customer, input), transitions: [], effects: [] }
  return input.kind === 'wake'
    ? fireTimers(start, input.at, input.receivedAt, rules, always)
    : applyEvent(start, input, rules, always)
}
