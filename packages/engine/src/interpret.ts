import type { Customer, OptInRequest } from './customer.ts'
import { equalJson } from './equalJson.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { identitiesOf, type Asserted } from './identity.ts'
import type { EventInput } from './input.ts'
import { changeOrder, orderChangeOf, orderIdOf, type Order } from './order.ts'
import { figuresOf, spendOf, withOrder } from './orderFigures.ts'
import { DAY, type Settings } from './settings.ts'
import type { Signal } from './signal.ts'

/** What an event changes in the customer's own record, and what it means to the lifecycle. */
export interface Interpretation {
  customer: Customer
  signals: Signal[]
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
  signals: Signal[]
  keepOrder: KeepOrder
}

type Interpreter = (customer: Customer, reading: Reading) => Customer

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

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

const withTraits: Interpreter = (customer, { input: { event } }) => {
  if (event.type !== 'identify') return customer
  const { email: _identity, ...traits } = event.traits
  const changed = Object.entries(traits).filter(
    ([name, value]) => !Object.hasOwn(customer.traits, name) || !equalJson(value, customer.traits[name]),
  )
  return changed.length === 0
    ? customer
    : { ...customer, traits: { ...customer.traits, ...Object.fromEntries(changed) } }
}

const withOrders: Interpreter = (customer, { input, settings, signals, keepOrder }) => {
  const change = orderChangeOf(input)
  if (!change) return customer
  const id = orderIdOf(input)
  // An order may be called `constructor`.
  const known = Object.hasOwn(customer.orders, id) ? customer.orders[id] : undefined
  const order = changeOrder(known, input, settings)
  if (!order) return customer
  const orders = keepOrder(customer.orders, order)
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
  return { ...customer, orders, figures }
}

const withSubscription: Interpreter = (customer, { input, asserted, signals }) => {
  const { event, source } = input
  if (event.type !== 'track') return customer
  if (event.name === EVENT_NAMES.unsubscribed) signals.push({ type: 'unsubscribed' })
  if (event.name === EVENT_NAMES.subscriptionConfirmed && source !== 'public') {
    signals.push({ type: 'optedIn' })
  }
  if (event.name !== EVENT_NAMES.subscribed) return customer
  if (source !== 'public') {
    signals.push({ type: 'optedIn' })
    return customer
  }
  const { permission } = customer.lifecycle.value
  const [stated] = asserted.claims.filter(({ kind }) => kind === 'email')
  const email = stated?.value ?? customer.claims.email ?? customer.email
  if (!email || permission === 'subscribed' || permission === 'suppressed') return customer
  const optIn: OptInRequest = { email, at: input.at }
  for (const name of ['text', 'method', 'topic'] as const) {
    const value = text(event.properties[name])
    if (value) optIn[name] = value
  }
  signals.push({ type: 'optInRequested' })
  return { ...customer, optIn }
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
    signals.push({ type: 'suppressed' })
  }
  if (name === EVENT_NAMES.emailMarkedAsSpam) signals.push({ type: 'suppressed' })
  return customer
}

const withAdvocacy: Interpreter = (customer, { input: { event }, signals }) => {
  if (event.type !== 'track') return customer
  const score = event.properties['score']
  if (event.name === EVENT_NAMES.surveyAnswered && typeof score === 'number')
    signals.push({ type: 'surveyed', score })
  if (event.name === EVENT_NAMES.productReviewed || event.name === EVENT_NAMES.referralMade) {
    signals.push({ type: 'advocated' })
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
  if (!isVisit) return customer
  const { engagedAt } = customer.lifecycle.context
  const isCounted =
    customer.lifecycle.value.engagement === 'warm' &&
    engagedAt !== null &&
    at >= engagedAt &&
    at < engagedAt + DAY
  if (!isCounted) signals.push({ type: 'engaged' })
  return customer
}

/** A claimed userId is of interest until one is proven. */
const withClaimedUserId: Interpreter = (customer, { asserted }) => {
  const userId = asserted.claims.find(({ kind }) => kind === 'userId')?.value
  return userId === undefined || customer.userId !== null || userId === customer.claims.userId
    ? customer
    : { ...customer, claims: { ...customer.claims, userId } }
}

const withLocale: Interpreter = (customer, { input: { event } }) => {
  const stated = text(event.type === 'identify' ? event.traits['locale'] : undefined)
  const seen = text(event.context['locale'])
  const value = (stated ?? seen)?.slice(0, 2).toLowerCase()
  const from = stated ? 'trait' : 'page'
  if (!value || !/^[a-z]{2}$/.test(value)) return customer
  // What the customer said of itself is not overruled by the language of a page.
  if (from === 'page' && customer.locale?.from === 'trait') return customer
  return customer.locale?.value === value && customer.locale.from === from
    ? customer
    : { ...customer, locale: { value, from } }
}

const INTERPRETERS: readonly Interpreter[] = [
  withProven,
  withClaimedEmail,
  withTraits,
  withOrders,
  withSubscription,
  withFeedback,
  withAdvocacy,
  withVisit,
]

/**
 * An order, an address or a wish to be subscribed matters even where it changes nothing today: a cancellation may come
 * before its order, and an address told earlier may have been what made the customer reachable then.
 */
const alwaysMatters = ({ input, asserted: { proven, claims } }: Reading) =>
  orderChangeOf(input) !== undefined ||
  (input.event.type === 'track' && input.event.name === EVENT_NAMES.subscribed) ||
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
  const reading: Reading = { input, asserted: identitiesOf(input), settings, signals: [], keepOrder }
  const { signals } = reading
  let next = customer
  for (const interpreter of INTERPRETERS) next = interpreter(next, reading)
  // Traits that are as they were may still be newer than others that are told later.
  const moves =
    next !== customer || signals.length > 0 || input.event.type === 'identify' || alwaysMatters(reading)
  if (moves || next.claims.userId === undefined) next = withClaimedUserId(next, reading)
  if (moves || next.locale === null) next = withLocale(next, reading)
  const matters = next !== customer || signals.length > 0 || alwaysMatters(reading)
  return { customer: next, signals, matters, moves: moves || matters }
}

/** Which of a customer's orders must be loaded before `step` sees the event. */
export function ordersNeeded(
  input: EventInput,
): { kind: 'none' } | { kind: 'one'; id: string } | { kind: 'all' } {
  const change = orderChangeOf(input)
  if (!change) return { kind: 'none' }
  return change === 'cancelled' ? { kind: 'all' } : { kind: 'one', id: orderIdOf(input) }
}
