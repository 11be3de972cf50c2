import { initialTransition } from 'xstate'
import type { Cart } from './cart.ts'
import type { OpenCase } from './cases.ts'
import { NO_CONSENT, type ConsentState } from './consent.ts'
import type { Country } from './country.ts'
import type { Enrolment, PastRuns } from './journeys/enrolment.ts'
import { lifecycle, LIFECYCLE_DEFINITION, type LifecycleContext, type LifecycleValue } from './lifecycle.ts'
import { NO_TOUCHES, type Touches } from './insight/touch.ts'
import type { Order } from './order.ts'
import { NO_ORDERS, type OrderFigures } from './orderFigures.ts'
import type { Prediction } from './prediction/prediction.ts'
import type { RfmGroup, RfmScores } from './rfm.ts'
import { isDeedId } from './ownEvent.ts'
import type { Timers } from './timers.ts'

/**
 * A place in a customer's history: inputs are ordered by time, then by id, so that every replay has the same order. At
 * one instant what steps of journeys bring about comes after all else: it has a cause.
 */
export interface Position {
  at: number
  id: string
}

/** An address that asked to be subscribed and has not confirmed: kept for as long as permission is `pending`. */
export interface OptInRequest {
  email: string
  at: number
  text?: string
  textVersion?: string
  method?: string
  topic?: string
}

/** Whose word it is: of somebody who proves who they are or of the shop, of some browser, or only of a page's context. */
export type LearntFrom = 'vouched' | 'trait' | 'page'

/** A customer's state: all that `step` needs of the past, as JSON. */
export interface Customer {
  id: string
  /** The number of the lifecycle definition that `lifecycle` was written by. */
  definition: number
  lifecycle: { value: LifecycleValue; context: LifecycleContext }
  timers: Timers
  /** The last input or timer that changed anything: an older one that would is late, and rebuilds. */
  moved: Position
  /** When the last timer that has fired was due: in a rebuild all timers up to then have fired already. */
  clock: number
  /** The arrival of the shop's imported past: no timer that was due by then starts a journey. */
  historyUntil: number
  email: string | null
  userId: string | null
  claims: { email?: string; userId?: string }
  optIn: OptInRequest | null
  traits: Record<string, unknown>
  /** The names of those that somebody has stated who proves who they are: a browser's bare word overrules none. */
  vouchedTraits: readonly string[]
  consent: ConsentState
  /** The address to which mail came back for good: marketing stops, until they agree anew for another one. */
  bouncedAddress: string | null
  /** When mail to the address came back for now, once a day, the latest; none since one has reached somebody. */
  softBounces: readonly number[]
  /** The topics of marketing mail that the customer has left out. */
  refusedTopics: readonly string[]
  country: Country | null
  /** When the shop first offered the objection to marketing at an order: its server's `marketing_notice`. */
  noticeAt: number | null
  /** The customer's language, and where it was learnt. */
  locale: { value: string; from: LearntFrom } | null
  /** The customer's time zone (IANA), and where it was learnt. */
  timeZone: { value: string; from: LearntFrom } | null
  figures: OrderFigures
  /** How many orders only browsers have told of, also if the shop has told of them later. */
  browserOrders: number
  /** What the customer is about to buy, the cart touched last at the end. */
  carts: readonly Cart[]
  /** The last event about carts: an older one is late, and rebuilds. */
  cartsMoved: Position
  /** What the shop has yet to put right, the oldest first. */
  cases: readonly OpenCase[]
  /** Up to when the dated versions of the rules have been looked at. */
  rulesUntil: number
  /** Recency, frequency and value: since when, and the group before. Null without an order of any value. */
  rfm: (RfmScores & { since: number; previous: { group: RfmGroup; until: number } | null }) | null
  /** Of the last refresh. */
  prediction: Prediction | null
  touches: Touches
  /** The segments that the customer is in, and since when. */
  segments: Record<string, number>
  /**
   * When events last happened that segments count: the latest, oldest first, by the event and what is asked of it. In
   * several records, of which an event changes one: a copy of one with 40 members costs as much as all else.
   */
  counters: readonly (Readonly<Record<string, readonly number[]>> | null)[]
  past: Record<string, PastRuns>
  /** By which dates of journeys its timers were armed: `Rules.datedBy`. */
  datedBy: string
  /** How many transitions are recorded: the position of the next one. */
  transitionCount: number
  /** Loaded beside the state: the runs under way. */
  enrolments: Record<string, Enrolment>
  /** Loaded beside the state: the orders that the inputs name (`ordersNeeded`). */
  orders: Record<string, Order>
}

/** Before anything: JSON has no -Infinity. */
export const BEGINNING = Number.MIN_SAFE_INTEGER

const [initial] = initialTransition(lifecycle)

/** Somebody of whom nothing is known yet. */
export function createCustomer(id: string): Customer {
  return {
    id,
    definition: LIFECYCLE_DEFINITION,
    lifecycle: { value: initial.value, context: initial.context },
    timers: {},
    moved: { at: BEGINNING, id: '' },
    clock: BEGINNING,
    historyUntil: BEGINNING,
    email: null,
    userId: null,
    claims: {},
    optIn: null,
    traits: {},
    vouchedTraits: [],
    consent: NO_CONSENT,
    bouncedAddress: null,
    softBounces: [],
    refusedTopics: [],
    country: null,
    noticeAt: null,
    locale: null,
    timeZone: null,
    figures: NO_ORDERS,
    browserOrders: 0,
    carts: [],
    cartsMoved: { at: BEGINNING, id: '' },
    cases: [],
    rulesUntil: BEGINNING,
    rfm: null,
    prediction: null,
    touches: NO_TOUCHES,
    segments: {},
    counters: [],
    past: {},
    datedBy: '',
    transitionCount: 0,
    enrolments: {},
    orders: {},
  }
}

/** Whether an older definition of the lifecycle wrote the state: only a rebuild makes one of it that can be stepped. */
export const isOutdated = ({ definition }: Pick<Customer, 'definition'>) => definition < LIFECYCLE_DEFINITION

/** Whether `one` comes before `other` in a customer's history. */
export function isBefore(one: Position, other: Position): boolean {
  if (one.at !== other.at) return one.at < other.at
  const isEffect = isDeedId(one.id)
  return isEffect === isDeedId(other.id) ? one.id < other.id : !isEffect
}

const later = (one: Position, other: Position) => (isBefore(one, other) ? other : one)

/** The last that moved a customer or its carts: what comes after it is late for neither. */
export const lastMove = ({ moved, cartsMoved }: Pick<Customer, 'moved' | 'cartsMoved'>) =>
  later(moved, cartsMoved)

/** The watermarks of two customers that have become one. */
export const laterMoves = (one: Customer, other: Customer) => ({
  moved: later(one.moved, other.moved),
  cartsMoved: later(one.cartsMoved, other.cartsMoved),
})
