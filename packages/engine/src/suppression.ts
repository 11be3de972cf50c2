import type { Customer } from './customer.ts'
import type { Effect } from './effect.ts'
import { EVENT_NAMES } from './eventNames.ts'
import { normaliseEmail } from './identity.ts'
import type { EventInput } from './input.ts'

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
