import type { Customer } from '../customer.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import type { Moment } from '../moment.ts'
import { journeyOf } from '../rules.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { timersLike, timersOf } from '../timers.ts'
import { endRun } from './endRun.ts'
import { enrol, go } from './enrol.ts'
import type { Enrolment } from './enrolment.ts'
import { armEntry, holdEntry, isStillThere } from './entryTimers.ts'
import { runFactsOf } from './runFacts.ts'
import { changeRun, runIn } from './runContext.ts'
import { compiledOf, resumeAt } from './runJourney.ts'
import { runningOf } from './runningOf.ts'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

function request(result: StepResult, input: EventInput, moment: Moment, fold: Fold): void {
  const { properties } = input.event
  const { delay, because } = properties
  const id = text(properties['journey']) ?? ''
  const wait = typeof delay === 'number' ? delay : 0
  const turn = { journeyId: id, causeId: input.id, dueAt: moment.at + wait }
  const compiled = fold.rules.live.get(id)
  if (!compiled) {
    if (because === 'publish') holdEntry(result, turn, moment.at, fold)
    return
  }
  if (wait > 0) {
    armEntry(result, turn)
    return
  }
  if (because === 'publish' && !isStillThere(compiled, result.customer)) return
  const given = properties['properties']
  const facts = runFactsOf(
    typeof given === 'object' && given !== null
      ? {
          ...input,
          event: { ...input.event, name: text(properties['event']) ?? '', properties: { ...given } },
        }
      : null,
    fold.rules.settings,
  )
  enrol(result, { compiled, causeId: input.id, key: text(properties['key']) ?? null, facts, moment }, fold)
}

/** Those of a run's machine. */
const machineTimers = ({ timers }: Customer, { id }: Enrolment) => timersLike(timers, id, 'xstate.after.')

function move(result: StepResult, { event: { properties } }: EventInput, moment: Moment, fold: Fold): void {
  const run = runIn({ result, runId: text(properties['enrolment']) ?? '' })
  const { version, step } = properties
  if (!run || typeof version !== 'number' || typeof step !== 'string') return
  const compiled = journeyOf(fold.rules, { journeyId: run.journeyId, version })
  // One that is through, and only waits for its last mail, goes nowhere any more.
  if (!compiled?.steps.has(step) || !compiledOf(fold, run).steps.has(run.value)) return
  const { customer } = result
  const [armed] = machineTimers(customer, run)
  result.customer = { ...customer, timers: timersOf(customer.timers, (owner) => owner !== run.id) }
  changeRun(result, run.id, { version, held: null })
  const isSameWait = compiledOf(fold, run).steps.get(run.value)?.kind === compiled.steps.get(step)?.kind
  go({ result, fold, compiled, runId: run.id, moment }, step)
  const [entered] = machineTimers(result.customer, run)
  // Who has waited for two of three days does not begin again, nor who is through and was held by a pause.
  const dueAt = armed?.[1] ?? (run.held ? moment.at : undefined)
  if (!isSameWait || !entered || dueAt === undefined) return
  result.customer = { ...result.customer, timers: { ...result.customer.timers, [entered[0]]: dueAt } }
}

function resume(result: StepResult, { event: { properties } }: EventInput, moment: Moment, fold: Fold): void {
  for (const run of runningOf(result.customer)) {
    if (run.journeyId !== properties['journey'] || !run.held) continue
    changeRun(result, run.id, { held: null })
    resumeAt({ result, fold, compiled: compiledOf(fold, run), runId: run.id, moment }, run.held.id)
  }
}

/** What Ciclo itself is asked to do with a customer's runs. Nobody else's word counts, whatever an event is called. */
export function carryOutRequest(result: StepResult, input: EventInput, fold: Fold): void {
  const { event, source, at } = input
  if (source !== 'own' || event.type !== 'track') return
  const moment = { at, receivedAt: fold.receivedAt }
  if (event.name === EVENT_NAMES.journeyRequested) request(result, input, moment, fold)
  else if (event.name === EVENT_NAMES.journeyRunMoved) move(result, input, moment, fold)
  else if (event.name === EVENT_NAMES.journeyResumed) resume(result, input, moment, fold)
  else if (event.name === EVENT_NAMES.journeyRunRemoved) {
    const run = runIn({ result, runId: text(event.properties['enrolment']) ?? '' })
    if (run) endRun(result, run, 'removed', at)
  }
}
