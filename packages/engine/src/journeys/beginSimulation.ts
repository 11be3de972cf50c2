import { BEGINNING, createCustomer, isBefore, type Customer } from '../customer.ts'
import { DERIVED_EVENTS } from '../derivedEvents.ts'
import type { Effect, SuppressionReason } from '../effect.ts'
import { EVENT_NAMES } from '../eventNames.ts'
import { CAP_MEMORY } from '../frequencyCap.ts'
import type { EventInput } from '../input.ts'
import { keepInPlace } from '../reading.ts'
import { withoutStarts, type Rules } from '../rules.ts'
import { applyEvent, makeFold, passTime, settle } from '../step.ts'
import type { StepResult } from '../stepResult.ts'
import { armDates } from './dateTimers.ts'
import type { PastRuns } from './enrolment.ts'

/** What is derived follows from the rest again. */
const isTold = ({ source, event }: EventInput) =>
  !(source === 'own' && DERIVED_EVENTS.includes(event.name ?? ''))

/** As if it had been told when it happened. What an import brings is lived through, too. */
const asItHappened = (input: EventInput): EventInput =>
  input.receivedAt === input.at && input.source !== 'import'
    ? input
    : { ...input, receivedAt: input.at, source: input.source === 'import' ? 'secret' : input.source }

/** A customer's history in the order in which a simulation lives through it. */
export const historyInOrder = (inputs: readonly EventInput[], until: number): EventInput[] =>
  inputs
    .filter((input) => input.at <= until && isTold(input))
    .map(asItHappened)
    .toSorted((one, other) => (isBefore(one, other) ? -1 : 1))

/** For which reasons addresses are closed. */
type ClosedAddresses = Map<string, Set<SuppressionReason>>

/** Takes over what a step says of addresses. */
export function changeClosed(closed: ClosedAddresses, effect: Effect): void {
  if (effect.type === 'lift') closed.get(effect.address)?.delete('unsubscribed')
  else if (effect.type === 'suppress') {
    const reasons = closed.get(effect.address) ?? new Set()
    closed.set(effect.address, reasons.add(effect.reason))
  }
}

/** A marketing mail that has left; the journey of those from before the simulation is not known. */
export interface SentMail {
  at: number
  journeyId: string | null
}

/** A customer where a simulation begins. */
export interface Beginning {
  customer: Customer
  closed: ClosedAddresses
  sent: readonly SentMail[]
}

/** Nothing has happened yet. */
export const nothingYet = (customerId: string): Beginning => ({
  customer: createCustomer(customerId),
  closed: new Map(),
  sent: [],
})

/**
 * Tells a customer's past, which starts no journey and sends nothing: what it was when the simulation begins. One
 * beginning may be gone on from by several rules, as long as all of them count the same events.
 *
 * @param history in order, all of it from before `since`
 * @param past what the customer was in until then, for re-entry
 */
export function beginSimulation(
  history: readonly EventInput[],
  rules: Rules,
  { customerId, since, past = {} }: { customerId: string; since: number; past?: Record<string, PastRuns> },
): Beginning {
  const blank = createCustomer(customerId)
  // Written to in place, as in a rebuild: a copy for each order takes the square of their number.
  const result: StepResult = {
    customer: { ...blank, orders: Object.create(null) as Customer['orders'] },
    transitions: [],
    effects: [],
  }
  const closed: ClosedAddresses = new Map()
  const sent: SentMail[] = []
  const fold = makeFold({
    rules: withoutStarts(rules),
    receivedAt: since,
    isNews: () => true,
    isAnew: true,
    keepOrder: keepInPlace,
    firedUntil: BEGINNING,
    rulesUntil: blank.rulesUntil,
  })
  for (const input of history) {
    applyEvent(result, input, fold)
    for (const effect of result.effects) changeClosed(closed, effect)
    result.effects.length = 0
    result.transitions.length = 0
    const { source, event, at } = input
    if (source !== 'own' || event.name !== EVENT_NAMES.emailSent || at <= since - CAP_MEMORY) continue
    if (event.properties['purpose'] === 'marketing') sent.push({ at, journeyId: null })
  }
  passTime(result, since - 1, fold)
  const { customer } = settle(result, blank, fold)
  return { customer: { ...customer, past }, closed, sent }
}

/** Journeys go live: the days that start them are known from now on, also of those to whom nothing happens. */
export const withDates = (customer: Customer, since: number, rules: Rules): Customer =>
  customer.moved.at === BEGINNING || rules.datedBy === customer.datedBy
    ? customer
    : armDates(customer, since - 1, rules)
