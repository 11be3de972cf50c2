import type { Customer } from '../customer.ts'
import { DAY } from '../settings.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import { ENTRIES_OWNER, timersLike, withTimer, type Timer } from '../timers.ts'
import type { CompiledJourney } from './compileJourney.ts'
import { enrol } from './enrol.ts'
import { isPaused } from './isPaused.ts'
import { NO_FACTS } from './runFacts.ts'

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

/** Somebody's turn to be let into a journey. */
interface EntryTurn {
  journeyId: string
  causeId: string
  dueAt: number
}

export function armEntry(result: StepResult, { journeyId, causeId, dueAt }: EntryTurn): void {
  const { customer } = result
  const timers = withTimer(customer.timers, ENTRIES_OWNER, `${journeyId}@${causeId}`, dueAt)
  result.customer = { ...customer, timers }
}

/** When somebody's turns to be let into a journey come. */
export const entriesOf = ({ timers }: Customer, journeyId: string): number[] =>
  timersLike(timers, ENTRIES_OWNER, `${journeyId}@`).map(([, dueAt]) => dueAt)

/** Nobody is forgotten of those who were there when a journey went live, because it is paused meanwhile. */
export function holdEntry(result: StepResult, turn: EntryTurn, at: number, { rules }: Fold): void {
  if (isPaused(rules, turn.journeyId))
    armEntry(result, { ...turn, dueAt: Math.max(turn.dueAt, at + LOOK_AGAIN) })
}

/** Somebody's turn has come to be let into a journey that was opened to those who were there already. */
export function fireEntryTimer(result: StepResult, { id, dueAt }: Timer, fold: Fold): void {
  const place = id.indexOf('@')
  const [journeyId, causeId] = [id.slice(0, place), id.slice(place + 1)]
  const compiled = fold.rules.live.get(journeyId)
  if (!compiled) {
    holdEntry(result, { journeyId, causeId, dueAt }, dueAt, fold)
    return
  }
  if (!isStillThere(compiled, result.customer)) return
  const moment = { at: dueAt, receivedAt: fold.receivedAt }
  enrol(result, { compiled, causeId, key: null, facts: NO_FACTS, moment }, fold)
}
