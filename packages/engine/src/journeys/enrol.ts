import type { Customer } from '../customer.ts'
import type { Moment } from '../moment.ts'
import { stableShare } from '../stableShare.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { timersOf } from '../timers.ts'
import { BEFORE, isResting, type CompiledJourney } from './compileJourney.ts'
import { endRun } from './endRun.ts'
import type { Enrolment, RunFacts } from './enrolment.ts'
import { mayEnter, overtakenBy } from './mayEnter.ts'
import { withStart } from './pastRuns.ts'
import { changeRun, runIn, type RunContext } from './runContext.ts'
import { advance, compiledOf } from './runJourney.ts'
import { isThrough } from './runningOf.ts'

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
  const own = compiledOf(fold, run)
  const hasSent = own.definition.steps.some(({ kind, id }) => kind === 'send' && (run.visits[id] ?? 0) > 0)
  const [first] = compiled.definition.steps
  if (compiled.definition.repeat !== 'restart' || hasSent || !first || moment.at < run.since) return
  // It is just at what it does itself: that would begin for ever.
  const now = own.steps.get(run.value)
  if (now && !isResting(now)) return
  // The code that nobody has seen yet is given again: else every click in a cart would use one up.
  const visits = Object.fromEntries(
    Object.entries(run.visits).filter(([id]) => compiled.steps.get(id)?.kind !== 'coupon'),
  )
  changeRun(result, run.id, { version: compiled.version, facts, visits, held: null })
  const { customer } = result
  result.customer = { ...customer, timers: timersOf(customer.timers, (owner) => owner !== run.id) }
  go({ result, fold, compiled, runId: run.id, moment }, first.id)
}

/** Puts a run to the beginning of a step. */
export function go(context: RunContext, step: string): void {
  const { result, fold, moment } = context
  const frame = { at: moment.at, customer: result.customer, settings: fold.rules.settings }
  advance(context, { type: 'go', step, frame })
}

const LONGEST_CAUSE = 200

/**
 * A cause as part of an id. What a run has caused is named by the run: journeys that start each other for years would
 * else have ever longer ids, until no index took them. Two different texts may only be the same within one customer's
 * runs of one journey, which 64 bits keep apart.
 */
function shortened(causeId: string): string {
  if (causeId.length <= LONGEST_CAUSE) return causeId
  const digest = [`1/${causeId}`, `${causeId}/2`].map((text) => (stableShare(text) * 2 ** 32).toString(36))
  return `${causeId.slice(0, LONGEST_CAUSE - 20)}~${digest.join('')}`
}

/** Starts a journey for a customer, if its rules allow it. */
export function enrol(result: StepResult, start: Start, fold: Fold): void {
  const { compiled, causeId, key, facts, moment } = start
  const { definition, version } = compiled
  const { at } = moment
  const refusal = mayEnter(compiled, result.customer, key, at, fold.rules)
  if (refusal) {
    const running = refusal.reason === 'running' ? runIn({ result, runId: refusal.enrolment }) : undefined
    if (running && !isThrough(running)) restart(result, running, start, fold)
    return
  }
  const id = `${definition.id}/${result.customer.id}/${shortened(causeId)}`
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
