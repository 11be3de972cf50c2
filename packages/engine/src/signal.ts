import type { PersonalLimits } from './personalLimits.ts'

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
  /** The shop's curve, lines or settings are others from now on: the deadlines are drawn anew. */
  | ({ type: 'rulesChanged' } & OrderNumbers)
  /** A visit or a human click. */
  | { type: 'engaged' }
  /** A marketing mail was sent to the customer. */
  | { type: 'received' }
  /** `elsewhere`: for another address than the one that bounced. */
  | { type: 'optInRequested'; elsewhere: boolean }
  | { type: 'optedIn'; elsewhere: boolean }
  | { type: 'unsubscribed' }
  /** `softBounceDays`: on so many days mail came back for now; left out where one thing was enough. */
  | { type: 'suppressed'; softBounceDays?: number }
  /** The address that mail came back from works again: `permission` is what the person has said last. */
  | { type: 'restored'; permission: 'none' | 'subscribed' | 'unsubscribed' }
  | { type: 'surveyed'; score: number }
  /** `rating`: the stars of a review; null for a referral, and where a review has none. */
  | { type: 'advocated'; rating: number | null }

/** The numbers that guards and delays need at one instant: the machine has no clock and no settings of its own. */
export interface SignalFrame {
  at: number
  limits: PersonalLimits
  vipLine: number
  /** Whether the line is drawn by what the shop's buyers spend, or by its settings. */
  lineFrom: 'settings' | 'distribution'
  currency: string
  warmFor: number
  coldAfter: number
  coldReceived: number
  optInExpiry: number
  promoterScore: number
  detractorScore: number
}
