import type { Customer } from '../customer.ts'
import { isPaused } from '../journeys/isPaused.ts'
import type { CompiledJourney } from '../journeys/compileJourney.ts'
import type { EndReason } from '../journeys/enrolment.ts'
import { isHeldOut } from '../journeys/enrol.ts'
import { entriesOf, isStillThere } from '../journeys/entryTimers.ts'
import { mayEnter, type EntryRefusal } from '../journeys/mayEnter.ts'
import { pastOf } from '../journeys/pastRuns.ts'
import { runningOf } from '../journeys/runningOf.ts'
import { nextOccurrence } from '../journeys/schedule.ts'
import type { Trigger } from '../journeys/trigger.ts'
import { decide, type PolicyFacts, type Refusal, type Waiting } from '../policy.ts'
import { journeyOf, type Rules } from '../rules.ts'
import { compileRule } from '../segments/compileRule.ts'
import type { Settings } from '../settings.ts'
import { DATES_OWNER, timerOf } from '../timers.ts'
import { failedParts, type FailedPart } from './explainJourneyParts.ts'
import { explainJourneyRun, type RunStanding } from './explainJourneyRun.ts'

/** Why nobody in the customer's place would come in now, with what it hangs on. */
export type JourneyRefusal =
  | { reason: 'paused' | 'not-live' }
  | { reason: 'entry' | 'schedule-rule'; parts: readonly FailedPart[] }
  | Exclude<EntryRefusal, { reason: 'not-live' | 'entry' }>

/** Why a request by the API came to nothing. */
export type RequestRefusal = JourneyRefusal | { reason: 'parked' | 'duplicate' | 'erased' }

/** When the customer is asked in next, without doing anything. */
export type EntryWait =
  /** Their turn among those who were there when the journey went live. */
  { kind: 'opening'; at: number } | { kind: 'date'; at: number } | { kind: 'schedule'; at: number }

/** What the policy says to a marketing mail of the journey at this moment. */
export type MailStanding =
  | { kind: 'send' }
  | { kind: 'wait'; reason: Waiting; until: number | null }
  | { kind: 'refuse'; reason: Refusal }

/** How a customer stands to a journey. */
export interface JourneyStanding {
  journey: string
  name: string
  version: number
  /**
   * `in`: a run is under way. `waiting`: comes in at a time that is known. `could`: comes in when the trigger fires.
   * `cannot`: would not come in even then.
   */
  standing: 'in' | 'waiting' | 'could' | 'cannot'
  runs: readonly RunStanding[]
  waiting: readonly EntryWait[]
  refusal: JourneyRefusal | null
  trigger: Trigger
  /** Is where the trigger leads already: it is entering that starts the journey. */
  isThere: boolean
  /** Belongs to those who get nothing, to see what difference the journey makes. */
  isHeldOut: boolean
  before: {
    count: number
    lastStartedAt: number
    lastEndedAt: number | null
    lastEnd: EndReason | null
  } | null
  mail: MailStanding | null
}

export interface ExplainOptions {
  /** How the last run that has ended did: the customer's state does not keep it. */
  lastEnd?: EndReason | null
  /** The cart or order that is asked about; left out: one that nobody has had yet. */
  key?: string | null
  /** What the sender knows; left out: nothing is said of mails. */
  facts?: PolicyFacts
}

/** A cart or order that nobody has had yet: of those that were, another run may not be let in. */
const A_NEW_KEY = ''

function refusalOf(
  compiled: CompiledJourney,
  customer: Customer,
  at: number,
  rules: Rules,
  asked: string | null | undefined,
): JourneyRefusal | null {
  const { definition } = compiled
  const key = asked === undefined ? (definition.key === undefined ? null : A_NEW_KEY) : asked
  const refusal = mayEnter(compiled, customer, key, at, rules)
  if (refusal?.reason === 'not-live')
    return { reason: isPaused(rules, definition.id) ? 'paused' : 'not-live' }
  if (refusal?.reason === 'entry')
    return { reason: 'entry', parts: definition.entry ? failedParts(definition.entry, customer, at) : [] }
  if (refusal) return refusal
  const { trigger } = definition
  if (trigger.kind !== 'schedule' || compileRule(trigger.rule)(customer, at)) return null
  return { reason: 'schedule-rule', parts: failedParts(trigger.rule, customer, at) }
}

function waitsOf(
  { definition: { id, trigger } }: CompiledJourney,
  customer: Customer,
  at: number,
  rules: Rules,
) {
  const waits = entriesOf(customer, id).map((dueAt): EntryWait => ({ kind: 'opening', at: dueAt }))
  const dateAt = timerOf(customer.timers, DATES_OWNER, id)
  if (dateAt !== undefined) waits.push({ kind: 'date', at: dateAt })
  if (trigger.kind === 'schedule')
    waits.push({ kind: 'schedule', at: nextOccurrence(trigger, rules.settings.shop.timeZone, at) })
  return waits.toSorted((one, other) => one.at - other.at)
}

/** Mails that wait for these are looked at again and again, until somebody ends it. */
const ENDED_BY_PEOPLE: ReadonlySet<string> = new Set(['journey-paused', 'customer-parked', 'stream-stopped'])

/** What the policy says to a marketing mail at an instant, if one were due then. */
export function explainMail(
  facts: PolicyFacts,
  settings: Pick<Settings, 'quietHours' | 'cap'>,
  at: number,
): MailStanding {
  const mail = { purpose: 'marketing', claimed: false, onCap: 'postpone', expiresAt: Infinity } as const
  const decision = decide(mail, facts, settings, at)
  if (decision.kind !== 'wait') return decision
  const { reason, until } = decision
  if (reason === 'open-case') return { kind: 'wait', reason, until: facts.caseUntil }
  return { kind: 'wait', reason, until: ENDED_BY_PEOPLE.has(reason) ? null : until }
}

/**
 * How a customer stands to a journey, and why: in it and where, asked in at a time that is known, or what keeps them
 * out. Pure: of the customer's state with its runs under way.
 *
 * @param compiled the live version; of a journey that is not live, any that the rules hold
 */
export function explainJourney(
  customer: Customer,
  compiled: CompiledJourney,
  at: number,
  rules: Rules,
  { lastEnd = null, key, facts }: ExplainOptions = {},
): JourneyStanding {
  const { definition, version } = compiled
  const { id, name, trigger } = definition
  const runs = runningOf(customer)
    .filter(({ journeyId }) => journeyId === id)
    .map((run) => explainJourneyRun(customer, run, journeyOf(rules, run) ?? compiled, at, rules.settings))
  const refusal = refusalOf(compiled, customer, at, rules, key)
  const waiting = compiled.status === 'live' ? waitsOf(compiled, customer, at, rules) : []
  const past = pastOf(customer.past, id)
  const isFree = refusal === null
  return {
    journey: id,
    name,
    version,
    standing: runs.length > 0 ? 'in' : !isFree ? 'cannot' : waiting.length > 0 ? 'waiting' : 'could',
    runs,
    waiting,
    refusal,
    trigger,
    isThere:
      (trigger.kind === 'transition' || trigger.kind === 'rfm' || trigger.kind === 'segment') &&
      isStillThere(compiled, customer),
    isHeldOut: isHeldOut(customer, compiled),
    before: past
      ? { count: past.count, lastStartedAt: past.lastStartedAt, lastEndedAt: past.lastEndedAt, lastEnd }
      : null,
    mail: facts ? explainMail({ ...facts, journeyPaused: isPaused(rules, id) }, rules.settings, at) : null,
  }
}
