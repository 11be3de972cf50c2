import type { Purpose } from './journey.ts'
import type { LifecycleValue } from './lifecycle.ts'
import { HOUR } from './settings.ts'

/** What the policy must know of a message. */
export interface DecidedMessage {
  purpose: Purpose
  claimed: boolean
  expiresAt: number
}

/** What the suppression list says of an address that may still get order mail. */
export type Withdrawal = 'complaint' | 'erased' | 'unsubscribed'

/** What was true of the customer and the address at the moment of the decision. */
export interface PolicyFacts {
  permission: LifecycleValue['permission']
  /** The policy of the customer's country and the settings allow what the permission rests on. */
  basisAllowed: boolean
  /** The address is on the suppression list, and gets no mail at all: a hard bounce, or by hand. */
  suppressed: boolean
  /**
   * Why nothing but transactional mail may go to the address, whichever customer it was said by: a complaint, which is
   * for good, or its owner was erased or has unsubscribed, and has not agreed anew.
   */
  withdrawn: Withdrawal | null
  /** Nothing is applied to the customer until somebody has looked: what is known of it may be wrong. */
  parked: boolean
  /** The customer's proven address is still the message's. */
  addressIsCurrent: boolean
  /** Another confirmation went to this address less than a day ago. */
  confirmedRecently: boolean
}

export type Refusal =
  | 'no-permission'
  | 'unsubscribed'
  | 'erased'
  | 'suppressed'
  | 'basis-not-allowed'
  | 'address-changed'
  | 'confirmation-sent-recently'
  | 'expired'

export type Decision =
  | { kind: 'send' }
  | { kind: 'wait'; until: number; reason: string }
  | { kind: 'refuse'; reason: Refusal }

/** How long a mail of a parked customer waits before it is looked at again; un-parking makes it due at once. */
const PARKED_WAIT = HOUR

const refuse = (reason: Refusal): Decision => ({ kind: 'refuse', reason })

/**
 * Whether a message goes out now. Asked when the sender claims it, not when it was queued: an unsubscribe in between
 * counts. The sender and the back-test ask the same function.
 *
 * Order: suppression, permission and purpose, expiry, and then whether it has to wait for a parked customer.
 */
export function decide(message: DecidedMessage, facts: PolicyFacts, at: number): Decision {
  const { permission, withdrawn } = facts
  const isMarketing = message.purpose === 'marketing'
  if (facts.suppressed) return refuse('suppressed')
  // A complaint stops marketing and the question whether it may be sent, never order mail.
  if (withdrawn === 'complaint' || permission === 'suppressed') {
    if (isMarketing || message.claimed) return refuse('suppressed')
  } else if (withdrawn !== null && isMarketing) return refuse(withdrawn)
  if (message.claimed) {
    if (permission !== 'pending') return refuse('no-permission')
    if (facts.confirmedRecently) return refuse('confirmation-sent-recently')
  } else {
    if (!facts.addressIsCurrent) return refuse('address-changed')
    if (isMarketing && permission !== 'subscribed') {
      return refuse(permission === 'unsubscribed' ? 'unsubscribed' : 'no-permission')
    }
    if (isMarketing && !facts.basisAllowed) return refuse('basis-not-allowed')
  }
  if (at >= message.expiresAt) return refuse('expired')
  return facts.parked
    ? { kind: 'wait', until: at + PARKED_WAIT, reason: 'customer-parked' }
    : { kind: 'send' }
}
