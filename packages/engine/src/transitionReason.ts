import type { Region } from './lifecycle.ts'

/** What made it happen: an event by its messageId, or a timer by its id. */
export type Cause = { kind: 'event'; id: string; name: string } | { kind: 'timer'; id: string; dueAt: number }

/** Why a customer is where it is: what moved it, the numbers that the guard looked at, and what comes next. */
export interface TransitionReason {
  cause: Cause
  numbers: Record<string, number | string>
  /** The next deadline of the region that was entered, if time alone moves the customer on. */
  next?: { timer: string; dueAt: number }
}

/** One change of one region. */
export interface Transition {
  at: number
  region: Region
  from: string
  to: string
  reason: TransitionReason
}
