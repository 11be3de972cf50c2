import { capUntil } from './frequencyCap.ts'
import type { LifecycleValue } from './lifecycle.ts'
import type { Message } from './message.ts'
import { quietUntil } from './quietHours.ts'
import { HOUR, type Settings } from './settings.ts'

/** What the policy must know of a message. */
export type DecidedMessage = Pick<Message, 'purpose' | 'claimed' | 'onCap' | 'expiresAt'>

/** What the suppression list says of an address that may still get order mail. */
export type Withdrawal = 'complaint' | 'erased' | 'unsubscribed'

/** How the stream stands by which a mail is to go. */
export interface StreamFacts {
  /** Why nothing goes by it until somebody lets it go on; null where it does. */
  stopped: string | null
  /** When it has room for a mail to this provider again; null where it has now. */
  roomAt: number | null
  /** What leaves no room. */
  reason: 'warm-up' | 'domain-limit'
}

/** A stream that lets everything pass. */
export const OPEN_STREAM: StreamFacts = { stopped: null, roomAt: null, reason: 'domain-limit' }

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
  /** The customer has left out the topic that the mail is about. */
  topicRefused: boolean
  /** Nothing is applied to the customer until somebody has looked: what is known of it may be wrong. */
  parked: boolean
  /** The customer's proven address is still the message's. */
  addressIsCurrent: boolean
  /** Another confirmation went to this address less than a day ago. */
  confirmedRecently: boolean
  /** The message's journey is paused: what it has asked for waits with it. */
  journeyPaused: boolean
  /** Until when open cases keep marketing back at the latest; null where there are none. */
  caseUntil: number | null
  /** The time zone by which the customer's day goes. IANA. */
  zone: string
  /** When marketing mails were sent to the customer or began to be, ascending: all of the last `CAP_MEMORY`. */
  marketingSentAt: readonly number[]
  stream: StreamFacts
}

export type Refusal =
  | 'no-permission'
  | 'unsubscribed'
  | 'erased'
  | 'suppressed'
  | 'basis-not-allowed'
  | 'topic-refused'
  | 'address-changed'
  | 'confirmation-sent-recently'
  | 'quiet-hours'
  | 'frequency-cap'
  | 'warm-up'
  | 'domain-limit'
  | 'expired'

export type Waiting =
  | 'journey-paused'
  | 'customer-parked'
  | 'stream-stopped'
  | 'open-case'
  | 'quiet-hours'
  | 'frequency-cap'
  | 'warm-up'
  | 'domain-limit'

export type Decision =
  | { kind: 'send' }
  | { kind: 'wait'; until: number; reason: Waiting }
  | { kind: 'refuse'; reason: Refusal }

/**
 * After so long a mail is looked at again whose customer is parked, whose journey is paused, whose stream was stopped or
 * who has an open case.
 */
const LOOK_AGAIN = HOUR

const SEND: Decision = { kind: 'send' }
const refuse = (reason: Refusal): Decision => ({ kind: 'refuse', reason })

/** Where the end of the wait is too late, it is told at once what the mail would have waited for. */
const waitUntil = (until: number, { expiresAt }: DecidedMessage, reason: Waiting & Refusal): Decision =>
  until < expiresAt ? { kind: 'wait', until, reason } : refuse(reason)

/** What good manners ask of marketing: silence while something is wrong and at night, and no more than is welcome. */
function decideManners(
  message: DecidedMessage,
  { caseUntil, zone, marketingSentAt }: PolicyFacts,
  { quietHours, cap }: SendingSettings,
  at: number,
): Decision {
  // Whoever closes the case lets the mail go earlier.
  if (caseUntil !== null && caseUntil > at)
    return { kind: 'wait', until: Math.min(caseUntil, at + LOOK_AGAIN), reason: 'open-case' }
  const quiet = quietHours && quietUntil(at, zone, quietHours)
  if (quiet !== null) return waitUntil(quiet, message, 'quiet-hours')
  const free = cap ? capUntil(marketingSentAt, cap) : at
  if (free <= at) return SEND
  return message.onCap === 'skip' ? refuse('frequency-cap') : waitUntil(free, message, 'frequency-cap')
}

type SendingSettings = Pick<Settings, 'quietHours' | 'cap'>

/**
 * Whether a message goes out now. Asked when the sender claims it, not when it was queued: an unsubscribe in between
 * counts. The sender, the tests of journeys and the back-test ask the same function.
 *
 * Order: suppression, permission and purpose, and expiry; then whether it has to wait for its journey, a parked
 * customer or a stream that was stopped, and for marketing also for an open case, the end of the quiet hours, or the
 * frequency cap; at last whether the stream has room.
 */
export function decide(
  message: DecidedMessage,
  facts: PolicyFacts,
  settings: SendingSettings,
  at: number,
): Decision {
  const { permission, withdrawn, stream } = facts
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
    if (isMarketing && facts.topicRefused) return refuse('topic-refused')
  }
  if (at >= message.expiresAt) return refuse('expired')
  if (facts.journeyPaused) return { kind: 'wait', until: at + LOOK_AGAIN, reason: 'journey-paused' }
  if (facts.parked) return { kind: 'wait', until: at + LOOK_AGAIN, reason: 'customer-parked' }
  if (stream.stopped !== null) return { kind: 'wait', until: at + LOOK_AGAIN, reason: 'stream-stopped' }
  const manners = isMarketing ? decideManners(message, facts, settings, at) : SEND
  if (manners.kind !== 'send' || stream.roomAt === null || stream.roomAt <= at) return manners
  return waitUntil(stream.roomAt, message, stream.reason)
}
