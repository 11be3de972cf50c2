import type { Fold, StepResult } from '../stepResult.ts'
import type { Moment } from '../moment.ts'
import { journeyOf } from '../rules.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import { deedId, ownEvent } from '../ownEvent.ts'
import { applyTimedActions, withTimer, type Timer } from '../timers.ts'
import { BEFORE, isResting, type CompiledJourney } from './compileJourney.ts'
import { endRun } from './endRun.ts'
import type { Enrolment } from './enrolment.ts'
import type { JourneyFrame } from './journeyFrame.ts'
import type { MachineEvent, Move } from './journeyMoves.ts'
import type { JourneyStep, StepOf } from './journeyStep.ts'
import { messageOf } from './messageOf.ts'
import { runningOf } from './runningOf.ts'

/** The timers of a run besides those of its machine. */
export const WATCH = 'watch'
/** Until when the last mail of a run that is through may still be withdrawn. */
export const UNSENT = 'unsent'

/** A run while it goes on: what a step does is seen by the next one, so the customer is always the result's. */
export interface RunContext {
  result: StepResult
  fold: Fold
  compiled: CompiledJourney
  runId: string
  moment: Moment
}

/** The run as it is now; undefined once it has ended. */
export function runIn({ result, runId }: Pick<RunContext, 'result' | 'runId'>): Enrolment | undefined {
  const run = result.customer.enrolments[runId]
  return run?.endedAt === null ? run : undefined
}

function change(context: RunContext, changes: Partial<Enrolment>): void {
  const { result, runId } = context
  const run = runIn(context)
  if (!run) return
  const { customer } = result
  result.customer = { ...customer, enrolments: { ...customer.enrolments, [runId]: { ...run, ...changes } } }
}

const frameIn = ({ result, fold, moment }: RunContext): JourneyFrame => ({
  at: moment.at,
  customer: result.customer,
  settings: fold.rules.settings,
})

/** A name for what a step does at one visit, the same in every replay. */
const deedOf = ({ id, visits }: Enrolment, step: JourneyStep) => `${id}/${step.id}/${visits[step.id] ?? 1}`

function tell(
  context: RunContext,
  deed: string,
  name: string,
  properties: Record<string, unknown>,
  traits?: Record<string, unknown>,
): void {
  const { result, fold, moment } = context
  const { at } = moment
  const id = deedId(deed, at, result.customer.moved)
  result.effects.push({ type: 'event', id, at, name, properties, ...(traits ? { traits } : {}) })
  fold.applyOwn(result, ownEvent(id, at, name, properties, traits))
}

function update(context: RunContext, run: Enrolment, step: StepOf<'update'>): void {
  const deed = deedOf(run, step)
  const about = { journey: run.journeyId, enrolment: run.id }
  if (Object.keys(step.traits).length > 0) tell(context, `${deed}/traits`, '', about, step.traits)
  if (step.stopMarketing)
    tell(context, `${deed}/unsubscribed`, EVENT_NAMES.unsubscribed, { ...about, method: 'journey' })
}

function giveCoupon(
  context: RunContext,
  run: Enrolment,
  { from, validFor, ...step }: StepOf<'coupon'>,
): void {
  const { result, moment } = context
  const expiresAt = validFor === undefined ? null : moment.at + validFor
  if ('code' in from) {
    change(context, { coupon: { code: from.code, expiresAt } })
    return
  }
  const claim = `${run.id}/${step.id}/${run.visits[step.id] ?? 1}`
  change(context, { coupon: { pool: from.pool, claim, expiresAt } })
  // A run that has begun anew has it already.
  if (run.coupon && 'claim' in run.coupon && run.coupon.claim === claim) return
  result.effects.push({ type: 'coupon', claim, pool: from.pool, enrolmentId: run.id, at: moment.at })
}

function callWebhook(
  { result, moment, compiled }: RunContext,
  run: Enrolment,
  step: StepOf<'webhook'>,
): void {
  const { id: customerId, email, userId, traits, lifecycle } = result.customer
  result.effects.push({
    type: 'webhook',
    id: deedOf(run, step),
    url: step.url,
    at: moment.at,
    enrolmentId: run.id,
    journeyId: run.journeyId,
    stepId: step.id,
    data: {
      journey: { id: run.journeyId, name: compiled.definition.name, version: run.version, step: step.id },
      customer: { id: customerId, email, userId, traits, lifecycle: lifecycle.value },
      run: { id: run.id, key: run.key, startedAt: new Date(run.startedAt).toISOString(), ...run.facts },
    },
  })
}

function send(context: RunContext, run: Enrolment, step: StepOf<'send'>): void {
  const { result, compiled, moment, fold } = context
  const message = messageOf(result.customer, run, step, compiled.definition, moment, fold.rules.settings)
  result.effects.push({ type: 'message', message })
  if (message.state !== 'queued') return
  change(context, { unsent: { message: message.id, until: message.expiresAt } })
}

function endOthers({ result, runId, moment }: RunContext, run: Enrolment, step: StepOf<'endJourney'>): void {
  for (const other of runningOf(result.customer)) {
    if (other.journeyId === step.journey && other.id !== runId)
      endRun(result, other, `ended-by:${run.journeyId}`, moment.at)
  }
}

/** Carries out a step that takes no time. */
function perform(context: RunContext, run: Enrolment, step: JourneyStep): void {
  switch (step.kind) {
    case 'send':
      return send(context, run, step)
    case 'update':
      return update(context, run, step)
    case 'coupon':
      return giveCoupon(context, run, step)
    case 'webhook':
      return callWebhook(context, run, step)
    case 'startJourney': {
      return tell(context, `${deedOf(run, step)}/start`, EVENT_NAMES.journeyRequested, {
        journey: step.journey,
        because: 'journey',
        from: run.journeyId,
        ...(run.key === null ? {} : { key: run.key }),
      })
    }
    case 'endJourney':
      return endOthers(context, run, step)
    case 'branch':
    case 'split':
    case 'end':
    case 'delay':
    case 'until':
    case 'untilDate':
    case 'wait':
      return
  }
}

/** A run is through. While its last mail waits, what would end the run still takes it back. */
function finish(context: RunContext): void {
  const { result, compiled, moment } = context
  const run = runIn(context)
  if (!run) return
  const { isMarketing, goal, exits } = compiled
  const canBeTakenBack = isMarketing || goal !== null || exits.length > 0
  if (!run.unsent || !canBeTakenBack) {
    endRun(result, run, 'completed', moment.at)
    return
  }
  const { customer } = result
  result.customer = { ...customer, timers: withTimer(customer.timers, run.id, UNSENT, run.unsent.until) }
}

/** Arms the timer by which time alone may turn a rule that the run is watched by. */
export function watchTime(context: RunContext): void {
  const { result, compiled, moment, runId } = context
  if (!compiled.nextTurn || !runIn(context)) return
  const { customer } = result
  const next = compiled.nextTurn(customer, moment.at)
  const timers = withTimer(customer.timers, runId, WATCH, next)
  if (timers !== customer.timers) result.customer = { ...customer, timers }
}

/** Where a run stands after one pure transition of its machine, and its timers. */
function enter(context: RunContext, { value, actions }: Move): JourneyStep | undefined {
  const { result, compiled, runId, moment } = context
  const run = runIn(context)
  if (!run) return undefined
  const step = compiled.steps.get(value)
  const visits = step ? { ...run.visits, [value]: (run.visits[value] ?? 0) + 1 } : run.visits
  change(context, { value, since: moment.at, visits })
  const { customer } = result
  const timers = applyTimedActions(customer.timers, runId, actions, moment.at)
  result.customer = { ...customer, timers }
  if (!step) finish(context)
  return step
}

/**
 * Sends an event to a run's machine, carries out the steps that it comes to, and leaves it at the next one that takes
 * time, or at its end. A transition that stays where it is is no step.
 */
export function advance(context: RunContext, first: MachineEvent): void {
  const { compiled } = context
  const { definition } = compiled
  let event = first
  // Each step at most once without a pause; what is written in a circle without one is refused before it is published.
  for (let hops = 0; hops <= definition.steps.length + 1; hops += 1) {
    const run = runIn(context)
    if (!run) return
    const move = compiled.move(event.type === 'go' ? BEFORE : run.value, event)
    if (move.value === run.value && event.type !== 'go' && move.actions.length === 0) return
    const step = enter(context, move)
    if (!step) return
    const now = runIn(context)
    if (!now) return
    if (isResting(step)) {
      const wait = compiled.waits.get(step.id)
      if (!wait?.holds?.(context.result.customer, context.moment.at)) {
        watchTime(context)
        return
      }
      event = { type: 'met', frame: frameIn(context) }
      continue
    }
    perform(context, now, step)
    event = { type: 'next', frame: frameIn(context) }
  }
  throw new RangeError(
    `Run ${context.runId} goes in a circle without a delay, over ${definition.steps.length} steps of ${definition.id}`,
  )
}

/** The version that a run is of. */
export function compiledOf({ rules }: Fold, run: Enrolment): CompiledJourney {
  const compiled = journeyOf(rules, run)
  if (compiled) return compiled
  throw new ReferenceError(
    `Enrolment ${run.id} runs journey ${run.journeyId}@${run.version}, which the rules do not hold`,
  )
}

/** Goes on with a run at what it waited for, or keeps that for later where its journey is paused. */
export function resumeAt(context: RunContext, id: string): void {
  const { compiled, moment } = context
  if (compiled.status === 'paused') {
    // What was waited for has happened, also if its time runs out before the pause ends.
    if (!runIn(context)?.held) change(context, { held: { id, dueAt: moment.at } })
  } else advance(context, { type: id, frame: frameIn(context) })
}

/** Fires the timer of a run's machine. A timer whose run has ended is nothing. */
export function fireJourneyTimer(result: StepResult, timer: Timer, fold: Fold): void {
  const run = result.customer.enrolments[timer.owner]
  if (!run || run.endedAt !== null) return
  const moment = { at: timer.dueAt, receivedAt: fold.receivedAt }
  const context = { result, fold, compiled: compiledOf(fold, run), runId: run.id, moment }
  if (timer.id === UNSENT) endRun(result, run, 'completed', timer.dueAt)
  else if (timer.id !== WATCH) resumeAt(context, timer.id)
}
