import type { Customer } from '../customer.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import type { CompiledHappening } from './happens.ts'
import { endRun } from './endRun.ts'
import type { EndReason, Enrolment } from './enrolment.ts'
import { compiledOf, resumeAt, runIn, watchTime, type RunContext } from './runJourney.ts'
import { runningOf } from './runningOf.ts'

/** A run whose last mail has left has nothing more to take back. */
function hearOfMail({ result, runId }: RunContext, input: EventInput | null): void {
  if (!input || input.source !== 'own' || input.event.name !== EVENT_NAMES.emailSent) return
  const run = runIn({ result, runId })
  if (run?.unsent?.message !== input.event.properties['message']) return
  const { customer } = result
  const heard: Enrolment = { ...run, unsent: null } as Enrolment
  result.customer = { ...customer, enrolments: { ...customer.enrolments, [runId]: heard } }
}

function reasonToEnd(
  context: RunContext,
  run: Enrolment,
  happens: (on: CompiledHappening) => boolean,
): EndReason | undefined {
  const { compiled, result, moment } = context
  const { goal, exits, isMarketing, definition } = compiled
  const isInTime = definition.goal && moment.at - run.startedAt <= definition.goal.within
  if (goal && isInTime && happens(goal)) return 'goal'
  const exit = exits.find(({ on }) => happens(on))
  if (exit) return `exit:${exit.name}`
  const { permission } = result.customer.lifecycle.value
  return isMarketing && (permission === 'unsubscribed' || permission === 'suppressed')
    ? permission
    : undefined
}

function watchRun(context: RunContext, before: Customer, input: EventInput | null): void {
  const { result, compiled, moment } = context
  hearOfMail(context, input)
  const run = runIn(context)
  if (!run) return
  const occurrence = { before, after: result.customer, input, at: moment.at, runKey: run.key }
  const happens = ({ happens: test }: CompiledHappening) => test(occurrence)
  const reason = reasonToEnd(context, run, happens)
  if (reason) return endRun(result, run, reason, moment.at)
  // Through, and its last mail has left: nothing can end it otherwise any more.
  if (!compiled.steps.has(run.value) && !run.unsent) return endRun(result, run, 'completed', moment.at)
  const wait = run.held ? undefined : compiled.waits.get(run.value)
  if (wait && happens(wait)) resumeAt(context, 'met')
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
