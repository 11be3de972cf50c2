import type { Purpose } from './journey.ts'
import type { LifecycleValue } from './lifecycle.ts'

/** What the policy must know of a message. */
export interface DecidedMessage {
  purpose: Purpose
  claimed: boolean
  expiresAt: number
}

/** What was true of the customer and the address at the moment of the decision. */
export interface PolicyFacts {
  permission: LifecycleValue['permission']
  /** The address is on the suppression list (hard bounce, complaint, by hand). */
  suppressed: boolean
  /** The customer's proven address is still the message's. */
  addressIsCurrent: boolean
  /** Another confirmation went to this address less than a day ago. */
  confirmedRecently: boolean
}

export type Refusal =
  | 'no-permission'
  | 'unsubscribed'
  | 'suppressed'
  | 'address-changed'
  | 'confirmation-sent-recently'
  | 'expired'

export type Decision =
  | { kind: 'send' }
  | { kind: 'wait'; until: number; reason: string }
  | { kind: 'refuse'; reason: Refusal }

const refuse = (reason: Refusal): Decision => ({ kind: 'refuse', reason })

/**
 * Whether a message goes out now. Asked when the sender claims it, not when it was queued: an unsubscribe in between
 * counts. The sender and the back-test ask the same function.
 *
 * Order: suppression, permission and purpose, expiry.
 */
export function decide(message: DecidedMessage, facts: PolicyFacts, at: number): Decision {
  if (facts.suppressed || facts.permission === 'suppressed') return refuse('suppressed')
  if (message.claimed) {
    if (facts.permission !== 'pending') return refuse('no-permission')
    if (facts.confirmedRecently) return refuse('confirmation-sent-recently')
  } else {
    if (!facts.addressIsCurrent) return refuse('address-changed')
    if (message.purpose === 'marketing' && facts.permission !== 'subscribed') {
      return refuse(facts.permission === 'unsubscribed' ? 'unsubscribed' : 'no-permission')
    }
  }
  return at >= message.expiresAt ? refuse('expired') : { kind: 'send' }
}
