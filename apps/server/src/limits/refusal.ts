import { CicloError } from '../errors.ts'

/** Which limit was exceeded: the label of the metric. */
export type RefusalReason =
  | 'events-per-key'
  | 'events-per-address'
  | 'events-per-customer'
  | 'sign-ups-per-address'
  | 'sign-ups'
  | 'wrong-keys'
  | 'wrong-passwords'

/** Told of everything that a limit refuses, and how many events (or requests with a wrong key) it was. */
export type OnRefused = (reason: RefusalReason, count: number) => void

/** What a limit refuses, and in how many milliseconds it no longer would. */
export interface Refusal {
  code: 'too-many-requests' | 'too-many-sign-ups'
  message: string
  wait: number
}

const MESSAGES: Record<RefusalReason, string> = {
  'events-per-key': 'More events were sent with this key than it may send',
  'events-per-address': 'More events were sent from this address than it may send',
  'events-per-customer': 'More events were sent for this anonymousId or userId than one person causes',
  'sign-ups-per-address': 'More sign-ups were sent from this address than it may send',
  'sign-ups': 'More sign-ups were sent by browsers than the workspace takes in an hour',
  'wrong-keys': 'Too many wrong keys were sent from this address',
  'wrong-passwords': 'Too many wrong passwords were tried for this account or from this address',
}

export function refusalOf(reason: RefusalReason, wait: number): Refusal {
  const isSignUp = reason === 'sign-ups' || reason === 'sign-ups-per-address'
  return {
    code: isSignUp ? 'too-many-sign-ups' : 'too-many-requests',
    message: `${MESSAGES[reason]}; send again in ${secondsOf(wait)} s`,
    wait,
  }
}

const secondsOf = (wait: number) => Math.max(1, Math.ceil(wait / 1_000))

/** The one after whose time none of them would be refused any more. */
export function longestOf(refusals: Iterable<Refusal>): Refusal {
  return [...refusals].reduce((one, other) => (other.wait > one.wait ? other : one))
}

/** 429, with the time to wait. */
export function errorOf({ code, message, wait }: Refusal): CicloError {
  return new CicloError(code, message, { retryAfter: secondsOf(wait) })
}
