import { canonicalName } from './canonicalName.ts'
import { changeCarts, movesCarts } from './cart.ts'
import type { ConsentChange } from './consent.ts'
import { consentStatementsIn, type ConsentStatement } from './consentStatements.ts'
import { countryIn, withCountry } from './country.ts'
import type { Customer } from './customer.ts'
import { equalJson } from './equalJson.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { touchIn, withTouch } from './insight/touch.ts'
import { identitiesOf, normaliseEmail, type Asserted } from './identity.ts'
import type { EventInput } from './input.ts'
import { interpretSilence, interpretStatement, type ConsentReading } from './interpretConsent.ts'
import { changeOrder, orderChangeOf, orderIdOf, type Order } from './order.ts'
import { figuresOf, spendOf, withOrder } from './orderFigures.ts'
import { DAY, type Settings } from './settings.ts'
import { commerceNameOfInput, readCommerce } from './readCommerce.ts'
import type { Signal } from './signal.ts'
import { withBoundedTraits } from './traits.ts'

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

/** Adds an order to those of a customer: to a copy, or in a rebuild, which owns them, to themselves. */
export type KeepOrder = (orders: Customer['orders'], order: Order) => Customer['orders']

export const keepInCopy: KeepOrder = (orders, order) => ({ ...orders, [order.id]: order })

/** An event while it is read: the interpreters add their signals. */
interface Reading {
  input: EventInput
  asserted: Asserted
  settings: Settings
  statements: readonly ConsentStatement[]
  signals: Signal[]
  changes: ConsentChange[]
  keepOrder: KeepOrder
  /** Whether the event is the first that tells of its order. */
  isNewOrder: boolean
  /** Whether traits were too many to be kept: told earlier, these would have been kept and others not. */
  leavesOut: boolean
}

type Interpreter = (customer: Customer, reading: Reading) => Customer

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

/** A number, also where it is written as text: shops send ratings as either. */
function numberIn(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

/** What is proven displaces what was claimed. */
const withProven: Interpreter = (customer, { asserted, signals }) => {
  let next = customer
  for (const { kind, value } of asserted.proven) {
    if (kind === 'anonymousId' || next[kind] === value) continue
    if (kind === 'email' && next.email === null) signals.push({ type: 'reachable' })
    const { [kind]: _displaced, ...claims } = next.claims
    next = { ...next, [kind]: value, claims }
  }
  return next
}

const withClaimedEmail: Interpreter = (customer, { asserted }) => {
  const email = asserted.claims.find(({ kind }) => kind === 'email')?.value
  return email === undefined || email === customer.email || email === customer.claims.email
    ? customer
    : { ...customer, claims: { ...customer.claims, email } }
}

/** Whether what the event says of the customer is the customer's own or the shop's word, not just some browser's. */
const isVouched = ({ source, event: { proof } }: EventInput) => source !== 'public' || proof !== undefined

/**
 * What is vouched for stays, whatever a browser says: somebody may have signed up with another's address, who then
 * confirms it.
 */
const withTraits: Interpreter = (customer, reading) => {
  const { input } = reading
  const { event, source } = input
  if (event.type !== 'identify') return customer
  const { email: _identity, ...traits } = event.traits
  const vouched = isVouched(input)
  const isVouchedFor = new Set(customer.vouchedTraits)
  const changed = Object.entries(traits).filter(
    ([name, value]) =>
      (vouched || !isVouchedFor.has(name)) &&
      (!Object.hasOwn(customer.traits, name) || !equalJson(value, customer.traits[name])),
  )
  const next =
    source === 'public'
      ? withBoundedTraits(customer.traits, changed)
      : { traits: { ...customer.traits, ...Object.fromEntries(changed) }, leavesOut: false }
  reading.leavesOut = next.leavesOut
  // Only of traits that are kept: else their names would grow without bound.
  const news = vouched
    ? Object.keys(traits).filter((name) => !isVouchedFor.has(name) && Object.hasOwn(next.traits, name))
    : []
  const known =
    news.length === 0 ? customer : { ...customer, vouchedTraits: [...customer.vouchedTraits, ...news] }
  return changed.length === 0 || next.traits === customer.traits ? known : { ...known, traits: next.traits }
}

/** Orders that only browsers tell of, of one customer: more are nobody's. */
const BROWSER_ORDERS = 500

const withOrders: Interpreter = (customer, reading) => {
  const { input, settings, signals, keepOrder } = reading
  const change = orderChangeOf(input)
  if (!change) return customer
  const id = orderIdOf(input)
  // An order may be called `constructor`.
  const known = Object.hasOwn(customer.orders, id) ? customer.orders[id] : undefined
  reading.isNewOrder = change === 'completed' && !known?.told
  const order = changeOrder(known, input, settings)
  if (!order) return customer
  // Each cancellation counts all orders anew: of what nobody vouches for there are only so many.
  const isBrowsers = known === undefined && !order.trusted
  if (isBrowsers && customer.browserOrders >= BROWSER_ORDERS) return customer
  const orders = keepOrder(customer.orders, order)
  const browserOrders = customer.browserOrders + (isBrowsers ? 1 : 0)
  if (!order.told) return { ...customer, orders, browserOrders }
  const figures =
    change === 'cancelled'
      ? figuresOf(Object.values(orders), settings)
      : withOrder(customer.figures, known, order, settings)
  signals.push({
    type: figures.count > customer.figures.count ? 'ordered' : 'ordersChanged',
    orders: figures.count,
    lastOrderAt: figures.lastAt,
    spend: spendOf(figures, settings),
    reachable: customer.email !== null,
  })
  return { ...customer, orders, figures, browserOrders }
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

/** E-mail feedback counts only when Ciclo itself or the shop's server says it: a browser cannot bounce a mail. */
const withFeedback: Interpreter = (customer, { input: { event, source }, signals }) => {
  if (event.type !== 'track' || source === 'public') return customer
  const { properties, name } = event
  if (name === EVENT_NAMES.emailSent && properties['purpose'] === 'marketing')
    signals.push({ type: 'received' })
  if (name === EVENT_NAMES.emailLinkClicked && properties['class'] === 'human')
    signals.push({ type: 'engaged' })
  // A mistyped address that asked to be subscribed bounces: nothing against the person, who will type it again.
  if (
    name === EVENT_NAMES.emailBounced &&
    properties['permanent'] === true &&
    properties['claimed'] !== true
  ) {
    const address = normaliseEmail(properties['address']) ?? customer.email
    // A mail to an address that they have left says nothing of the one that they have.
    if (customer.email !== null && address !== customer.email) return customer
    signals.push({ type: 'suppressed' })
    return { ...customer, bouncedAddress: address }
  }
  return customer
}

const withAdvocacy: Interpreter = (customer, { input: { event }, settings, signals }) => {
  if (event.type !== 'track') return customer
  const { score, rating } = event.properties
  if (event.name === EVENT_NAMES.surveyAnswered && typeof score === 'number')
    signals.push({ type: 'surveyed', score })
  if (event.name === EVENT_NAMES.referralMade) signals.push({ type: 'advocated', rating: null })
  if (canonicalName(event.name ?? '') === EVENT_NAMES.productReviewed) {
    const stars = numberIn(rating)
    if (stars === null || stars >= settings.advocacy.reviewRating)
      signals.push({ type: 'advocated', rating: stars })
  }
  return customer
}

/**
 * A page, a screen or anything that a browser reports is a visit. Visits of a warm customer count once a day: the
 * silence timer needs no finer figure, and most page views then never reach XState.
 */
const withVisit: Interpreter = (customer, { input: { event, source, at }, signals }) => {
  const isVisit =
    event.type === 'page' || event.type === 'screen' || (event.type === 'track' && source === 'public')
  // A crawler's visit is kept with the others, and is nobody's sign of life.
  if (!isVisit || event.bot === true) return customer
  const { engagedAt } = customer.lifecycle.context
  const isCounted =
    customer.lifecycle.value.engagement === 'warm' &&
    engagedAt !== null &&
    at >= engagedAt &&
    at < engagedAt + DAY
  if (!isCounted) signals.push({ type: 'engaged' })
  return customer
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

/** A claimed userId is of interest until one is proven. */
const withClaimedUserId: Interpreter = (customer, { asserted }) => {
  const userId = asserted.claims.find(({ kind }) => kind === 'userId')?.value
  return userId === undefined || customer.userId !== null || userId === customer.claims.userId
    ? customer
    : { ...customer, claims: { ...customer.claims, userId } }
}

const LOCALE_SOURCES = ['page', 'trait', 'vouched'] as const

const withLocale: Interpreter = (customer, { input }) => {
  const { event } = input
  const stated = text(event.type === 'identify' ? event.traits['locale'] : undefined)
  const value = (stated ?? text(event.context['locale']))?.slice(0, 2).toLowerCase()
  const from = stated ? (isVouched(input) ? 'vouched' : 'trait') : 'page'
  if (!value || !/^[a-z]{2}$/.test(value)) return customer
  const { locale } = customer
  // What the customer said of itself is not overruled by the language of a page, nor what is vouched for by either.
  if (locale && LOCALE_SOURCES.indexOf(from) < LOCALE_SOURCES.indexOf(locale.from)) return customer
  return locale?.value === value && locale.from === from ? customer : { ...customer, locale: { value, from } }
}

const INTERPRETERS: readonly Interpreter[] = [
  withProven,
  withClaimedEmail,
  withTraits,
  withOrders,
  withNotice,
  withConsent,
  withFeedback,
  withAdvocacy,
  withVisit,
]

/**
 * An order, an address or an answer for consent matters even where it changes nothing today: a cancellation may come
 * before its order, and an address told earlier may have been what made the customer reachable then, or what a mail came back from.
 */
const alwaysMatters = ({ input, statements, asserted: { proven, claims }, leavesOut }: Reading) =>
  leavesOut ||
  orderChangeOf(input) !== undefined ||
  statements.length > 0 ||
  (input.event.type === 'track' && input.event.name === EVENT_NAMES.emailBounced) ||
  proven.some(({ kind }) => kind === 'email') ||
  claims.some(({ kind }) => kind === 'email')

/**
 * Reads an event against a customer. Where it means nothing, the same customer comes back and no signal.
 *
 * Nearly every page view names a language and a userId. They replace what is known only on events that move the
 * customer anyway: else each view would have to be remembered, only to tell which of two was the later one.
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
  const moves =
    next !== customer || signals.length > 0 || input.event.type === 'identify' || alwaysMatters(reading)
  if (moves || next.claims.userId === undefined) next = withClaimedUserId(next, reading)
  if (moves || next.locale === null) next = withLocale(next, reading)
  // Where somebody was decides what the law allowed then, also if it is the same again today.
  const country = moves ? countryIn(input) : undefined
  const known = withCountry(next.country, country)
  if (known !== next.country) next = { ...next, country: known }
  const silent = moves ? interpretSilence(next, input, settings) : undefined
  if (silent) next = takeOver(silent, signals, derived)
  const matters = next !== customer || signals.length > 0 || country !== undefined || alwaysMatters(reading)
  return {
    customer: withTouches(withCarts(next, reading), input),
    signals,
    changes,
    derived,
    matters,
    moves: moves || matters,
  }
}

/** Which of a customer's orders must be loaded before `step` sees the event. */
export function ordersNeeded(
  input: EventInput,
): { kind: 'none' } | { kind: 'one'; id: string } | { kind: 'all' } {
  const change = orderChangeOf(input)
  if (!change) return { kind: 'none' }
  return change === 'cancelled' ? { kind: 'all' } : { kind: 'one', id: orderIdOf(input) }
}
