import type { Customer } from '../customer.ts'
import { journeyOf, type Rules } from '../rules.ts'
import type { CompiledJourney } from './compileJourney.ts'
import type { Enrolment, PastRuns } from './enrolment.ts'
import type { Journey } from './journey.ts'
import { lastOfKey, pastOf } from './pastRuns.ts'
import { isThrough, runningOf } from './runningOf.ts'
import type { Reentry } from './trigger.ts'

/** Why somebody does not come into a journey whose trigger has fired. */
export type EntryRefusal =
  | { reason: 'not-live' }
  /** The entry condition is not true. */
  | { reason: 'entry' }
  /** A run of it is under way. */
  | { reason: 'running'; enrolment: string }
  /** So many runs of it are under way that nobody is meant to have more: `RUNS_AT_ONCE`. */
  | { reason: 'too-many' }
  /** Was in it before; `until` is when the rule lets in again, null for never. */
  | { reason: 'reentry'; until: number | null }
  /** A journey of the same group and a higher rank is under way. */
  | { reason: 'excluded'; by: string }
  /** What ends a run, or its goal, is true already. */
  | { reason: 'exit'; exit: string }
  | { reason: 'goal' }
  /** A journey of marketing alone, and the customer has said no. */
  | { reason: 'unsubscribed' | 'suppressed' }

/** When a re-entry rule lets in again after a run; undefined: at once, null: never. */
function nextEntry(reentry: Reentry, startedAt: number, endedAt: number | null): number | null | undefined {
  if (reentry.kind === 'always') return undefined
  if (reentry.kind === 'never') return null
  const from = reentry.kind === 'after' ? startedAt : endedAt
  return from === null ? undefined : from + reentry.duration
}

function lastRun(past: PastRuns | undefined, key: string | null): [number, number | null] | undefined {
  if (!past || past.count === 0) return undefined
  if (key === null) return [past.lastStartedAt, past.lastEndedAt]
  const own = lastOfKey(past.keys, key)
  return own && [own[0], own[1]]
}

/** Running enrolments that this one and the others of its group know of. */
function rivalsOf({ definition }: CompiledJourney, customer: Customer, rules: Rules) {
  const { exclusion } = definition
  if (!exclusion) return []
  return runningOf(customer).flatMap((enrolment) => {
    const other = journeyOf(rules, enrolment)?.definition.exclusion
    return other?.group === exclusion.group ? [{ enrolment, rank: other.rank }] : []
  })
}

/** The runs that end when this one begins: of the same group, and of a lower rank. */
export function overtakenBy(compiled: CompiledJourney, customer: Customer, rules: Rules): Enrolment[] {
  const rank = compiled.definition.exclusion?.rank ?? 0
  return rivalsOf(compiled, customer, rules)
    .filter((rival) => rival.rank < rank)
    .map(({ enrolment }) => enrolment)
}

/** The run that is under way for the same thing. */
export const runOf = (customer: Customer, journeyId: string, key: string | null): Enrolment | undefined =>
  runningOf(customer).find((run) => run.journeyId === journeyId && run.key === key && !isThrough(run))

/** A run that is through, where the next one may only begin after its end. */
function unendedOf({ id, reentry }: Journey, customer: Customer, key: string | null): Enrolment | undefined {
  if (reentry.kind !== 'afterEnd') return undefined
  return runningOf(customer).find(
    (run) => run.journeyId === id && isThrough(run) && (reentry.per === 'customer' || run.key === key),
  )
}

/** Runs of one journey with a key: each is loaded with its customer, and a browser may name any number of products. */
const RUNS_AT_ONCE = 50

const isFull = (customer: Customer, journeyId: string) =>
  runningOf(customer).filter((run) => run.journeyId === journeyId).length >= RUNS_AT_ONCE

/** Why a customer may not come into a journey at an instant; null where nothing is against it. */
export function mayEnter(
  compiled: CompiledJourney,
  customer: Customer,
  key: string | null,
  at: number,
  rules: Rules,
): EntryRefusal | null {
  const { definition, entry, exits, goal, isMarketing, status } = compiled
  if (status !== 'live') return { reason: 'not-live' }
  const running = runOf(customer, definition.id, key) ?? unendedOf(definition, customer, key)
  if (running) return { reason: 'running', enrolment: running.id }
  if (key !== null && isFull(customer, definition.id)) return { reason: 'too-many' }
  const last = lastRun(pastOf(customer.past, definition.id), definition.reentry.per === 'key' ? key : null)
  const until = last && nextEntry(definition.reentry, ...last)
  if (until === null || (until !== undefined && at < until)) return { reason: 'reentry', until }
  const { permission } = customer.lifecycle.value
  if (isMarketing && (permission === 'unsubscribed' || permission === 'suppressed'))
    return { reason: permission }
  if (entry && !entry(customer, at)) return { reason: 'entry' }
  const exit = exits.find(({ on }) => on.holds?.(customer, at))
  if (exit) return { reason: 'exit', exit: exit.name }
  if (goal?.holds?.(customer, at)) return { reason: 'goal' }
  const rank = definition.exclusion?.rank ?? 0
  const higher = rivalsOf(compiled, customer, rules).find((rival) => rival.rank > rank)
  return higher ? { reason: 'excluded', by: higher.enrolment.journeyId } : null
}
