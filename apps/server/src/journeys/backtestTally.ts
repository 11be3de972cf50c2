import { DAY, type Enrolment, type Journey, type SimulatedMessage, type Simulation } from '@ciclo/engine'
import { increase } from './increase.ts'

type Counts = Record<string, number>

/** A mail of the journey, and what would have become of it. */
export interface BacktestMessage {
  /** As it would really have: run, step and visit. */
  id: string
  customerId: string
  at: number
  template: string
  step: string
  purpose: string
  locale: string
  to: string
  outcome: SimulatedMessage['outcome']
  reason: string | null
  waitedFor: readonly string[]
}

/** Somebody who would get other mails than by the version that is live, in mails of all journeys. */
interface BacktestDifference {
  customerId: string
  before: number
  after: number
}

/** What a back-test counts: numbers and lists only, so that what several processes have counted is simply added up. */
export interface BacktestTally {
  customers: number
  runs: { started: number; customers: number; running: number; ended: Counts }
  steps: Record<string, { entered: number; waiting: number; ended: number }>
  mails: { asked: number; sent: number; refused: number; expired: number; waiting: number }
  /** Mails sent by template and day of the shop's clock. */
  templates: Record<string, Counts>
  refusals: Counts
  /** How many mails had to wait, by what for. */
  postponed: Counts
  collisions: {
    /** Mails of the journey that were sent within 24 hours of another journey's, and by which. */
    near: number
    nearBy: Counts
    /** Mails of the journey that the cap held back because of another's mails, and others' because of the journey's. */
    heldBackBy: Counts
    heldBack: Counts
    /** Runs of the journey that another ended, and others' that it ended, in its exclusion group. */
    overtakenBy: Counts
    overtook: Counts
  }
  compared: {
    customers: { same: number; more: number; fewer: number; other: number }
    /** Mails sent, by journey. */
    live: Counts
    candidate: Counts
  }
  messages: BacktestMessage[]
  differences: BacktestDifference[]
}

export const emptyTally = (): BacktestTally => ({
  customers: 0,
  runs: { started: 0, customers: 0, running: 0, ended: {} },
  steps: {},
  mails: { asked: 0, sent: 0, refused: 0, expired: 0, waiting: 0 },
  templates: {},
  refusals: {},
  postponed: {},
  collisions: { near: 0, nearBy: {}, heldBackBy: {}, heldBack: {}, overtakenBy: {}, overtook: {} },
  compared: { customers: { same: 0, more: 0, fewer: 0, other: 0 }, live: {}, candidate: {} },
  messages: [],
  differences: [],
})

function add(one: unknown, other: unknown): unknown {
  if (typeof one === 'number') return one + (typeof other === 'number' ? other : 0)
  if (Array.isArray(one))
    return [...(one as unknown[]), ...(Array.isArray(other) ? (other as unknown[]) : [])]
  if (typeof one !== 'object' || one === null || typeof other !== 'object' || other === null)
    return one ?? other
  const sum: Record<string, unknown> = { ...one }
  for (const [name, value] of Object.entries(other))
    sum[name] = Object.hasOwn(sum, name) ? add(sum[name], value) : value
  return sum
}

/** What two parts of the customers have come to together. */
export const addTallies = (one: BacktestTally, other: BacktestTally) => add(one, other) as BacktestTally

/** Mails from before the period: nobody asks which journey they were of. */
const EARLIER = 'earlier'

const isSent = ({ outcome }: SimulatedMessage) => outcome === 'sent'

const keyOf = ({ message, at }: SimulatedMessage) => `${message.journeyId} ${message.template} ${at}`

/** The journeys of mails that were sent within a day of one, before or after it. */
function nearest(mail: SimulatedMessage, others: readonly SimulatedMessage[]): Set<string> {
  return new Set(others.flatMap(({ at, message }) => (Math.abs(at - mail.at) < DAY ? message.journeyId : [])))
}

interface TallyOptions {
  definition: Journey
  /** IANA: whose days mails are counted by. */
  zone: string
  /** So many mails and differences are kept for the answer. */
  sample: number
}

/** Counts what simulations of one customer after the other have come to. */
export function createTally({ definition, zone, sample }: TallyOptions) {
  const tally = emptyTally()
  const { id: journeyId, exclusion } = definition
  const dayFormat = new Intl.DateTimeFormat('en-CA', { timeZone: zone, dateStyle: 'short' })
  for (const step of definition.steps) tally.steps[step.id] = { entered: 0, waiting: 0, ended: 0 }

  const countRun = (run: Enrolment) => {
    const { runs, steps } = tally
    runs.started += 1
    if (run.endedAt === null) runs.running += 1
    else increase(runs.ended, run.endReason ?? 'completed')
    for (const step of Object.keys(run.visits)) {
      const counts = steps[step]
      if (!counts) continue
      counts.entered += 1
      if (run.value !== step) continue
      if (run.endedAt === null) counts.waiting += 1
      else counts.ended += 1
    }
  }

  const countMail = (simulated: SimulatedMessage) => {
    const { mails, refusals, postponed, templates } = tally
    const { message, outcome, reason, waitedFor, at } = simulated
    mails.asked += 1
    if (outcome === 'queued') mails.waiting += 1
    else mails[outcome] += 1
    if (outcome === 'refused' || outcome === 'expired') increase(refusals, reason ?? outcome)
    for (const waited of new Set(waitedFor)) increase(postponed, waited)
    if (outcome === 'sent') increase((templates[message.template] ??= {}), dayFormat.format(at))
  }

  const countCollisions = ({ messages, runs }: Simulation, own: readonly SimulatedMessage[]) => {
    const { collisions } = tally
    const others = messages.filter(({ message }) => message.journeyId !== journeyId)
    const sentByOthers = others.filter(isSent)
    for (const mail of own) {
      if (isSent(mail)) {
        const near = nearest(mail, sentByOthers)
        if (near.size > 0) collisions.near += 1
        for (const other of near) increase(collisions.nearBy, other)
      }
      for (const by of mail.cappedBy) if (by !== journeyId) increase(collisions.heldBackBy, by ?? EARLIER)
    }
    for (const { cappedBy, message } of others)
      if (cappedBy.includes(journeyId)) increase(collisions.heldBack, message.journeyId)
    if (!exclusion) return
    for (const run of runs) {
      if (run.endReason !== 'overtaken') continue
      // Whoever overtakes begins at that very instant.
      for (const rival of runs) {
        if (rival.startedAt !== run.endedAt || rival.journeyId === run.journeyId) continue
        if (run.journeyId === journeyId) increase(collisions.overtakenBy, rival.journeyId)
        else if (rival.journeyId === journeyId) increase(collisions.overtook, run.journeyId)
      }
    }
  }

  const compare = (customerId: string, candidate: Simulation, live: Simulation) => {
    const { compared, differences } = tally
    const [after, before] = [candidate.messages.filter(isSent), live.messages.filter(isSent)]
    for (const { message } of after) increase(compared.candidate, message.journeyId)
    for (const { message } of before) increase(compared.live, message.journeyId)
    const known = before.map(keyOf).toSorted()
    const isSame = live === candidate || after.map(keyOf).toSorted().join('\n') === known.join('\n')
    const kind = isSame
      ? 'same'
      : after.length > before.length
        ? 'more'
        : after.length < before.length
          ? 'fewer'
          : 'other'
    compared.customers[kind] += 1
    if (!isSame && differences.length < sample)
      differences.push({ customerId, before: before.length, after: after.length })
  }

  return {
    tally,
    /** Counts one customer's, and returns the mails of the journey in the order of time. */
    count: (customerId: string, candidate: Simulation, live: Simulation): BacktestMessage[] => {
      tally.customers += 1
      compare(customerId, candidate, live)
      const runs = candidate.runs.filter((run) => run.journeyId === journeyId)
      if (runs.length === 0) return []
      tally.runs.customers += 1
      for (const run of runs) countRun(run)
      const own = candidate.messages.filter(({ message }) => message.journeyId === journeyId)
      for (const mail of own) countMail(mail)
      countCollisions(candidate, own)
      const rows = own
        .map(({ message, at, outcome, reason, waitedFor }): BacktestMessage => {
          const { id, template, stepId, purpose, locale, address } = message
          return {
            id,
            customerId,
            at,
            template,
            step: stepId,
            purpose,
            locale,
            to: address,
            outcome,
            reason,
            waitedFor,
          }
        })
        .toSorted((one, other) => one.at - other.at)
      const room = sample - tally.messages.length
      if (room > 0) tally.messages.push(...rows.slice(0, room))
      return rows
    },
  }
}
