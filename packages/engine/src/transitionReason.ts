import type { Region } from './lifecycle.ts'

/** What made it happen: an event by its messageId, a timer by its id, or a version of the rules by its number. */
export type Cause =
  | { kind: 'event'; id: string; name: string }
  | { kind: 'timer'; id: string; dueAt: number }
  | { kind: 'rules'; id: string; from: number }

/** What a transition is of: a region of the lifecycle, the RFM group, or being `in` a segment or `out` of it. */
export type TransitionRegion = Region | 'rfm' | `segment:${string}`

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
  region: TransitionRegion
  from: string
  to: string
  reason: TransitionReason
}
