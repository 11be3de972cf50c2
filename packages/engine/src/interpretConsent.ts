import {
  CONSENT_BASES,
  withAnswer,
  withRefusal,
  type Consent,
  type ConsentBasis,
  type ConsentChange,
  type ConsentPurpose,
} from './consent.ts'
import { isBasisAllowed } from './consentPolicy.ts'
import type { ConsentStatement } from './consentStatements.ts'
import { countryIn, withCountry } from './country.ts'
import type { Customer, OptInRequest } from './customer.ts'
import { cutText } from './cutText.ts'
import type { Asserted } from './identity.ts'
import type { EventInput } from './input.ts'
import type { Settings } from './settings.ts'
import type { Signal } from './signal.ts'
import { withoutRefusedTopic, withRefusedTopic } from './topics.ts'

/** What a customer's consent becomes by an event, what that means to the lifecycle, and what is kept as proof. */
export interface ConsentReading {
  customer: Customer
  signals: Signal[]
  changes: ConsentChange[]
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined)

const cutIfAny = (stated: string | undefined, length: number) =>
  stated === undefined ? null : cutText(stated, length)

/** Far more than any clause of a form: a longer text is nobody's consent. */
const WORDING_LENGTH = 10_000

function changeOf(
  customer: Customer,
  input: EventInput,
  purpose: ConsentPurpose,
  { status, basis }: Pick<Consent, 'status' | 'basis'>,
  topic: string | null,
): ConsentChange {
  const { event, id, at, receivedAt, source } = input
  const { properties } = event
  // The words that the person agreed to stood where it asked, not on the confirmation page.
  const asked = purpose === 'marketing-email' && status === 'granted' ? customer.optIn : null
  return {
    id: `${id}/${purpose}`,
    purpose,
    topic: cutIfAny(topic ?? asked?.topic, 200),
    status,
    basis,
    country: withCountry(customer.country, countryIn(input))?.code ?? null,
    wording: cutIfAny(text(properties['text']) ?? asked?.text, WORDING_LENGTH),
    wordingVersion: cutIfAny(text(properties['textVersion']) ?? asked?.textVersion, 200),
    method: cutIfAny(text(properties['method']) ?? asked?.method, 200),
    source,
    network: event.network ?? null,
    at,
    recordedAt: receivedAt,
  }
}

/** A basis that the shop itself states; a browser's word is only ever for consent. */
function statedBasis({ event, source }: EventInput): ConsentBasis {
  const stated = CONSENT_BASES.find((basis) => basis === event.properties['basis'])
  return source === 'public' ? 'consent' : (stated ?? 'consent')
}

const withConsent = (customer: Customer, purpose: ConsentPurpose, consent: Consent | null): Customer => ({
  ...customer,
  consent: { ...customer.consent, [purpose]: consent },
})

/** Whether an address is another than the one to which mail came back. */
const isElsewhere = ({ bouncedAddress }: Customer, email: string | null) =>
  bouncedAddress !== null && email !== null && email !== bouncedAddress

/** Somebody at a browser asks to be subscribed: a wish, until whoever reads that address confirms it. */
function ask(customer: Customer, input: EventInput, asserted: Asserted, settings: Settings): ConsentReading {
  const unchanged: ConsentReading = { customer, signals: [], changes: [] }
  const before = customer.consent['marketing-email']
  const { permission } = customer.lifecycle.value
  const [stated] = asserted.claims.filter(({ kind }) => kind === 'email')
  const email = stated?.value ?? customer.claims.email ?? customer.email
  // A permission whose basis the policy no longer allows is none: only a wish of their own brings it back.
  const isSubscribed =
    permission === 'subscribed' && isBasisAllowed(before?.basis ?? 'consent', customer.country, settings)
  const elsewhere = isElsewhere(customer, email)
  if (!email || isSubscribed || (permission === 'suppressed' && !elsewhere)) return unchanged
  const consent = withAnswer(before, 'asked', 'consent', input.at)
  if (consent === null || consent === before) return unchanged
  const optIn: OptInRequest = { email, at: input.at }
  for (const name of ['text', 'textVersion', 'method', 'topic'] as const) {
    const value = text(input.event.properties[name])
    if (value) optIn[name] = value
  }
  const asking = withConsent({ ...customer, optIn }, 'marketing-email', consent)
  return {
    customer: asking,
    signals: [{ type: 'optInRequested', elsewhere }],
    changes: [changeOf(asking, input, 'marketing-email', consent, optIn.topic ?? null)],
  }
}

/** One topic of marketing mail is left out; all others, and the permission, stay as they are. */
function leave(customer: Customer, input: EventInput, topic: string): ConsentReading {
  const refusedTopics = withRefusedTopic(customer.refusedTopics, topic)
  const refusal = { status: 'refused', basis: null } as const
  return {
    customer: refusedTopics === customer.refusedTopics ? customer : { ...customer, refusedTopics },
    signals: [],
    changes: [changeOf(customer, input, 'marketing-email', refusal, topic)],
  }
}

/** A yes to one topic takes back that it was left out. On the confirmation page it is the topic that was asked about. */
function withTopic(customer: Customer, stated: string | null): Customer {
  const topic = stated ?? customer.optIn?.topic
  if (topic === undefined) return customer
  const refusedTopics = withoutRefusedTopic(customer.refusedTopics, topic)
  return refusedTopics === customer.refusedTopics ? customer : { ...customer, refusedTopics }
}

/** Takes one statement over, as far as its sender may make it. */
export function interpretStatement(
  customer: Customer,
  statement: ConsentStatement,
  input: EventInput,
  asserted: Asserted,
  settings: Settings,
): ConsentReading {
  const { purpose, answer, isFinal, topic } = statement
  const before = customer.consent[purpose]
  const isMarketing = purpose === 'marketing-email'
  if (isMarketing && answer === 'yes' && input.source === 'public')
    return ask(customer, input, asserted, settings)
  // Where mails have no topics there is only one thing that somebody can leave.
  if (topic !== null && answer === 'no' && settings.topics.length > 0) return leave(customer, input, topic)
  const consent =
    answer === 'yes'
      ? withAnswer(before, 'granted', statedBasis(input), input.at)
      : withRefusal(before, input.at, { isFinal })
  if (consent === null || consent === before) return { customer, signals: [], changes: [] }
  const elsewhere = isElsewhere(customer, customer.email)
  const signal: Signal =
    answer === 'yes' ? { type: 'optedIn', elsewhere } : { type: isFinal ? 'suppressed' : 'unsubscribed' }
  const asked = isMarketing && answer === 'yes' ? withTopic(customer, topic) : customer
  return {
    customer: withConsent(asked, purpose, consent),
    signals: isMarketing ? [signal] : [],
    changes: [changeOf(customer, input, purpose, consent, answer === 'yes' ? topic : null)],
  }
}

/**
 * The permission that follows from no word of the person's, where the workspace uses such a basis: of an existing
 * customer who was offered the objection, or of the country's opt-out regime. Who has ever refused has none, nor has
 * who is being asked.
 */
export function interpretSilence(
  customer: Customer,
  input: EventInput,
  settings: Settings,
): ConsentReading | undefined {
  if (settings.consent.bases.length === 1 || customer.email === null) return undefined
  if (customer.consent['marketing-email'] !== null || customer.lifecycle.value.permission !== 'none')
    return undefined
  const isCustomer = customer.figures.count > 0 && customer.noticeAt !== null
  const candidates: ConsentBasis[] = isCustomer ? ['existing-customer', 'opt-out-regime'] : ['opt-out-regime']
  const basis = candidates.find((candidate) => isBasisAllowed(candidate, customer.country, settings))
  const consent = basis && withAnswer(null, 'granted', basis, input.at)
  if (!consent) return undefined
  return {
    customer: withConsent(customer, 'marketing-email', consent),
    signals: [{ type: 'optedIn', elsewhere: false }],
    changes: [changeOf(customer, input, 'marketing-email', consent, null)],
  }
}
