import { casesUntil } from '../cases.ts'
import { isBasisAllowed } from '../consentPolicy.ts'
import { BEGINNING, type Customer } from '../customer.ts'
import type { Effect } from '../effect.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import { CAP_MEMORY } from '../frequencyCap.ts'
import type { EventInput, Input } from '../input.ts'
import type { Message } from '../message.ts'
import { ownEvent } from '../ownEvent.ts'
import { decide, OPEN_STREAM, type Decision, type PolicyFacts } from '../policy.ts'
import type { Rules } from '../rules.ts'
import { compileRule } from '../segments/compileRule.ts'
import { DAY } from '../settings.ts'
import { step } from '../step.ts'
import type { StepResult } from '../stepResult.ts'
import { earliest, type Timers } from '../timers.ts'
import { isTopicRefused } from '../topics.ts'
import type { Transition } from '../transitionReason.ts'
import { zoneOf } from '../zoneOf.ts'
import {
  beginSimulation,
  changeClosed,
  historyInOrder,
  nothingYet,
  withDates,
  type Beginning,
  type SentMail,
} from './beginSimulation.ts'
import type { Enrolment } from './enrolment.ts'
import { runningOf } from './runningOf.ts'
import { nextOccurrence, scheduledRequest } from './schedule.ts'
import { withdrawalOf } from './withdrawalOf.ts'

/** What became of a mail. One that still waits at the end of the simulation is `queued`. */
export interface SimulatedMessage {
  message: Message
  outcome: 'queued' | 'sent' | 'refused' | 'expired'
  reason: string | null
  /** When it came to that; of one that waits, when it is looked at again. */
  at: number
  /** What it had to wait for on the way, in order. */
  waitedFor: readonly string[]
  /** The journeys whose mails took up the frequency cap when it held this one back; null: mails from before `since`. */
  cappedBy: readonly (string | null)[]
}

export interface Simulation {
  customer: Customer
  transitions: readonly Transition[]
  messages: readonly SimulatedMessage[]
  /** Every run, also those that have ended. */
  runs: readonly Enrolment[]
  coupons: readonly Extract<Effect, { type: 'coupon' }>[]
  webhooks: readonly Extract<Effect, { type: 'webhook' }>[]
}

export interface SimulateOptions {
  customerId: string
  /** Until then the past is only told: it starts no journey and sends nothing. Left out: from the beginning. */
  since?: number
  until: number
}

/** Told of what happens on the way, in its order. */
export interface SimulationWatch {
  /** One input was applied to the customer. */
  onStep: (told: { input: Input; before: Customer; result: StepResult }) => void
  /** A mail has left or never will, or is put off for another reason than before; at which instant that was decided. */
  onMail: (mail: SimulatedMessage, at: number) => void
  /** Whether enough is known: nothing more is lived through. */
  isOver?: () => boolean
}

/** Lives through one customer's events from where it stood at `since`; `history` is what comes after it, in order. */
export type LiveThrough = (
  beginning: Beginning,
  history: readonly EventInput[],
  period: { since: number; until: number },
  watch?: SimulationWatch,
) => Simulation

interface Schedule {
  id: string
  isAsked: (customer: Customer, at: number) => boolean
  next: (after: number) => number
}

/** The schedules of the live journeys. Days are drawn once, and not for each customer. */
function schedulesOf({ live, settings }: Rules): Schedule[] {
  return [...live.values()].flatMap(({ definition: { id, trigger } }): Schedule[] => {
    if (trigger.kind !== 'schedule') return []
    const known = new Map<number, number>()
    const next = (after: number) => {
      const found = known.get(after) ?? nextOccurrence(trigger, settings.shop.timeZone, after)
      known.set(after, found)
      return found
    }
    return [{ id, isAsked: compileRule(trigger.rule), next }]
  })
}

/** Which journeys' mails took up the cap: of the last day where that was full, else of the week. */
function capTakers(sent: readonly SentMail[], { settings: { cap } }: Rules, at: number): (string | null)[] {
  const ofDay = sent.filter((mail) => mail.at > at - DAY)
  const isDayFull = ofDay.length >= (cap?.perDay ?? Infinity)
  return [...new Set((isDayFull ? ofDay : sent).map(({ journeyId }) => journeyId))]
}

/** In which order the sender takes those that are due at one instant: what has waited longest goes first. */
const byTurn = ({ message: one }: SimulatedMessage, { message: other }: SimulatedMessage) =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1)

/**
 * Lives through customers' events with a virtual clock: `step` for what happens and for the passing of time, and the
 * sender's own policy for every mail, which is sent at the very instant at which it may be. Nothing leaves, nothing is
 * written. Made once for rules, and used for one customer after the other.
 */
export function createSimulator(rules: Rules): LiveThrough {
  const { settings } = rules
  const schedules = schedulesOf(rules)
  const paused = new Set(
    [...rules.journeys.values()].flatMap(({ definition, status }) =>
      status === 'paused' ? definition.id : [],
    ),
  )

  return (beginning, history, { since, until }, watch) => {
    let customer = withDates(beginning.customer, since, rules)
    const transitions: Transition[] = []
    const messages = new Map<string, SimulatedMessage>()
    /** When each mail that waits is looked at, by its id. */
    const waiting = new Map<string, number>()
    const runs = new Map<string, Enrolment>()
    const coupons = new Map<string, Extract<Effect, { type: 'coupon' }>>()
    const webhooks = new Map<string, Extract<Effect, { type: 'webhook' }>>()
    const closed = new Map([...beginning.closed].map(([address, reasons]) => [address, new Set(reasons)]))
    let sent: readonly SentMail[] = beginning.sent
    const confirmedAt = new Map<string, number>()

    const end = (id: string, outcome: SimulatedMessage['outcome'], reason: string | null, at: number) => {
      const simulated = messages.get(id)
      waiting.delete(id)
      if (!simulated) return
      const ended = { ...simulated, outcome, reason, at }
      messages.set(id, ended)
      watch?.onMail(ended, at)
    }

    const carryOut = (effect: Effect, at: number) => {
      if (effect.type === 'message') {
        const { message } = effect
        const { id, state, reason } = message
        if (messages.has(id)) return
        const asked: SimulatedMessage = { message, outcome: state, reason, at, waitedFor: [], cappedBy: [] }
        messages.set(id, asked)
        if (state === 'queued') waiting.set(id, at)
        else watch?.onMail(asked, at)
      } else if (effect.type === 'coupon') coupons.set(effect.claim, effect)
      else if (effect.type === 'webhook') webhooks.set(effect.id, effect)
      else changeClosed(closed, effect)
    }

    /** What a run that was ended from outside has not sent yet goes with it. */
    const follow = (run: Enrolment, at: number) => {
      runs.set(run.id, run)
      const withdrawal = withdrawalOf(run.endReason)
      if (withdrawal === null) return
      for (const id of waiting.keys()) {
        const known = messages.get(id)
        if (known?.message.enrolmentId !== run.id) continue
        if (withdrawal.isUnseenToo || known.waitedFor.length > 0) end(id, 'refused', withdrawal.reason, at)
      }
    }

    const live = (input: Input) => {
      const before = customer
      const result = step(customer, input, rules)
      customer = result.customer
      for (const transition of result.transitions) if (transition.at >= since) transitions.push(transition)
      watch?.onStep({ input, before, result })
      for (const effect of result.effects) carryOut(effect, input.at)
      if (customer.enrolments === before.enrolments) return
      let hasEnded = false
      for (const run of Object.values(customer.enrolments)) {
        hasEnded ||= run.endedAt !== null
        if (before.enrolments[run.id] !== run) follow(run, input.at)
      }
      // As the shell loads only what runs.
      if (hasEnded) {
        const enrolments = Object.fromEntries(runningOf(customer).map((run) => [run.id, run]))
        customer = { ...customer, enrolments }
      }
    }

    const factsOf = ({ address, journeyId, topic }: Message, at: number): PolicyFacts => {
      const reasons = closed.get(address)
      const basis = customer.consent['marketing-email']?.basis ?? 'consent'
      return {
        permission: customer.lifecycle.value.permission,
        suppressed: reasons?.has('bounce') ?? false,
        withdrawn: reasons?.has('complaint')
          ? 'complaint'
          : reasons?.has('unsubscribed')
            ? 'unsubscribed'
            : null,
        basisAllowed: isBasisAllowed(basis, customer.country, settings),
        topicRefused: isTopicRefused(customer.refusedTopics, topic, settings.topics),
        parked: false,
        addressIsCurrent: customer.email === address,
        confirmedRecently: at - (confirmedAt.get(address) ?? -Infinity) < DAY,
        journeyPaused: paused.has(journeyId),
        caseUntil: casesUntil(customer.cases, settings.casePause, at),
        zone: zoneOf(customer, settings),
        marketingSentAt: sent.map((mail) => mail.at),
        stream: OPEN_STREAM,
      }
    }

    const recordDecision = (
      simulated: SimulatedMessage,
      decision: Exclude<Decision, { kind: 'send' }>,
      at: number,
    ) => {
      const { message, waitedFor, cappedBy } = simulated
      const { reason } = decision
      const known =
        reason === 'frequency-cap'
          ? { ...simulated, cappedBy: [...new Set([...cappedBy, ...capTakers(sent, rules, at)])] }
          : simulated
      if (decision.kind === 'refuse') {
        messages.set(message.id, known)
        end(message.id, reason === 'expired' ? 'expired' : 'refused', reason, at)
        return
      }
      const { until: dueAt } = decision
      const waits = waitedFor.at(-1) === reason ? waitedFor : [...waitedFor, reason]
      const put = { ...known, waitedFor: waits, reason, at: dueAt }
      messages.set(message.id, put)
      waiting.set(message.id, dueAt)
      if (waits !== waitedFor) watch?.onMail(put, at)
    }

    /** As the sender does: decides on all that is due, one knowing of the other, and then sends what passes. */
    const sendDue = (at: number) => {
      const due = [...waiting].flatMap(([id, dueAt]) => (dueAt === at ? (messages.get(id) ?? []) : []))
      sent = sent.filter((mail) => mail.at > at - CAP_MEMORY)
      const passed: Message[] = []
      for (const simulated of due.toSorted(byTurn)) {
        const { message, waitedFor } = simulated
        const { id } = message
        const withdrawal = withdrawalOf(runs.get(message.enrolmentId)?.endReason ?? null)
        if (withdrawal && waitedFor.length > 0) {
          end(id, 'refused', withdrawal.reason, at)
          continue
        }
        const decision = decide(message, factsOf(message, at), settings, at)
        if (decision.kind !== 'send') {
          recordDecision(simulated, decision, at)
          continue
        }
        end(id, 'sent', null, at)
        passed.push(message)
        if (message.claimed) confirmedAt.set(message.address, at)
        if (message.purpose === 'marketing') sent = [...sent, { at, journeyId: message.journeyId }]
      }
      for (const { id, template, purpose } of passed) {
        const name = EVENT_NAMES.emailSent
        live(ownEvent(`${name}/${id}`, at, name, { message: id, template, purpose }))
      }
    }

    const begins = since === BEGINNING ? (history[0]?.at ?? until) : since
    const occurrences = schedules.map(({ next }) => next(begins - 1))
    const comeRound = (at: number) => {
      for (const [index, { id, next, isAsked }] of schedules.entries()) {
        if (occurrences[index] !== at) continue
        occurrences[index] = next(at)
        if (customer.moved.at !== BEGINNING && isAsked(customer, at))
          live(scheduledRequest(id, at, customer.id))
      }
    }

    let timers: Timers | undefined
    let timerAt = Infinity
    let place = 0
    for (;;) {
      const input = history[place]
      if (customer.timers !== timers) {
        ;({ timers } = customer)
        timerAt = earliest(timers) ?? Infinity
      }
      let messageAt = Infinity
      for (const dueAt of waiting.values()) if (dueAt < messageAt) messageAt = dueAt
      let scheduledAt = Infinity
      for (const occurrence of occurrences) if (occurrence < scheduledAt) scheduledAt = occurrence
      const at = Math.min(input?.at ?? Infinity, timerAt, messageAt, scheduledAt)
      if (at > until || watch?.isOver?.()) break
      // What happens at one instant comes in the order of the server's loops: events, then time, then schedules and mails.
      if (input?.at === at) {
        place += 1
        live(input)
      } else if (timerAt === at) live({ kind: 'wake', at, receivedAt: at })
      else if (scheduledAt === at) comeRound(at)
      else sendDue(at)
    }
    return {
      customer,
      transitions,
      messages: [...messages.values()],
      runs: [...runs.values()],
      coupons: [...coupons.values()],
      webhooks: [...webhooks.values()],
    }
  }
}

/**
 * Lives through one customer's events with a virtual clock.
 *
 * It differs from what was in three ways: what was told late is told in time, mails are never held up by a mail server,
 * and of what other customers do to the same address nothing is known.
 *
 * @param inputs what has happened to the customer, in any order
 */
export function simulate(inputs: readonly EventInput[], rules: Rules, options: SimulateOptions): Simulation {
  const { customerId, since = BEGINNING, until } = options
  const history = historyInOrder(inputs, until)
  const first = history.findIndex(({ at }) => at >= since)
  const told = first === -1 ? history : history.slice(0, first)
  const beginning =
    since === BEGINNING ? nothingYet(customerId) : beginSimulation(told, rules, { customerId, since })
  return createSimulator(rules)(beginning, history.slice(told.length), { since, until })
}
