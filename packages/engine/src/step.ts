import { isBefore, type Customer, type Position } from './customer.ts'
import type { Effect } from './effect.ts'
import type { EventInput, Input } from './input.ts'
import { interpret, keepInCopy, type Interpretation, type KeepOrder } from './interpret.ts'
import type { LifecycleEvent } from './lifecycle.ts'
import { frameAt, transitionKey, type Rules } from './rules.ts'
import { enrol, fireJourneyTimer, type JourneyRun } from './runJourney.ts'
import { runLifecycle } from './runLifecycle.ts'
import { addressEffectOf, suppressionOf } from './suppression.ts'
import { LIFECYCLE_OWNER, nextDue, withoutTimer, type Timer } from './timers.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** The customer after an input, the transitions that it made with their reasons, and what the shell is asked to do. */
export interface StepResult {
  customer: Customer
  transitions: Transition[]
  effects: Effect[]
}

/** What stays the same while inputs are folded into a `StepResult`, which the functions below write to. */
export interface Fold {
  rules: Rules
  /** When Ciclo learns of it all: the difference to when it happened decides whether a mail comes too late. */
  receivedAt: number
  /** Which transitions may start journeys: all of them when live, in a rebuild only those of the late event itself. */
  startsJourneys: (cause: Cause) => boolean
  keepOrder: KeepOrder
}

const causeIdOf = (cause: Cause) => (cause.kind === 'event' ? cause.id : `${cause.id}@${cause.dueAt}`)

function add(result: StepResult, run: JourneyRun): void {
  result.customer = run.customer
  result.effects.push(...run.effects)
}

function applyToLifecycle(
  result: StepResult,
  event: LifecycleEvent,
  cause: Cause,
  startsJourneys: boolean,
  { rules, receivedAt }: Fold,
): void {
  const { customer, transitions } = runLifecycle(result.customer, event, cause)
  result.customer = { ...customer, transitionCount: customer.transitionCount + transitions.length }
  result.transitions.push(...transitions)
  if (!startsJourneys) return
  for (const { region, to } of transitions) {
    // A correction is no milestone: nobody is thanked for the first order because the second was cancelled.
    if (region === 'stage' && event.type === 'ordersChanged') continue
    for (const journey of rules.byTransition.get(transitionKey(region, to)) ?? []) {
      const moment = { at: event.at, receivedAt }
      add(result, enrol(result.customer, journey, causeIdOf(cause), moment, rules))
    }
  }
}

function moveTo(result: StepResult, { at, id }: Position): void {
  const { customer } = result
  if (isBefore(customer.moved, { at, id })) result.customer = { ...customer, moved: { at, id } }
}

function fireTimer(result: StepResult, timer: Timer, fold: Fold): void {
  const { id, key, owner, dueAt } = timer
  const { customer } = result
  result.customer = {
    ...customer,
    timers: withoutTimer(customer.timers, key),
    clock: Math.max(customer.clock, dueAt),
  }
  if (owner !== LIFECYCLE_OWNER) {
    add(result, fireJourneyTimer(result.customer, timer, fold.receivedAt, fold.rules))
    return
  }
  // XState types do not know the events of its own `after` delays.
  const event = { type: id, ...frameAt(dueAt, fold.rules) } as unknown as LifecycleEvent
  const cause: Cause = { kind: 'timer', id, dueAt }
  applyToLifecycle(result, event, cause, dueAt > customer.historyUntil && fold.startsJourneys(cause), fold)
  moveTo(result, { at: dueAt, id: '' })
}

/** More timers than this in one go means that a state re-arms itself at once, forever. */
const MAX_TIMERS_PER_STEP = 10_000

/** Fires every timer due by `at`, in the order of (dueAt, key), each at its own time. */
export function fireTimers(result: StepResult, at: number, fold: Fold): void {
  for (let fired = 0; ; fired += 1) {
    const { id, timers } = result.customer
    const timer = nextDue(timers, at)
    if (!timer) return
    if (fired === MAX_TIMERS_PER_STEP) {
      throw new RangeError(`Customer ${id}: ${fired} timers due by ${at}, the last one ${timer.key}`)
    }
    fireTimer(result, timer, fold)
  }
}

/** What outlives the customer's state: proof of consent, and what its end or beginning means to the address. */
function lastingEffects({ customer, changes }: Interpretation, input: EventInput): Effect[] {
  const effects = [
    suppressionOf(customer, input),
    ...changes.flatMap((change) => [
      { type: 'consent', change } as const,
      addressEffectOf(customer, input, change),
    ]),
  ]
  return effects.filter((effect) => effect !== undefined)
}

/** Applies one event at its own time, after the timers due by then. */
export function applyEvent(result: StepResult, input: EventInput, fold: Fold): void {
  fireTimers(result, input.at, fold)
  const interpretation = interpret(result.customer, input, fold.rules.settings, fold.keepOrder)
  const { customer, signals, moves } = interpretation
  const cause: Cause = { kind: 'event', id: input.id, name: input.event.name ?? input.event.type }
  if (fold.startsJourneys(cause)) result.effects.push(...lastingEffects(interpretation, input))
  // The policy may permit only now what follows from long ago: each such change is kept under one id.
  for (const change of interpretation.derived) result.effects.push({ type: 'consent', change })
  result.customer = customer
  if (!moves) return
  moveTo(result, input)
  if (signals.length === 0) return
  // What an import brings is the past: nobody is mailed for it.
  const startsJourneys = input.source !== 'import' && fold.startsJourneys(cause)
  const frame = frameAt(input.at, fold.rules)
  for (const signal of signals) {
    applyToLifecycle(result, { ...signal, ...frame }, cause, startsJourneys, fold)
  }
}

/** Remembers when the shop's imported past arrived. */
export function withHistory(customer: Customer, input: Input): Customer {
  return input.kind === 'event' && input.source === 'import' && input.receivedAt > customer.historyUntil
    ? { ...customer, historyUntil: input.receivedAt }
    : customer
}

/**
 * The one pure function that decides. `input.at` is the only time: timers due by then fire first, each at its own
 * time, so that replaying the past and living through it are the same code. An input that means nothing gives back
 * the very same customer.
 *
 * An event for which `isLate` is true must go through `rebuild` instead.
 */
export function step(customer: Customer, input: Input, rules: Rules): StepResult {
  const result: StepResult = { customer: withHistory(customer, input), transitions: [], effects: [] }
  const { receivedAt } = input
  const fold: Fold = { rules, receivedAt, startsJourneys: () => true, keepOrder: keepInCopy }
  if (input.kind === 'wake') fireTimers(result, input.at, fold)
  else applyEvent(result, input, fold)
  return result
}
