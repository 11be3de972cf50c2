import type { Limits } from './settings.ts'

/** The order figures that the lifecycle's guards look at, and whether somebody without orders can be written to. */
export interface OrderNumbers {
  orders: number
  lastOrderAt: number | null
  spend: number
  reachable: boolean
}

/**
 * What an event means to the lifecycle machine. An event that means nothing to it never reaches XState, where a
 * no-op over five regions costs 27 microseconds.
 */
export type Signal =
  /** A proven address: the customer can be written to. */
  | { type: 'reachable' }
  /** One order more than before. */
  | ({ type: 'ordered' } & OrderNumbers)
  /** A refund, a cancellation, or a trusted source's correction of an order. */
  | ({ type: 'ordersChanged' } & OrderNumbers)
  /** A visit or a human click. */
  | { type: 'engaged' }
  /** A marketing mail was sent to the customer. */
  | { type: 'received' }
  /** `elsewhere`: for another address than the one that bounced. */
  | { type: 'optInRequested'; elsewhere: boolean }
  | { type: 'optedIn'; elsewhere: boolean }
  | { type: 'unsubscribed' }
  | { type: 'suppressed' }
  | { type: 'surveyed'; score: number }
  | { type: 'advocated' }

/** The numbers of a workspace that guards and delays need, and the instant: the machine has no clock of its own. */
export interface SignalFrame {
  at: number
  limits: Limits
  vipLine: number
  coldAfter: number
  coldReceived: number
  optInExpiry: number
}
