import type { Customer } from '../customer.ts'
import type { Moment } from '../moment.ts'
import { stableShare } from '../stableShare.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { timersOf } from '../timers.ts'
import { BEFORE, isResting, type CompiledJourney } from './compileJourney.ts'
import { endRun } from './endRun.ts'
import type { Enrolment, RunFacts } from './enrolment.ts'
import { mayEnter, overtakenBy, runOf } from './mayEnter.ts'
import { withStart } from './pastRuns.ts'
import { advance } from './runJourney.ts'

/** Somebody for whom a trigger has fired. */
export interface Start {
  compiled: CompiledJourney
  causeId: string
  key: string | null
  facts: RunFacts
  moment: Moment
}

/** Whether a customer belongs to those who get nothing, so that the others can be compared with them. */
export const isHeldOut = (customer: Pick<Customer, 'id'>, { definition }: CompiledJourney): boolean =>
  definition.holdOut > 0 && stableShare(`${customer.id}/${definition.id}/hold-out`) < definition.holdOut

/** A run that has sent nothing yet begins anew: the customer is not done with what the journey waits for. */
function restart(result: StepResult, run: Enrolment, { compiled, facts, moment }: Start, fold: Fold): void {
  const hasSent = compiled.definition.steps.some(
    ({ kind, id }) => kind === 'send' && (run.visits[id] ?? 0) > 0,
  )
  const [first] = compiled.definition.steps
  if (compiled.definition.repeat !== 'restart' || hasSent || !first || moment.at < run.since) return
  // It is just at what it does itself: that would begin for ever.
  const now = compiled.steps.get(run.value)
  if (now && !isResting(now)) return
  const { customer } = result
  result.customer = {
    ...customer,
    timers: timersOf(customer.timers, (owner) => owner !== run.id),
    enrolments: {
      ...customer.enrolments,
      [run.id]: { ...run, version: compiled.version, facts, held: null },
    },
  }
  go({ result, fold, compiled, runId: run.id, moment }, first.id)
}

/** Puts a run to the beginning of a step. */
export function go(context: Parameters<typeof advance>[0], step: string): void {
  const { result, fold, moment } = context
  const frame = { at: moment.at, customer: result.customer, settings: fold.rules.settings }
  advance(context, { type: 'go', step, frame })
}

/** Starts a journey for a customer, if its rules allow it. */
export function enrol(result: StepResult, start: Start, fold: Fold): void {
  const { compiled, causeId, key, facts, moment } = start
  const { definition, version } = compiled
  const { at } = moment
  const running = compiled.status === 'live' ? runOf(result.customer, definition.id, key) : undefined
  if (running) {
    restart(result, running, start, fold)
    return
  }
  if (mayEnter(compiled, result.customer, key, at, fold.rules)) return
  const id = `${definition.id}/${result.customer.id}/${causeId}`
  // The very run of this cause, told twice.
  if (Object.hasOwn(result.customer.enrolments, id)) return
  for (const run of overtakenBy(compiled, result.customer, fold.rules)) endRun(result, run, 'overtaken', at)
  const run: Enrolment = {
    id,
    journeyId: definition.id,
    version,
    causeId,
    key,
    startedAt: at,
    endedAt: null,
    endReason: null,
    goalAt: null,
    value: BEFORE,
    since: at,
    visits: {},
    facts,
    coupon: null,
    unsent: null,
    held: null,
  }
  const { customer } = result
  result.customer = {
    ...customer,
    enrolments: { ...customer.enrolments, [id]: run },
    past: withStart(customer.past, run),
  }
  const [first] = definition.steps
  if (isHeldOut(customer, compiled)) endRun(result, run, 'held-out', at)
  else if (first) go({ result, fold, compiled, runId: id, moment }, first.id)
}
