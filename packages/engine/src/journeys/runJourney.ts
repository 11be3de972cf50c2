import { journeyOf } from '../rules.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { applyTimedActions, withTimer, type Timer } from '../timers.ts'
import { BEFORE, isResting, type CompiledJourney } from './compileJourney.ts'
import { endRun } from './endRun.ts'
import type { Enrolment } from './enrolment.ts'
import type { JourneyFrame } from './journeyFrame.ts'
import type { MachineEvent, Move } from './journeyMoves.ts'
import type { JourneyStep } from './journeyStep.ts'
import { performStep } from './performStep.ts'
import { changeRun, runIn, type RunContext } from './runContext.ts'

/** The timers of a run besides those of its machine. */
export const WATCH = 'watch'
/** Until when the last mail of a run that is through may still be withdrawn. */
export const UNSENT = 'unsent'

const frameIn = ({ result, fold, moment }: RunContext): JourneyFrame => ({
  at: moment.at,
  customer: result.customer,
  settings: fold.rules.settings,
})

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
  changeRun(result, runId, { value, since: moment.at, visits })
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
    performStep(context, now, step)
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
    if (!runIn(context)?.held) changeRun(context.result, context.runId, { held: { id, dueAt: moment.at } })
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
