import { casesUntil } from '../cases.ts'
import { isBasisAllowed } from '../consentPolicy.ts'
import { BEGINNING, createCustomer, isBefore, type Customer } from '../customer.ts'
import type { Effect, SuppressionReason } from '../effect.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import { CAP_MEMORY } from '../frequencyCap.ts'
import type { EventInput, Input } from '../input.ts'
import type { Message } from '../message.ts'
import { ownEvent } from '../ownEvent.ts'
import { decide, type PolicyFacts } from '../policy.ts'
import type { Rules } from '../rules.ts'
import { compileRule } from '../segments/compileRule.ts'
import { DAY } from '../settings.ts'
import { step } from '../step.ts'
import { earliest } from '../timers.ts'
import type { Transition } from '../transitionReason.ts'
import { zoneOf } from '../zoneOf.ts'
import type { Enrolment } from './enrolment.ts'
import { isPaused } from './isPaused.ts'
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

/** What Ciclo writes down of where customers are: it follows from the rest again. */
const DERIVED: ReadonlySet<string | undefined> = new Set([
  EVENT_NAMES.rfmGroupChanged,
  EVENT_NAMES.segmentEntered,
  EVENT_NAMES.segmentLeft,
])

/** As if it had been told when it happened. What an import brings is lived through, too. */
const asItHappened = (input: EventInput): EventInput => ({
  ...input,
  receivedAt: input.at,
  source: input.source === 'import' ? 'secret' : input.source,
})

const isTold = ({ source, event }: EventInput) => !(source === 'own' && DERIVED.has(event.name))

const withoutStarts = (rules: Rules): Rules => ({
  ...rules,
  live: new Map(),
  byTrigger: new Map(),
  byEvent: new Map(),
  dated: [],
  datedBy: '',
})

interface Waiting {
  simulated: SimulatedMessage
  dueAt: number
}

/**
 * Lives through one customer's events with a virtual clock: `step` for what happens and for the passing of time, and the
 * sender's own policy for every mail, which is sent at the very instant at which it may be. Nothing leaves, nothing is
 * written.
 *
 * It differs from what was in three ways: what was told late is told in time, mails are never held up by a mail server,
 * and of what other customers do to the same address nothing is known.
 *
 * @param inputs what has happened to the customer, in any order
 */
export function simulate(inputs: readonly EventInput[], rules: Rules, options: SimulateOptions): Simulation {
  const { customerId, since = BEGINNING, until } = options
  const { settings } = rules
  const history = inputs
    .filter((input) => input.at <= until && isTold(input))
    .map(asItHappened)
    .toSorted((one, other) => (isBefore(one, other) ? -1 : 1))
  const past = since === BEGINNING ? rules : withoutStarts(rules)
  let customer = createCustomer(customerId)
  const transitions: Transition[] = []
  const messages = new Map<string, SimulatedMessage>()
  const waiting = new Map<string, Waiting>()
  const runs = new Map<string, Enrolment>()
  const coupons = new Map<string, Extract<Effect, { type: 'coupon' }>>()
  const webhooks = new Map<string, Extract<Effect, { type: 'webhook' }>>()
  const closed = new Map<string, Set<SuppressionReason>>()
  const sentAt: number[] = []
  const confirmedAt = new Map<string, number>()

  const end = (simulated: SimulatedMessage, outcome: SimulatedMessage['outcome'], reason: string | null, at: number) => {
    waiting.delete(simulated.message.id)
    messages.set(simulated.message.id, { ...simulated, outcome, reason, at })
  }

  const carryOut = (effect: Effect, at: number) => {
    if (effect.type === 'message') {
      const { message } = effect
      if (messages.has(message.id)) return
      const simulated: SimulatedMessage = {
        message,
        outcome: message.state,
        reason: message.reason,
        at,
        waitedFor: [],
      }
      messages.set(message.id, simulated)
      if (message.state === 'queued') waiting.set(message.id, { simulated, dueAt: at })
    } else if (effect.type === 'coupon') coupons.set(effect.claim, effect)
    else if (effect.type === 'webhook') webhooks.set(effect.id, effect)
    else if (effect.type === 'suppress')
      closed.set(effect.address, (closed.get(effect.address) ?? new Set()).add(effect.reason))
    else if (effect.type === 'lift') closed.get(effect.address)?.delete('unsubscribed')
  }

  /** What a run that was ended from outside has not sent yet goes with it. */
  const follow = (run: Enrolment, at: number) => {
    runs.set(run.id, run)
    const reason = withdrawalOf(run.endReason)
    if (reason === null) return
    for (const { simulated } of waiting.values())
      if (simulated.message.enrolmentId === run.id) end(simulated, 'refused', reason, at)
  }

  const live = (input: Input, by: Rules) => {
    const result = step(customer, input, by)
    const before = customer
    customer = result.customer
    for (const transition of result.transitions) if (transition.at >= since) transitions.push(transition)
    if (by === rules) for (const effect of result.effects) carryOut(effect, input.at)
    else for (const effect of result.effects) if (effect.type === 'suppress' || effect.type === 'lift') carryOut(effect, input.at)
    if (customer.enrolments === before.enrolments) return
    for (const run of Object.values(customer.enrolments))
      if (before.enrolments[run.id] !== run) follow(run, input.at)
    // As the shell loads only what runs.
    customer = { ...customer, enrolments: Object.fromEntries(runningOf(customer).map((run) => [run.id, run])) }
  }

  const factsOf = ({ address, journeyId }: Message, at: number): PolicyFacts => {
    const reasons = closed.get(address)
    const basis = customer.consent['marketing-email']?.basis ?? 'consent'
    return {
      permission: customer.lifecycle.value.permission,
      suppressed: reasons?.has('bounce') ?? false,
      withdrawn: reasons?.has('complaint') ? 'complaint' : reasons?.has('unsubscribed') ? 'unsubscribed' : null,
      basisAllowed: isBasisAllowed(basis, customer.country, settings),
      parked: false,
      addressIsCurrent: customer.email === address,
      confirmedRecently: at - (confirmedAt.get(address) ?? -Infinity) < DAY,
      journeyPaused: isPaused(rules, journeyId),
      caseUntil: casesUntil(customer.cases, settings.casePause, at),
      zone: zoneOf(customer, settings),
      marketingSentAt: sentAt.filter((time) => time > at - CAP_MEMORY),
    }
  }

  const send = ({ simulated }: Waiting, at: number) => {
    const { message } = simulated
    const decision = decide(message, factsOf(message, at), settings, at)
    if (decision.kind === 'wait') {
      const { reason, until: dueAt } = decision
      const waitedFor =
        simulated.waitedFor.at(-1) === reason ? simulated.waitedFor : [...simulated.waitedFor, reason]
      const next = { ...simulated, waitedFor, reason, at: dueAt }
      messages.set(message.id, next)
      waiting.set(message.id, { simulated: next, dueAt })
    } else if (decision.kind === 'refuse') {
      end(simulated, decision.reason === 'expired' ? 'expired' : 'refused', decision.reason, at)
    } else {
      end(simulated, 'sent', null, at)
      if (message.claimed) confirmedAt.set(message.address, at)
      if (message.purpose === 'marketing') sentAt.push(at)
      const { id, template, purpose } = message
      const name = EVENT_NAMES.emailSent
      live(ownEvent(`${name}/${id}`, at, name, { message: id, template, purpose }), rules)
    }
  }

  const schedules = [...rules.live.values()].flatMap(({ definition: { id, trigger } }) =>
    trigger.kind === 'schedule' ? [{ id, trigger, isAsked: compileRule(trigger.rule) }] : [],
  )
  const zone = settings.shop.timeZone
  const occurrences = schedules.map(({ trigger }) =>
    nextOccurrence(trigger, zone, Math.max(since, history[0]?.at ?? until) - 1),
  )

  let place = 0
  for (;;) {
    const input = history[place]
    const timerAt = earliest(customer.timers) ?? Infinity
    let messageAt = Infinity
    for (const { dueAt } of waiting.values()) messageAt = Math.min(messageAt, dueAt)
    const scheduledAt = Math.min(Infinity, ...occurrences)
    const at = Math.min(input?.at ?? Infinity, timerAt, messageAt, scheduledAt)
    if (at > until) break
    // What happens at one instant comes in the order of the server's loops: events, then time, then schedules and mails.
    if (input?.at === at) {
      place += 1
      live(input, at < since ? past : rules)
    } else if (timerAt === at) live({ kind: 'wake', at, receivedAt: at }, at < since ? past : rules)
    else if (scheduledAt === at) {
      for (const [index, { id, trigger, isAsked }] of schedules.entries()) {
        if (occurrences[index] !== at) continue
        occurrences[index] = nextOccurrence(trigger, zone, at)
        if (customer.moved.at !== BEGINNING && isAsked(customer, at))
          live(scheduledRequest(id, at, customerId), rules)
      }
    } else {
      const due = [...waiting.values()].filter(({ dueAt }) => dueAt === at)
      for (const one of due) if (waiting.has(one.simulated.message.id)) send(one, at)
    }
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
