import { initialTransition, transition, type AnyMachineSnapshot } from 'xstate'
import { SEND_ACTION, type CompiledJourney } from './compileJourney.ts'
import type { Customer } from './customer.ts'
import type { Effect } from './effect.ts'
import type { Enrolment, PastRuns } from './enrolment.ts'
import type { Journey, SendStep } from './journey.ts'
import type { Message } from './message.ts'
import { journeyVersionKey, type Rules } from './rules.ts'
import { applyTimedActions, timersOf, type TimedAction, type Timer } from './timers.ts'

export interface JourneyRun {
  customer: Customer
  effects: Effect[]
}

/** When something happens, and when Ciclo learns of it: the difference decides whether a mail would come too late. */
export interface Moment {
  at: number
  receivedAt: number
}

function mayEnter({ reentry }: Journey, past: PastRuns | undefined, at: number): boolean {
  if (!past || past.count === 0 || reentry.kind === 'always') return true
  return reentry.kind === 'after' && at - past.lastStartedAt >= reentry.duration
}

function messageOf(
  customer: Customer,
  enrolment: Enrolment,
  step: SendStep,
  moment: Moment,
  rules: Rules,
): Message {
  const { settings } = rules
  const claimed = step.to === 'claim'
  const address = (claimed ? customer.optIn?.email : customer.email) ?? ''
  const maxAge = settings.maxAge[step.purpose]
  const firstName = customer.traits['firstName']
  const isLate = moment.receivedAt - moment.at > maxAge
  return {
    id: `${enrolment.id}/${step.id}/${enrolment.visits[step.id]}`,
    enrolmentId: enrolment.id,
    journeyId: enrolment.journeyId,
    stepId: step.id,
    template: step.template,
    purpose: step.purpose,
    address,
    claimed,
    locale: customer.locale?.value ?? settings.locale,
    // Nothing that a visitor typed goes to an address that is not proven to be theirs.
    data: {
      customer: { ...(typeof firstName === 'string' && !claimed ? { firstName } : {}), email: address },
    },
    causeAt: moment.at,
    createdAt: moment.receivedAt,
    expiresAt: moment.at + maxAge,
    state: isLate ? 'expired' : address === '' ? 'refused' : 'queued',
    reason: isLate ? 'late' : address === '' ? 'no-address' : null,
  }
}

/** Applies what one pure transition of a journey's machine asked for. */
function advance(
  customer: Customer,
  enrolment: Enrolment,
  compiled: CompiledJourney,
  [snapshot, actions]: [AnyMachineSnapshot, readonly TimedAction[]],
  moment: Moment,
  rules: Rules,
): JourneyRun {
  if (snapshot.status === 'error') throw snapshot.error
  const effects: Effect[] = []
  const visits = { ...enrolment.visits }
  for (const { type, params } of actions) {
    if (type !== SEND_ACTION) continue
    const step = compiled.steps.get((params as { step: string }).step)
    if (step?.kind !== 'send') continue
    visits[step.id] = (visits[step.id] ?? 0) + 1
    effects.push({
      type: 'message',
      message: messageOf(customer, { ...enrolment, visits }, step, moment, rules),
    })
  }
  const ended = snapshot.status === 'done'
  const next: Enrolment = {
    ...enrolment,
    visits,
    value: snapshot.value,
    endedAt: ended ? moment.at : null,
    endReason: ended ? 'completed' : null,
  }
  const timers = applyTimedActions(customer.timers, enrolment.id, actions, moment.at)
  const past = customer.past[enrolment.journeyId]
  return {
    customer: {
      ...customer,
      timers: ended ? timersOf(timers, (owner) => owner !== enrolment.id) : timers,
      enrolments: { ...customer.enrolments, [enrolment.id]: next },
      past:
        ended && past
          ? { ...customer.past, [enrolment.journeyId]: { ...past, lastEndedAt: moment.at } }
          : customer.past,
    },
    effects,
  }
}

/** Starts a journey for a customer, if its re-entry rule and a run already under way allow it. */
export function enrol(
  customer: Customer,
  compiled: CompiledJourney,
  causeId: string,
  moment: Moment,
  rules: Rules,
): JourneyRun {
  const { definition } = compiled
  const past = customer.past[definition.id]
  const isRunning = Object.values(customer.enrolments).some(
    ({ journeyId, endedAt }) => journeyId === definition.id && endedAt === null,
  )
  if (isRunning || !mayEnter(definition, past, moment.at)) return { customer, effects: [] }
  const enrolment: Enrolment = {
    id: `${definition.id}/${customer.id}/${causeId}`,
    journeyId: definition.id,
    version: definition.version,
    causeId,
    startedAt: moment.at,
    endedAt: null,
    endReason: null,
    value: null,
    visits: {},
  }
  const entered: Customer = {
    ...customer,
    past: {
      ...customer.past,
      [definition.id]: { count: (past?.count ?? 0) + 1, lastStartedAt: moment.at, lastEndedAt: null },
    },
  }
  return advance(entered, enrolment, compiled, initialTransition(compiled.machine), moment, rules)
}

/** Fires an enrolment's timer. A timer whose enrolment has ended is nothing. */
export function fireJourneyTimer(
  customer: Customer,
  timer: Timer,
  receivedAt: number,
  rules: Rules,
): JourneyRun {
  const enrolment = customer.enrolments[timer.owner]
  if (!enrolment || enrolment.endedAt !== null) return { customer, effects: [] }
  const key = journeyVersionKey(enrolment.journeyId, enrolment.version)
  const compiled = rules.journeys.get(key)
  if (!compiled)
    throw new ReferenceError(`Enrolment ${enrolment.id} runs journey ${key}, which the rules do not hold`)
  const { machine } = compiled
  const restored = machine.resolveState({ value: enrolment.value as string, context: {} })
  return advance(
    customer,
    enrolment,
    compiled,
    transition(machine, restored, { type: timer.id }),
    { at: timer.dueAt, receivedAt },
    rules,
  )
}
