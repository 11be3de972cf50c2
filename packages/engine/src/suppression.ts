import type { ConsentChange } from './consent.ts'
import type { Customer } from './customer.ts'
import { cutText } from './cutText.ts'
import type { Effect } from './effect.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { normaliseEmail } from './identity.ts'
import type { EventInput } from './input.ts'

/**
 * What a subscription's end or beginning means to the address, whoever else has it. A trusted sender may name the
 * `address` that it was about; a browser speaks for the proven address of its own customer only.
 */
export function addressEffectOf(
  customer: Customer,
  { event, source, at }: EventInput,
  { purpose, status, basis, topic }: ConsentChange,
): Effect | undefined {
  // Who leaves out a topic still wants the others.
  if (status === 'refused' && topic !== null) return undefined
  const isYes = status === 'granted' && basis === 'consent'
  const isNo = status === 'refused' && event.name !== EVENT_NAMES.emailMarkedAsSpam
  if (purpose !== 'marketing-email' || (!isYes && !isNo)) return undefined
  const named = normaliseEmail(event.properties['address']) ?? normaliseEmail(event.properties['email'])
  const address = source === 'public' ? customer.email : (named ?? customer.email)
  if (address === null) return undefined
  // An import is what was said elsewhere, to others: it opens nothing.
  if (isYes && source === 'import') return undefined
  return isYes ? { type: 'lift', address, at } : { type: 'suppress', address, reason: 'unsubscribed', at }
}

/** Of what a server says nobody reads more. */
const DETAIL_LENGTH = 500

/**
 * The suppression that a bounce or a complaint asks for: of the address that the mail went to, which the event names
 * as `address`, else of the customer's own. Of bounces that pass it is the one that makes them too many. A browser's
 * word is none: it cannot bounce a mail.
 *
 * @param before the customer before the event
 * @param customer the customer after it
 */
export function suppressionOf(
  before: Customer,
  customer: Customer,
  { event, source, at }: EventInput,
): Effect | undefined {
  if (event.type !== 'track' || source === 'public') return undefined
  const isGivenUp = customer.bouncedAddress !== null && customer.bouncedAddress !== before.bouncedAddress
  const isBounce =
    event.name === EVENT_NAMES.emailBounced && (event.properties['permanent'] === true || isGivenUp)
  if (!isBounce && event.name !== EVENT_NAMES.emailMarkedAsSpam) return undefined
  const address = normaliseEmail(event.properties['address']) ?? customer.email
  if (address === null) return undefined
  const { response } = event.properties
  const detail = typeof response === 'string' && response !== '' ? cutText(response, DETAIL_LENGTH) : null
  return {
    type: 'suppress',
    address,
    reason: isBounce ? 'bounce' : 'complaint',
    at,
    ...(detail === null ? {} : { detail }),
  }
}

/**
 * What a rebuild asks for: told late, a bounce that passes may make others, which were told before, too many.
 *
 * @param effects what the events that are told late ask for themselves
 */
export function lateSuppressionOf(
  before: Customer,
  { bouncedAddress, moved }: Customer,
  effects: readonly Effect[],
): Effect | undefined {
  if (bouncedAddress === null || bouncedAddress === before.bouncedAddress) return undefined
  const isAsked = effects.some(
    (effect) => effect.type === 'suppress' && effect.reason === 'bounce' && effect.address === bouncedAddress,
  )
  return isAsked ? undefined : { type: 'suppress', address: bouncedAddress, reason: 'bounce', at: moved.at }
}
