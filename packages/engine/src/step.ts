import { considerVersion } from './considerVersion.ts'
import { BEGINNING, type Customer } from './customer.ts'
import type { Effect } from './effect.ts'
import type { EventInput, Input } from './input.ts'
import { interpret, type Interpretation } from './interpret.ts'
import { areDatesOpen, armDates } from './journeys/dateTimers.ts'
import { enrol } from './journeys/enrol.ts'
import { fireEntryTimer } from './journeys/entryTimers.ts'
import { NO_FACTS } from './journeys/runFacts.ts'
import { fireJourneyTimer } from './journeys/runJourney.ts'
import { settleJourneys } from './journeys/settleJourneys.ts'
import { keepInCopy } from './reading.ts'
import type { LifecycleEvent } from './lifecycle.ts'
import { frameAt, type Rules } from './rules.ts'
import { nextVersion, versionAt } from './rulesVersion.ts'
import { runSignal } from './runSignal.ts'
import { moveTo, type Fold, type StepResult } from './stepResult.ts'
import { addressEffectOf, suppressionOf } from './suppression.ts'
import {
  DATES_OWNER,
  ENTRIES_OWNER,
  isDerivedOwner,
  LIFECYCLE_OWNER,
  nextDue,
  RFM_OWNER,
  SEGMENTS_OWNER,
  withoutTimer,
  type Timer,
} from './timers.ts'
import type { Cause } from './transitionReason.ts'
import { updatePrediction } from './updatePrediction.ts'
import { updateRfm } from './updateRfm.ts'
import { updateSegments } from './updateSegments.ts'

function fireTimer(result: StepResult, timer: Timer, fold: Fold): void {
  const { id, key, owner, dueAt } = timer
  const before = result.customer
  result.customer = {
    ...before,
    timers: withoutTimer(before.timers, key),
    clock: Math.max(before.clock, dueAt),
  }
  const cause: Cause = { kind: 'timer', id, dueAt }
  const startsJourneys = dueAt > before.historyUntil && fold.isNews(cause)
  if (owner === LIFECYCLE_OWNER) {
    // XState types do not know the events of its own `after` delays.
    const event = { type: id, ...frameAt(dueAt, before, fold.rules) } as unknown as LifecycleEvent
    runSignal(result, event, cause, startsJourneys, fold)
    moveTo(result, { at: dueAt, id: '' })
  } else if (owner === RFM_OWNER) {
    updateRfm(result, dueAt, cause, startsJourneys, fold)
    moveTo(result, { at: dueAt, id: '' })
  } else if (owner === DATES_OWNER) {
    if (startsJourneys) startOnDate(result, timer, fold)
  } else if (owner === ENTRIES_OWNER) {
    if (fold.isNews(cause)) fireEntryTimer(result, timer, fold)
  } else if (owner !== SEGMENTS_OWNER) fireJourneyTimer(result, timer, fold)
  if (isDerivedOwner(owner) && owner !== DATES_OWNER)
    updateSegments(result, before, null, dueAt, cause, startsJourneys, fold)
  settleJourneys(result, before, null, dueAt, cause, startsJourneys, fold)
  // One that is over comes again next year.
  if (owner === DATES_OWNER) result.customer = armDates(result.customer, dueAt, fold.rules)
}

/** A day has come that starts a journey. */
function startOnDate(result: StepResult, { id, dueAt }: Timer, fold: Fold): void {
  const compiled = fold.rules.live.get(id)
  if (!compiled) return
  const moment = { at: dueAt, receivedAt: fold.receivedAt }
  enrol(result, { compiled, causeId: `date@${dueAt}`, key: null, facts: NO_FACTS, moment }, fold)
}

/** More timers than this in one go means that a state re-arms itself at once, forever. */
const MAX_TIMERS_PER_STEP = 10_000

/**
 * Lets time pass until `at`: fires every timer due by then, in the order of (dueAt, key), and looks at every new version
 * of the rules, each at its own time; a version comes before the timers of the same instant.
 */
export function passTime(result: StepResult, at: number, fold: Fold): void {
  if (result.customer.moved.at === BEGINNING) {
    fold.rulesUntil = Math.max(fold.rulesUntil, versionAt(fold.rules.versions, at).from)
  }
  for (let fired = 0; ; fired += 1) {
    const { id, timers } = result.customer
    const timer = nextDue(timers, at)
    const version = nextVersion(fold.rules.versions, fold.rulesUntil, timer ? timer.dueAt : at)
    if (version) considerVersion(result, version, fold)
    else if (!timer) return
    else if (fired < MAX_TIMERS_PER_STEP) fireTimer(result, timer, fold)
    else throw new RangeError(`Customer ${id}: ${fired} timers due by ${at}, the last one ${timer.key}`)
  }
}

/** What outlives the customer's state: proof of consent, and what its end or beginning means to the address. */
function lastingEffects(
  before: Customer,
  { customer, changes }: Interpretation,
  input: EventInput,
): Effect[] {
  const effects = [
    suppressionOf(before, customer, input),
    ...changes.flatMap((change) => [
      { type: 'consent', change } as const,
      addressEffectOf(customer, input, change),
    ]),
  ]
  return effects.filter((effect) => effect !== undefined)
}

/** Applies one event at its own time, after the timers due by then. */
export function applyEvent(result: StepResult, input: EventInput, fold: Fold): void {
  passTime(result, input.at, fold)
  applyNow(result, input, fold)
}

/** What an event does at its own instant. */
function applyNow(result: StepResult, input: EventInput, fold: Fold): void {
  const before = result.customer
  const interpretation = interpret(before, input, fold.rules.settings, fold.keepOrder)
  const { customer, signals, moves } = interpretation
  const cause: Cause = { kind: 'event', id: input.id, name: input.event.name ?? input.event.type }
  // What an import brings is the past: nobody is mailed for it.
  const startsJourneys = input.source !== 'import' && fold.isNews(cause)
  if (fold.isNews(cause)) result.effects.push(...lastingEffects(before, interpretation, input))
  // The policy may permit only now what follows from long ago: each such change is kept under one id.
  for (const change of interpretation.derived) result.effects.push({ type: 'consent', change })
  result.customer = customer
  if (moves) moveTo(result, input)
  if (signals.length > 0) {
    const frame = frameAt(input.at, customer, fold.rules)
    for (const signal of signals) runSignal(result, { ...signal, ...frame }, cause, startsJourneys, fold)
  }
  if (customer.figures !== before.figures) {
    updatePrediction(result, input.at, fold)
    updateRfm(result, input.at, cause, startsJourneys, fold)
  }
  updateSegments(result, before, input, input.at, cause, startsJourneys, fold)
  settleJourneys(result, before, input, input.at, cause, startsJourneys, fold)
}

/** What a fold needs besides what is its own: a step of a journey applies its own events by it. */
export function makeFold(own: Omit<Fold, 'starts' | 'applyOwn'>): Fold {
  const fold: Fold = {
    ...own,
    starts: [],
    applyOwn: (result, input) =>
      // It happens now, also where what has caused it was told late.
      applyNow(result, input, { ...fold, starts: [], isNews: () => true }),
  }
  return fold
}

/** Remembers when the shop's imported past arrived. */
export function withHistory(customer: Customer, input: Input): Customer {
  return input.kind === 'event' && input.source === 'import' && input.receivedAt > customer.historyUntil
    ? { ...customer, historyUntil: input.receivedAt }
    : customer
}

/** Writes down up to when the versions of the rules have been looked at, if there is anything to write at all. */
export function settle(result: StepResult, before: Customer, { rulesUntil }: Fold): StepResult {
  const { customer } = result
  if (customer !== before && customer.rulesUntil !== rulesUntil) result.customer = { ...customer, rulesUntil }
  return result
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
  const fold = makeFold({
    rules,
    receivedAt: input.receivedAt,
    isNews: () => true,
    isAnew: false,
    keepOrder: keepInCopy,
    firedUntil: customer.clock,
    rulesUntil: customer.rulesUntil,
  })
  if (input.kind === 'event') applyEvent(result, input, fold)
  else {
    passTime(result, input.at, fold)
    // A journey that a date starts is live since, or is no more.
    if (areDatesOpen(result.customer, result.customer, rules))
      result.customer = armDates(result.customer, input.at, rules)
  }
  return settle(result, customer, fold)
}
