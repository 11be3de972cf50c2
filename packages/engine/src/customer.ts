import { initialTransition } from 'xstate'
import type { Enrolment, PastRuns } from './enrolment.ts'
import { lifecycle, LIFECYCLE_DEFINITION, type LifecycleContext, type LifecycleValue } from './lifecycle.ts'
import type { Order } from './order.ts'
import { NO_ORDERS, type OrderFigures } from './orderFigures.ts'
import type { Timers } from './timers.ts'

/** A place in a customer's history: inputs are ordered by time, then by id, so that every replay has the same order. */
export interface Position {
  at: number
  id: string
}

/** An address that asked to be subscribed and has not confirmed: kept for as long as permission is `pending`. */
export interface OptInRequest {
  email: string
  at: number
  text?: string
  method?: string
  topic?: string
}

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
  /** The customer's language, and where it was learnt. */
  locale: { value: string; from: 'trait' | 'page' } | null
  figures: OrderFigures
  past: Record<string, PastRuns>
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
    locale: null,
    figures: NO_ORDERS,
    past: {},
    transitionCount: 0,
    enrolments: {},
    orders: {},
  }
}

/** Whether `one` comes before `other` in a customer's history. */
export function isBefore(one: Position, other: Position): boolean {
  return one.at < other.at || (one.at === other.at && one.id < other.id)
}
