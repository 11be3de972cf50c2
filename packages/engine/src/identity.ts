import { canonicalName } from './canonicalName.ts'
import { EVENT_NAMES } from './eventNames.ts'
import type { EventInput } from './input.ts'

export type IdentityKind = 'anonymousId' | 'userId' | 'email'

export interface Identity {
  kind: IdentityKind
  value: string
}

/** What an event says of who it is about: proven identities, and claims, which are only somebody's word. */
export interface Asserted {
  proven: Identity[]
  claims: Identity[]
}

/**
 * One address, without white space, control characters, the mark U+FFFD for what could not be read or kept, and the
 * signs of lists and headers: nodemailer reads `a@b,c@d` as two recipients. The domain has at least two labels, none
 * of them empty, of what names are made of in any script (RFC 5892: letters, digits, marks, and four joiners).
 */
const ADDRESS =
  /^[^\s\p{Cc}\uFFFD@<>(),;:"\\[\]]{1,64}@[\u200D\u200C\p{L}\p{M}\p{N}_\-\u00B7\u30FB]+(\.[\u200D\u200C\p{L}\p{M}\p{N}_\-\u00B7\u30FB]+)+$/u

/** The key of an address: trimmed and lower-cased; undefined where it is not one address in `local@domain` form. */
export function normaliseEmail(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const email = value.trim().toLowerCase()
  // 254: RFC 5321, section 4.5.3.1.3, less the brackets.
  return email.length <= 254 && ADDRESS.test(email) ? email : undefined
}

/**
 * The events whose `email` is the customer's own. In others it may be a friend's, as in a referral, and must not make
 * the two one.
 */
const NAMES_OWN_EMAIL: ReadonlySet<string> = new Set([
  EVENT_NAMES.subscribed,
  EVENT_NAMES.subscriptionConfirmed,
  EVENT_NAMES.unsubscribed,
  EVENT_NAMES.consentGiven,
  EVENT_NAMES.consentWithdrawn,
  'Checkout Started',
  'Order Completed',
  'Order Updated',
])

function emailOf({ event }: EventInput): string | undefined {
  const isOwn =
    event.type === 'track' && event.name !== undefined && NAMES_OWN_EMAIL.has(canonicalName(event.name))
  const nested = event.context['traits']
  const contextTraits =
    typeof nested === 'object' && nested !== null ? (nested as Record<string, unknown>) : {}
  return (
    normaliseEmail(event.traits['email']) ??
    (isOwn ? normaliseEmail(event.properties['email']) : undefined) ??
    normaliseEmail(contextTraits['email'])
  )
}

/**
 * A browser proves only its own anonymousId, and whom a signed token or a click on one of our links says it is; its
 * e-mail and userId are claims. The shop's server, an import and Ciclo itself prove whatever they name. A browser call
 * without any anonymousId stands for itself under its claim, apart from every proven identity.
 */
export function identitiesOf(input: EventInput): Asserted {
  const { event } = input
  const email = emailOf(input)
  const anonymous: Identity[] = event.anonymousId ? [{ kind: 'anonymousId', value: event.anonymousId }] : []
  const named: Identity[] = []
  if (event.userId) named.push({ kind: 'userId', value: event.userId })
  if (email) named.push({ kind: 'email', value: email })
  if (input.source !== 'public') {
    // Segment's alias: who was known under the previous id is the one named now.
    if (event.type === 'alias' && event.previousId) {
      anonymous.push({ kind: 'anonymousId', value: event.previousId })
    }
    return { proven: [...named, ...anonymous], claims: [] }
  }
  const signed: Identity[] = []
  if (event.proof?.userId) signed.push({ kind: 'userId', value: event.proof.userId })
  if (event.proof?.email) signed.push({ kind: 'email', value: event.proof.email })
  const [strongest] = named
  if (anonymous.length === 0 && signed.length === 0 && strongest) {
    anonymous.push({ kind: 'anonymousId', value: `claim:${strongest.kind}:${strongest.value}` })
  }
  const isSigned = ({ kind, value }: Identity) => event.proof?.[kind as 'userId' | 'email'] === value
  return { proven: [...signed, ...anonymous], claims: named.filter((identity) => !isSigned(identity)) }
}
