import { canonicalName } from './canonicalName.ts'
import { changeCarts, movesCarts } from './cart.ts'
import { caseChangeOf } from './cases.ts'
import type { ConsentChange } from './consent.ts'
import { consentStatementsIn } from './consentStatements.ts'
import { countryIn, withCountry } from './country.ts'
import type { Customer } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { identitiesOf } from './identity.ts'
import type { EventInput } from './input.ts'
import { touchIn, withTouch } from './insight/touch.ts'
import { withCases } from './interpretCases.ts'
import { interpretSilence, interpretStatement, type ConsentReading } from './interpretConsent.ts'
import { withAdvocacy, withVisit } from './interpretEngagement.ts'
import { showsDelivery, withFeedback } from './interpretFeedback.ts'
import {
  withClaimedEmail,
  withClaimedUserId,
  withLocale,
  withProven,
  withTimeZone,
  withTraits,
} from './interpretIdentity.ts'
import { withOrders } from './interpretOrders.ts'
import { orderChangeOf } from './order.ts'
import { commerceNameOfInput, readCommerce } from './readCommerce.ts'
import { keepInCopy, type Interpreter, type KeepOrder, type Reading } from './reading.ts'
import type { Settings } from './settings.ts'
import type { Signal } from './signal.ts'

/** What an event changes in the customer's own record, and what it means to the lifecycle. */
export interface Interpretation {
  customer: Customer
  signals: Signal[]
  /** What the event says of consent. */
  changes: ConsentChange[]
  /** What follows of it by the policy alone. */
  derived: ConsentChange[]
  /** Told after something newer, the event must be put in its place. */
  matters: boolean
  /** Something older that is told after it may have to be put in its place. */
  moves: boolean
}

function takeOver(reading: ConsentReading, signals: Signal[], changes: ConsentChange[]): Customer {
  signals.push(...reading.signals)
  changes.push(...reading.changes)
  return reading.customer
}

const withConsent: Interpreter = (customer, { input, asserted, settings, statements, signals, changes }) => {
  let next = customer
  for (const statement of statements)
    next = takeOver(interpretStatement(next, statement, input, asserted, settings), signals, changes)
  return next
}

/** The shop's server says that the order form offered the objection to marketing. A browser's word is none. */
const withNotice: Interpreter = (customer, { input: { event, source, at } }) => {
  if (source === 'public' || event.type !== 'track' || event.properties['marketing_notice'] !== true)
    return customer
  if (!/^(?:Order|Checkout) /.test(canonicalName(event.name ?? ''))) return customer
  return customer.noticeAt !== null && customer.noticeAt <= at ? customer : { ...customer, noticeAt: at }
}

/** Whether an event may open, change or close a cart, also where it changes none today: it may come before another. */
export const isCartEvent = (input: EventInput) => movesCarts(commerceNameOfInput(input))

/**
 * Carts have a place in time of their own: a shopper's clicks do not make the shop's slightly older word on an order
 * late for the lifecycle, and only an event that is about carts can come too late for them.
 */
function withCarts(customer: Customer, { input, settings, isNewOrder }: Reading): Customer {
  const event = isCartEvent(input) ? readCommerce(input) : undefined
  if (!event) return customer
  const { at, id } = input
  const carts = changeCarts(customer.carts, event, { at, currency: settings.currency, isNewOrder })
  return { ...customer, carts, cartsMoved: { at, id } }
}

/** Where somebody came from has an order of its own, too: what is told late takes its place without a rebuild. */
function withTouches(customer: Customer, input: EventInput): Customer {
  const touch = touchIn(input)
  const touches = touch ? withTouch(customer.touches, touch) : customer.touches
  return touches === customer.touches ? customer : { ...customer, touches }
}

const INTERPRETERS: readonly Interpreter[] = [
  withProven,
  withClaimedEmail,
  withTraits,
  withOrders,
  withCases,
  withNotice,
  withConsent,
  withFeedback,
  withAdvocacy,
  withVisit,
]

/** What says whether mail to an address arrives. */
const OF_ADDRESSES: ReadonlySet<string> = new Set([
  EVENT_NAMES.emailBounced,
  EVENT_NAMES.emailAddressRestored,
])

/**
 * An order, a case, an address or an answer for consent matters even where it changes nothing today: a cancellation may
 * come before its order, and an address told earlier may have been what made the customer reachable then, or what a
 * mail came back from.
 */
const alwaysMatters = ({ input, statements, asserted: { proven, claims }, leavesOut }: Reading) =>
  leavesOut ||
  orderChangeOf(input) !== undefined ||
  caseChangeOf(input) !== undefined ||
  statements.length > 0 ||
  (input.event.type === 'track' && OF_ADDRESSES.has(input.event.name ?? '')) ||
  proven.some(({ kind }) => kind === 'email') ||
  claims.some(({ kind }) => kind === 'email')

/**
 * Reads an event against a customer. Where it means nothing, the same customer comes back and no signal.
 *
 * Nearly every page view names a language, a time zone and a userId. They replace what is known only on events that
 * move the customer anyway: else each view would have to be remembered, only to tell which of two was the later one.
 */
export function interpret(
  customer: Customer,
  input: EventInput,
  settings: Settings,
  keepOrder: KeepOrder = keepInCopy,
): Interpretation {
  const asserted = identitiesOf(input)
  const signals: Signal[] = []
  const found = { isNewOrder: false, leavesOut: false }
  const changes: ConsentChange[] = []
  const derived: ConsentChange[] = []
  const statements = consentStatementsIn(input)
  const reading: Reading = { input, asserted, settings, statements, signals, changes, keepOrder, ...found }
  let next = customer
  for (const interpreter of INTERPRETERS) next = interpreter(next, reading)
  // Traits that are as they were may still be newer than others that are told later.
  const movesAnyway =
    signals.length > 0 ||
    input.event.type === 'identify' ||
    alwaysMatters(reading) ||
    // A bounce of before it may be told after it.
    showsDelivery(input)
  const moves = movesAnyway || next !== customer
  if (moves || next.claims.userId === undefined) next = withClaimedUserId(next, reading)
  if (moves || next.locale === null) next = withLocale(next, reading)
  // Not of what moves by its userId alone: that is new only in the first event that is told with it.
  if (movesAnyway) next = withTimeZone(next, reading)
  // Where somebody was decides what the law allowed then, also if it is the same again today.
  const country = moves ? countryIn(input) : undefined
  const known = withCountry(next.country, country)
  if (known !== next.country) next = { ...next, country: known }
  const silent = moves ? interpretSilence(next, input, settings) : undefined
  if (silent) next = takeOver(silent, signals, derived)
  const matters =
    next !== customer ||
    signals.length > 0 ||
    country !== undefined ||
    alwaysMatters(reading) ||
    // Told in time it might have kept the address from being given up.
    (customer.bouncedAddress !== null && showsDelivery(input))
  return {
    customer: withTouches(withCarts(next, reading), input),
    signals,
    changes,
    derived,
    matters,
    moves: moves || matters,
  }
}
