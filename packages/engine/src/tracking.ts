import { canonicalName } from './canonicalName.ts'
import type { ConsentStatus } from './consent.ts'
import type { Customer } from './customer.ts'
import { carriesTrackingRefusal, consentStatementsIn } from './consentStatements.ts'
import { EVENT_NAMES } from './eventNames.ts'
import type { EventInput } from './input.ts'
import { orderChangeOf } from './order.ts'
import type { Settings } from './settings.ts'

/** What a person does on purpose besides ordering and answering for consent, and what becomes of a mail that they want. */
const ACTS: ReadonlySet<string> = new Set([
  EVENT_NAMES.emailSent,
  EVENT_NAMES.emailBounced,
  EVENT_NAMES.emailMarkedAsSpam,
  EVENT_NAMES.emailAddressRestored,
  EVENT_NAMES.customersMerged,
  EVENT_NAMES.surveyAnswered,
  EVENT_NAMES.contestEntered,
  EVENT_NAMES.productReviewed,
  EVENT_NAMES.referralMade,
])

/** The events of an order, and the notice of the objection that goes with one. */
const isOrdering = (input: EventInput) =>
  orderChangeOf(input) !== undefined ||
  canonicalName(input.event.name ?? '').startsWith('Order ') ||
  input.event.properties['marketing_notice'] === true

/** Somebody signs up or in: a browser's identify that names an address, or whatever the shop's server says of a profile. */
const isProfile = ({ event, source }: EventInput) =>
  event.type !== 'page' &&
  event.type !== 'screen' &&
  event.type !== 'track' &&
  (source !== 'public' || (event.type === 'identify' && event.traits['email'] !== undefined))

/**
 * Whether an event only watches: pages, views, clicks, opened mails. What a person does on purpose is none: an order,
 * a subscription, an answer for consent, a profile, a survey. What is not known to be an act is watching.
 */
function isPassive(input: EventInput): boolean {
  const { type, name } = input.event
  if (input.source === 'import' || isProfile(input)) return false
  if (type !== 'track') return true
  return !isOrdering(input) && !ACTS.has(name ?? '') && consentStatementsIn(input).length === 0
}

/** How the sender of an event stands to tracking before anybody knows who it is. */
export interface TrackingSignal {
  /** Global Privacy Control: a general wish not to be watched. */
  gpc?: boolean
}

/**
 * Whether an event may be collected, by what those whom it is about have said of tracking: all that it proves to be
 * the same person. Global Privacy Control is a general preference, and the yes that somebody gave to this very shop is
 * a special one, which overrides it (https://www.w3.org/TR/gpc/ leaves that to sites and the law): so under it, as in a
 * workspace that asks first, tracking takes that yes.
 */
export function isCollected(
  input: EventInput,
  customers: readonly Pick<Customer, 'consent'>[],
  settings: Settings,
  { gpc = false }: TrackingSignal = {},
): boolean {
  const says = (status: ConsentStatus) => customers.some(({ consent }) => consent.tracking?.status === status)
  const mustAsk = gpc || settings.consent.tracking === 'opt-in'
  // Asked in this order because nearly nobody has said anything, and then the event need not be looked at.
  if (!mustAsk && !says('refused') && !input.event.context['consent']) return true
  if (!isPassive(input)) return true
  if (says('refused') || carriesTrackingRefusal(input)) return false
  return !mustAsk || says('granted')
}
