import {
  createCustomer,
  isLate,
  ownEvent,
  rebuild,
  step,
  type Customer,
  type Effect,
  type EventInput,
  type Input,
  type Rules,
} from '../../src/index.ts'
import type { Enrolment } from '../../src/journeys/enrolment.ts'
import { UNSENT, WATCH } from '../../src/journeys/runJourney.ts'
import { isResting } from '../../src/journeys/compileJourney.ts'
import { END } from '../../src/journeys/journeyStep.ts'
import { journeyOf } from '../../src/rules.ts'
import { isThrough } from '../../src/journeys/runningOf.ts'
import { earliest } from '../../src/timers.ts'
import { DAY } from './inputs.ts'

/** One customer as the shell keeps it: its events, its outbox, and of its runs only those under way in its state. */
export interface Kept {
  customer: Customer
  history: readonly EventInput[]
  /** Every run that there was, as it was last. */
  runs: ReadonlyMap<string, Enrolment>
  effects: readonly Effect[]
}

export const nobody = (id = 'c1'): Kept => ({
  customer: createCustomer(id),
  history: [],
  runs: new Map(),
  effects: [],
})

export const isRunning = ({ endedAt }: Enrolment) => endedAt === null

/** What a step asks for by a name under which it may be asked for once only. */
function nameOf(effect: Effect): string | undefined {
  if (effect.type === 'message') return `message ${effect.message.id}`
  if (effect.type === 'coupon') return `coupon ${effect.claim}`
  return effect.type === 'webhook' || effect.type === 'event' ? `${effect.type} ${effect.id}` : undefined
}

/** The names of all that was asked for, in order. */
export const namesOf = (effects: readonly Effect[]): string[] => effects.flatMap((one) => nameOf(one) ?? [])

/** Keeps what a step or a rebuild has made of a customer. */
export function keep(kept: Kept, customer: Customer, effects: readonly Effect[]): Kept {
  const runs = new Map(kept.runs)
  for (const run of Object.values(customer.enrolments)) runs.set(run.id, run)
  const enrolments = Object.fromEntries(
    Object.entries(customer.enrolments).filter(([, run]) => isRunning(run)),
  )
  return {
    customer: { ...customer, enrolments },
    history: kept.history,
    runs,
    effects: [...kept.effects, ...effects],
  }
}

/** What Ciclo's own steps have brought about belongs to the history, as the shell keeps it. */
const ownEventsOf = (effects: readonly Effect[]): EventInput[] =>
  effects.flatMap((effect) =>
    effect.type === 'event'
      ? ownEvent(effect.id, effect.at, effect.name, effect.properties, effect.traits)
      : [],
  )

/** Applies an input as the shell does: what is late rebuilds, all else steps. */
export function tell(kept: Kept, input: Input, rules: Rules): Kept {
  const { customer } = kept
  const history = input.kind === 'event' ? [...kept.history, input] : kept.history
  const isRebuilt = input.kind === 'event' && isLate(customer, input, rules)
  const result = isRebuilt
    ? rebuild(customer, history, rules, new Set([input.id]))
    : step(customer, input, rules)
  const told = keep({ ...kept, history }, result.customer, result.effects)
  return { ...told, history: [...history, ...ownEventsOf(result.effects)] }
}

/** Lets time pass, waking at every instant at which something is due. */
export function wakeUntil(kept: Kept, at: number, rules: Rules): Kept {
  let woken = kept
  for (;;) {
    const next = earliest(woken.customer.timers)
    if (next === null || next > at) return woken
    woken = tell(woken, { kind: 'wake', at: next, receivedAt: next }, rules)
  }
}

/** A server is not down for longer: what has more than 10,000 timers due in one go counts as going in a circle. */
const LONGEST_REST = 100 * DAY

/** Lets time pass, waking seldom. */
export function wakeSeldom(kept: Kept, from: number, until: number, rules: Rules): Kept {
  let woken = kept
  for (let at = from; at < until;) {
    at = Math.min(at + LONGEST_REST, until)
    woken = tell(woken, { kind: 'wake', at, receivedAt: at }, rules)
  }
  return woken
}

/** The mails of running runs of which nobody knows yet whether they have left. */
export const unsentOf = ({ customer }: Kept): string[] =>
  Object.values(customer.enrolments).flatMap(({ unsent }) => unsent?.message ?? [])

/** The mail has left. */
export const sentMail = (message: string, at: number): EventInput =>
  ownEvent(`Email Sent/${message}`, at, 'Email Sent', { message, purpose: 'marketing' })

function faultsOfRun(run: Enrolment, { timers }: Customer, rules: Rules): string[] {
  const compiled = journeyOf(rules, run)
  if (!compiled) return ['is of a version that the rules lack']
  const place = compiled.steps.get(run.value)
  const names = Object.keys(timers).flatMap((key) =>
    key.startsWith(`${run.id}|`) && !key.endsWith(`|${WATCH}`) ? [key.slice(run.id.length + 1)] : [],
  )
  if (!place) {
    if (run.value !== END) return [`is at ${run.value}, which its version lacks`]
    if (!run.unsent) return ['is through, and has nothing to wait for']
    return names.join() === UNSENT ? [] : [`is through, with timers: ${names.join() || 'none'}`]
  }
  if (!isResting(place)) return [`rests at ${place.id}, a ${place.kind}`]
  // What has happened in a pause is held, beside the timeout where it was waited for.
  if (run.held && names.length === 0) return []
  const isOwn = names.join() === `xstate.after.${place.id}.journey.${place.id}`
  return isOwn ? [] : [`waits at ${place.id}, with timers: ${names.join() || 'none'}`]
}

/** What must never be, of a customer and its runs at any time. */
export function faultsOf({ customer, runs, effects }: Kept, rules: Rules): string[] {
  const faults: string[] = []
  for (const run of Object.values(customer.enrolments))
    faults.push(...faultsOfRun(run, customer, rules).map((fault) => `${run.id} ${fault}`))
  for (const key of Object.keys(customer.timers)) {
    const owner = key.slice(0, key.lastIndexOf('|'))
    if (['lifecycle', 'rfm', 'segments', 'dates', 'entries'].includes(owner)) continue
    if (customer.enrolments[owner]?.endedAt !== null) faults.push(`the timer ${key} belongs to no run`)
  }
  for (const { id, startedAt, endedAt, endReason } of runs.values()) {
    if (endedAt !== null && endedAt < startedAt) faults.push(`${id} ends before it begins`)
    if ((endedAt === null) !== (endReason === null)) faults.push(`${id} ends without a reason`)
  }
  // One that is through, and only waits for its last mail, keeps nobody out.
  const running = Object.values(customer.enrolments)
    .filter((run) => !isThrough(run))
    .map(({ journeyId, key }) => `${journeyId} ${key}`)
  if (new Set(running).size < running.length) faults.push(`two runs of one journey: ${running.join()}`)
  const known = new Set<string>()
  for (const name of namesOf(effects)) {
    // A run may ask again for the code that it has.
    if (known.has(name) && !name.startsWith('coupon ')) faults.push(`twice: ${name}`)
    known.add(name)
  }
  return faults
}
