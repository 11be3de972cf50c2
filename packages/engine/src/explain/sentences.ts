import type { STATES, Region } from '../lifecycle.ts'
import type { RfmGroup } from '../rfm.ts'

/**
 * Why a state was entered, as far as it can be said without numbers. Each is told in a clause of its own, which must be
 * able to stand between a colon, semicolons and a full stop.
 */
export const WHYS = [
  // stage
  'reachable',
  'firstOrder',
  'secondOrder',
  'orderInTime',
  'orderAfterReturn',
  'orderAfterLapse',
  'orderAfterLoss',
  'ordersCorrected',
  'noOrderLeft',
  'limitsMoved',
  // value
  'overVipLine',
  'underVipLine',
  'vipLineMoved',
  // engagement
  'clicked',
  'visited',
  'silent',
  'mailsIgnored',
  'engagementRulesMoved',
  // permission
  'askedToSubscribe',
  'askedAgain',
  'askedElsewhere',
  'askedAnew',
  'notConfirmed',
  'confirmed',
  'agreed',
  'existingCustomer',
  'optOutRegime',
  'unsubscribed',
  'withdrew',
  'bounced',
  'keptBouncing',
  'restored',
  'complained',
  // advocacy
  'praised',
  'criticised',
  'reviewed',
  'referred',
  // RFM
  'ordered',
  'timePassed',
  'thirdsMoved',
  // segments
  'segmentEvent',
  'segmentTime',
  'segmentMoved',
] as const
export type Why = (typeof WHYS)[number]

type Counted = (count: number) => string

/**
 * All that a language says of the reasons of states. Whole patterns, never parts of them: a clause is put beside
 * another, not into it. Dates and money come in as text.
 */
export interface Sentences {
  /** The names of the states as they stand in the middle of a sentence; its first letter is made a capital elsewhere. */
  names: { [R in Region]: Record<(typeof STATES)[R][number], string> } & {
    rfm: Record<RfmGroup | 'none', string>
  }

  since: (state: string, date: string) => string
  changed: (from: string, to: string, date: string) => string
  /** The state was entered anew from itself. */
  again: (state: string, date: string) => string
  rfm: (group: string) => string
  rfmSince: (group: string, date: string) => string
  rfmChanged: (from: string, to: string, date: string) => string
  /** From no group, and to none. */
  rfmEntered: (group: string, date: string) => string
  rfmLeft: (group: string, date: string) => string
  inSegment: (segment: string, date: string) => string
  outOfSegment: (segment: string, date: string) => string
  enteredSegment: (segment: string, date: string) => string
  leftSegment: (segment: string, date: string) => string

  /** Why somebody is in the state in which everybody begins. */
  initial: Record<Region | 'rfm' | 'rfmTooFewBuyers', string>
  whys: Record<Why, string>

  ordersSoFar: Counted
  ordersLeft: Counted
  /** Days without an order, where there has to be an end to it. */
  withoutOrder: Counted
  /** Days since the last order, where all is well. */
  sinceOrder: Counted
  /** `days` until the limit that counts next, or that has passed. */
  limit: {
    /** From so many orders of the customer's own. */
    own: (days: number, orders: number) => string
    /** From the customer's own orders, whose number is not known. */
    ownUncounted: Counted
    /** From the shop's curve alone. */
    shop: Counted
    coldStart: Counted
    /** The settings want no other. */
    fixed: Counted
    /** Nobody knows where it came from. */
    plain: Counted
  }

  spent: (money: string) => string
  vipLine: {
    settings: (money: string) => string
    distribution: (money: string) => string
    plain: (money: string) => string
  }

  sinceEngaged: Counted
  /** Days without a visit or a click. */
  withoutSign: Counted
  /** Mails received since the last visit or click. */
  mailsSince: Counted
  /** What being cold takes, beside the silence. */
  mailsNeeded: Counted

  method: (name: string) => string
  score: (score: string) => string
  rating: (stars: string) => string
  rfmScores: (recency: string, frequency: string, monetary: string) => string
  /** How often an event was counted, and how often it has to be. Numbers alone: no noun that would be inflected. */
  counted: (event: string, count: string, needed: string) => string

  /** What time alone does next, as it stands now. */
  next: {
    unlessOrdered: (state: string, date: string) => string
    unlessEngaged: (state: string, date: string) => string
    unlessConfirmed: (state: string, date: string) => string
    rfm: (group: string, date: string) => string
  }
  /** The deadline that was set then. */
  nextThen: (state: string, date: string) => string
}
