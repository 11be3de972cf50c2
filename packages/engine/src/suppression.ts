import type { ConsentChange } from './consent.ts'
import type { Customer } from './customer.ts'
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
  { purpose, status, basis }: ConsentChange,
): Effect | undefined {
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

/**
 * The suppression that a bounce or a complaint asks for: of the address that the mail went to, which the event names
 * as `address`, else of the customer's own. A browser's word is none: it cannot bounce a mail.
 */
export function suppressionOf(customer: Customer, { event, source, at }: EventInput): Effect | undefined {
  if (event.type !== 'track' || source === 'public') return undefined
  const isBounce = event.name === EVENT_NAMES.emailBounced && event.properties['permanent'] === true
  if (!isBounce && event.name !== EVENT_NAMES.emailMarkedAsSpam) return undefined
  const address = normaliseEmail(event.properties['address']) ?? customer.email
  return address === null
    ? undefined
    : { type: 'suppress', address, reason: isBounce ? 'bounce' : 'complaint', at }
}
