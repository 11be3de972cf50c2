import type { Customer, OptInRequest } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { identitiesOf } from './identity.ts'
import type { EventInput } from './input.ts'
import { changeOrder, orderChangeOf, orderIdOf } from './order.ts'
import { figuresOf, spendOf, withOrder } from './orderFigures.ts'
import { DAY, type Settings } from './settings.ts'
import type { Signal } from './signal.ts'

/** What an event changes in the customer's own record, and what it means to the lifecycle. */
export interface Interpretation {
  customer: Customer
  signals: Signal[]
}

type Interpreter = (customer: Customer, input: EventInput, settings: Settings, signals: Signal[]) => Customer

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const withIdentities: Interpreter = (customer, input, _settings, signals) => {
  const { proven, claims } = identitiesOf(input)
  let next = customer
  for (const { kind, value } of proven) {
    if (kind === 'anonymousId' || next[kind] === value) continue
    if (kind === 'email' && next.email === null) signals.push({ type: 'reachable' })
    const { [kind]: claimed, ...otherClaims } = next.claims
    next = { ...next, [kind]: value, claims: claimed === value ? otherClaims : next.claims }
  }
  for (const { kind, value } of claims) {
    if (kind === 'anonymousId' || next[kind] === value || next.claims[kind] === value) continue
    next = { ...next, claims: { ...next.claims, [kind]: value } }
  }
  return next
}

const withTraits: Interpreter = (customer, { event }) => {
  if (event.type !== 'identify') return customer
  const { email: _identity, ...traits } = event.traits
  const changed = Object.entries(traits).filter(
    ([name, value]) => JSON.stringify(value) !== JSON.stringify(customer.traits[name]),
  )
  return changed.length === 0
    ? customer
    : { ...customer, traits: { ...customer.traits, ...Object.fromEntries(changed) } }
}

const withLocale: Interpreter = (customer, { event }) => {
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

const withOrders: Interpreter = (customer, input, settings, signals) => {
  const change = orderChangeOf(input)
  if (!change) return customer
  const id = orderIdOf(input)
  const known = customer.orders[id]
  const order = changeOrder(known, input, settings)
  if (!order) return customer
  const orders = { ...customer.orders, [id]: order }
  const figures =
    change === 'cancelled'
      ? figuresOf(Object.values(orders), settings)
      : withOrder(customer.figures, known, order, settings)
  signals.push({
    type: known ? 'ordersChanged' : 'ordered',
    orders: figures.count,
    lastOrderAt: figures.lastAt,
    spend: spendOf(figures, settings),
  })
  return { ...customer, orders, figures }
}

const withSubscription: Interpreter = (customer, input, _settings, signals) => {
  const { event, source } = input
  if (event.type !== 'track') return customer
  if (event.name === EVENT_NAMES.subscriptionConfirmed && source !== 'public') {
    signals.push({ type: 'optedIn' })
    return customer.optIn ? { ...customer, optIn: null } : customer
  }
  if (event.name === EVENT_NAMES.unsubscribed) {
    signals.push({ type: 'unsubscribed' })
    return customer.optIn ? { ...customer, optIn: null } : customer
  }
  if (event.name !== EVENT_NAMES.subscribed) return customer
  if (source !== 'public') {
    signals.push({ type: 'optedIn' })
    return customer
  }
  const [email] = identitiesOf(input).claims.filter(({ kind }) => kind === 'email')
  const address = email?.value ?? customer.claims.email ?? customer.email
  if (!address) return customer
  const optIn: OptInRequest = { email: address, at: input.at }
  for (const name of ['text', 'method', 'topic'] as const) {
    const value = text(event.properties[name])
    if (value) optIn[name] = value
  }
  signals.push({ type: 'optInRequested' })
  return { ...customer, optIn }
}

/** E-mail feedback counts only when Ciclo itself or the shop's server says it: a browser cannot bounce a mail. */
const withFeedback: Interpreter = (customer, { event, source }, _settings, signals) => {
  if (event.type !== 'track' || source === 'public') return customer
  const { properties, name } = event
  if (name === EVENT_NAMES.emailSent && properties['purpose'] === 'marketing')
    signals.push({ type: 'received' })
  if (name === EVENT_NAMES.emailLinkClicked && properties['class'] === 'human')
    signals.push({ type: 'engaged' })
  if (name === EVENT_NAMES.emailBounced && properties['permanent'] === true)
    signals.push({ type: 'suppressed' })
  if (name === EVENT_NAMES.emailMarkedAsSpam) signals.push({ type: 'suppressed' })
  return customer
}

const withAdvocacy: Interpreter = (customer, { event }, _settings, signals) => {
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
const withVisit: Interpreter = (customer, { event, source, at }, _settings, signals) => {
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

const INTERPRETERS: readonly Interpreter[] = [
  withIdentities,
  withTraits,
  withLocale,
  withOrders,
  withSubscription,
  withFeedback,
  withAdvocacy,
  withVisit,
]

/** Reads an event against a customer. Where it means nothing, the same customer comes back and no signal. */
export function interpret(customer: Customer, input: EventInput, settings: Settings): Interpretation {
  const signals: Signal[] = []
  let next = customer
  for (const interpreter of INTERPRETERS) next = interpreter(next, input, settings, signals)
  return { customer: next, signals }
}

/**
 * An order or an address counts as moving the customer even where it changes nothing today: a cancellation may come
 * before its order, and an address told earlier may have been what made the customer reachable then.
 */
export function isAlwaysMeaningful(input: EventInput): boolean {
  if (orderChangeOf(input)) return true
  const { proven, claims } = identitiesOf(input)
  return [...proven, ...claims].some(({ kind }) => kind === 'email')
}

/** Which of a customer's orders must be loaded before `step` sees the event. */
export function ordersNeeded(
  input: EventInput,
): { kind: 'none' } | { kind: 'one'; id: string } | { kind: 'all' } {
  const change = orderChangeOf(input)
  if (!change) return { kind: 'none' }
  return change === 'cancelled' ? { kind: 'all' } : { kind: 'one', id: orderIdOf(input) }
}
