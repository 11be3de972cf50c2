import { isBefore, type Customer } from '../customer.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import type { CompiledHappening } from './happens.ts'
import { endRun } from './endRun.ts'
import type { EndReason, Enrolment } from './enrolment.ts'
import { changeRun, runIn, type RunContext } from './runContext.ts'
import { compiledOf, resumeAt, watchTime } from './runJourney.ts'
import { runningOf } from './runningOf.ts'

const MAIL_IS_OVER: ReadonlySet<string> = new Set([EVENT_NAMES.emailSent, EVENT_NAMES.emailBounced])

/** Whether the sender tells what has become of a mail. */
const isOfMail = ({ source, event }: EventInput) => source === 'own' && MAIL_IS_OVER.has(event.name ?? '')

/** A run whose last mail has left, or has come back, has nothing more to take back. */
function hearOfMail({ result, runId }: RunContext, input: EventInput | null): void {
  if (!input || !isOfMail(input)) return
  const run = runIn({ result, runId })
  if (run?.unsent?.message !== input.event.properties['message']) return
  changeRun(result, runId, { unsent: null })
}

function reasonToEnd(
  context: RunContext,
  run: Enrolment,
  happens: (on: CompiledHappening) => boolean,
): EndReason | undefined {
  const { compiled, moment } = context
  const { goal, exits, definition } = compiled
  const isInTime = definition.goal && moment.at - run.startedAt <= definition.goal.within
  if (goal && isInTime && happens(goal)) return 'goal'
  const exit = exits.find(({ on }) => happens(on))
  return exit && `exit:${exit.name}`
}

function refusedBy({ result, compiled }: RunContext): EndReason | undefined {
  const { permission } = result.customer.lifecycle.value
  return compiled.isMarketing && (permission === 'unsubscribed' || permission === 'suppressed')
    ? permission
    : undefined
}

/**
 * Whether an event that is told late has its place before the one that began the run: at one instant ids decide, as
 * everywhere. The run has not seen yet what the customer is by then. A mail that is told of in its turn, as a simulation
 * does at the very instant at which it leaves, comes after what has begun then, whatever the ids.
 */
function comesBeforeRun({ startedAt, causeId }: Enrolment, input: EventInput | null, fold: Fold): boolean {
  if (input === null || !isBefore(input, { at: startedAt, id: causeId })) return false
  return fold.isAnew || !isOfMail(input)
}

function watchRun(context: RunContext, before: Customer, input: EventInput | null): void {
  const { result, compiled, moment } = context
  hearOfMail(context, input)
  const run = runIn(context)
  if (!run) return
  const isItsBusiness = !comesBeforeRun(run, input, context.fold)
  const occurrence = { before, after: result.customer, input, at: moment.at, runKey: run.key }
  const happens = ({ happens: test }: CompiledHappening) => test(occurrence)
  const reason = isItsBusiness ? (reasonToEnd(context, run, happens) ?? refusedBy(context)) : undefined
  if (reason) return endRun(result, run, reason, moment.at)
  // Through, and its last mail has left: nothing can end it otherwise any more.
  if (!compiled.steps.has(run.value) && !run.unsent) return endRun(result, run, 'completed', moment.at)
  const wait = run.held ? undefined : compiled.waits.get(run.value)
  if (isItsBusiness && wait && happens(wait)) resumeAt(context, 'met')
  watchTime(context)
}

/**
 * Looks at the runs that were under way before something happened: whether it is their goal, ends them, or is what they
 * wait for.
 *
 * @param input the event; null where time or the rules did it
 */
export function watchRuns(
  result: StepResult,
  before: Customer,
  input: EventInput | null,
  at: number,
  fold: Fold,
): void {
  for (const { id, startedAt } of runningOf(before)) {
    const run = runIn({ result, runId: id })
    // What is told late and happened before the run is none of its business.
    if (!run || at < startedAt) continue
    const moment = { at, receivedAt: fold.receivedAt }
    watchRun({ result, fold, compiled: compiledOf(fold, run), runId: id, moment }, before, input)
  }
}

/**
 * In a rebuild, tells runs what they have missed: it was told before they began, or had happened to another customer who
 * turned out to be the same. What a run has seen when it happened has ended it or moved it on then, so that nothing
 * counts twice. Conditions are looked at when all is told.
 */
export function watchPast(
  result: StepResult,
  before: Customer,
  input: EventInput,
  at: number,
  fold: Fold,
): void {
  for (const { id, startedAt } of runningOf(before)) {
    const run = runIn({ result, runId: id })
    if (!run || at <= startedAt) continue
    const moment = { at, receivedAt: fold.receivedAt }
    const context = { result, fold, compiled: compiledOf(fold, run), runId: id, moment }
    const occurrence = { before, after: result.customer, input, at, runKey: run.key }
    const happens = (on: CompiledHappening) => on.holds === null && on.happens(occurrence)
    const reason = reasonToEnd(context, run, happens)
    if (reason) endRun(result, run, reason, at)
    else {
      const wait = run.held || at <= run.since ? undefined : context.compiled.waits.get(run.value)
      if (wait && happens(wait)) resumeAt(context, 'met')
    }
  }
}
