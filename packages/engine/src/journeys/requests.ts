import type { Customer } from '../customer.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import type { EventInput } from '../input.ts'
import type { Moment } from '../moment.ts'
import { journeyOf } from '../rules.ts'
import { DAY } from '../settings.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { ENTRIES_OWNER, timersOf, withTimer, type Timer } from '../timers.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { endRun } from './endRun.ts'
import { enrol, go } from './enrol.ts'
import { isPaused } from './isPaused.ts'
import { runFactsOf } from './runFacts.ts'
import { compiledOf, resumeAt, runIn } from './runJourney.ts'
import { runningOf } from './runningOf.ts'

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** Whether a customer still is where the journey's trigger leads: who has moved on meanwhile is not asked to come in. */
export function isStillThere({ definition: { trigger } }: CompiledJourney, customer: Customer): boolean {
  if (trigger.kind === 'transition') {
    const state = customer.lifecycle.value[trigger.region]
    return trigger.to === undefined ? state !== trigger.from : state === trigger.to
  }
  if (trigger.kind === 'rfm') return customer.rfm?.group === trigger.to
  if (trigger.kind === 'segment')
    return Object.hasOwn(customer.segments, trigger.segment) === (trigger.to === 'in')
  return true
}

/** Whose turn comes while the journey is paused is looked at again so much later. */
const LOOK_AGAIN = DAY

/** Nobody is forgotten of those who were there when a journey went live, because it is paused meanwhile. */
function holdEntry(result: StepResult, journeyId: string, causeId: string, until: number, fold: Fold): void {
  if (!isPaused(fold.rules, journeyId)) return
  const { customer } = result
  const timers = withTimer(customer.timers, ENTRIES_OWNER, `${journeyId}@${causeId}`, until)
  result.customer = { ...customer, timers }
}

function request(result: StepResult, input: EventInput, moment: Moment, fold: Fold): void {
  const { properties } = input.event
  const { delay, because } = properties
  const id = text(properties['journey']) ?? ''
  const compiled = fold.rules.live.get(id)
  if (!compiled) {
    const wait = typeof delay === 'number' ? Math.max(delay, LOOK_AGAIN) : LOOK_AGAIN
    if (because === 'publish') holdEntry(result, id, input.id, moment.at + wait, fold)
    return
  }
  if (typeof delay === 'number' && delay > 0) {
    const { customer } = result
    const timers = withTimer(customer.timers, ENTRIES_OWNER, `${id}@${input.id}`, moment.at + delay)
    result.customer = { ...customer, timers }
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

function move(result: StepResult, { event: { properties } }: EventInput, moment: Moment, fold: Fold): void {
  const run = runIn({ result, runId: text(properties['enrolment']) ?? '' })
  const { version, step } = properties
  if (!run || typeof version !== 'number' || typeof step !== 'string') return
  const compiled = journeyOf(fold.rules, { journeyId: run.journeyId, version })
  // One that is through, and only waits for its last mail, goes nowhere any more.
  if (!compiled?.steps.has(step) || !compiledOf(fold, run).steps.has(run.value)) return
  const { customer } = result
  const armed = Object.entries(customer.timers).find(([key]) => key.startsWith(`${run.id}|xstate.after.`))
  result.customer = {
    ...customer,
    timers: timersOf(customer.timers, (owner) => owner !== run.id),
    enrolments: { ...customer.enrolments, [run.id]: { ...run, version, held: null } },
  }
  const isSameWait = compiledOf(fold, run).steps.get(run.value)?.kind === compiled.steps.get(step)?.kind
  go({ result, fold, compiled, runId: run.id, moment }, step)
  const entered = Object.entries(result.customer.timers).find(([key]) =>
    key.startsWith(`${run.id}|xstate.after.`),
  )
  // Who has waited for two of three days does not begin again, nor who is through and was held by a pause.
  const dueAt = armed?.[1] ?? (run.held ? moment.at : undefined)
  if (!isSameWait || !entered || dueAt === undefined) return
  result.customer = { ...result.customer, timers: { ...result.customer.timers, [entered[0]]: dueAt } }
}

function resume(result: StepResult, { event: { properties } }: EventInput, moment: Moment, fold: Fold): void {
  for (const run of runningOf(result.customer)) {
    if (run.journeyId !== properties['journey'] || !run.held) continue
    const { customer } = result
    const { held } = run
    result.customer = {
      ...customer,
      enrolments: { ...customer.enrolments, [run.id]: { ...run, held: null } },
    }
    resumeAt({ result, fold, compiled: compiledOf(fold, run), runId: run.id, moment }, held.id)
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

/** Somebody's turn has come to be let into a journey that was opened to those who were there already. */
export function fireEntryTimer(result: StepResult, { id, dueAt }: Timer, fold: Fold): void {
  const place = id.indexOf('@')
  const [journeyId, causeId] = [id.slice(0, place), id.slice(place + 1)]
  const compiled = fold.rules.live.get(journeyId)
  if (!compiled) {
    holdEntry(result, journeyId, causeId, dueAt + LOOK_AGAIN, fold)
    return
  }
  if (!isStillThere(compiled, result.customer)) return
  const moment = { at: dueAt, receivedAt: fold.receivedAt }
  const facts = runFactsOf(null, fold.rules.settings)
  enrol(result, { compiled, causeId, key: null, facts, moment }, fold)
}
