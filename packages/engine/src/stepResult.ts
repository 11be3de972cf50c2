import { isBefore, type Customer, type Position } from './customer.ts'
import type { Effect } from './effect.ts'
import type { EventInput } from './input.ts'
import type { KeepOrder } from './reading.ts'
import type { Rules } from './rules.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** The customer after an input, the transitions that it made with their reasons, and what the shell is asked to do. */
export interface StepResult {
  customer: Customer
  transitions: Transition[]
  effects: Effect[]
}

/** What inputs are folded with into a `StepResult`, which the functions of a step write to. */
export interface Fold {
  readonly rules: Rules
  /** When Ciclo learns of it all: the difference to when it happened decides whether a mail comes too late. */
  readonly receivedAt: number
  /**
   * Whether it is told for the first time what a cause brings about: all of it when live, in a rebuild only what comes of
   * the late events themselves. The rest has had its effects.
   */
  readonly isNews: (cause: Cause) => boolean
  /** Whether the past is gone through anew, each event at its place; false: it is told in its turn. */
  readonly isAnew: boolean
  readonly keepOrder: KeepOrder
  /**
   * Up to when the customer's timers had fired before: a window that has run out does not open again for what is told
   * late. The beginning where all is folded in its order.
   */
  readonly firedUntil: number
  /** Up to when the versions of the rules have been looked at. */
  rulesUntil: number
  /** Transitions that may start journeys: as soon as all that has changed at this instant is known. */
  readonly starts: Transition[]
  /** Applies at once what a step of a journey has brought about itself: its event is kept by an effect. */
  readonly applyOwn: (result: StepResult, input: EventInput) => void
}

export const causeIdOf = (cause: Cause) =>
  cause.kind === 'timer'
    ? `${cause.id}@${cause.dueAt}`
    : cause.kind === 'rules'
      ? `rules@${cause.id}`
      : cause.id

export function moveTo(result: StepResult, { at, id }: Position): void {
  const { customer } = result
  if (isBefore(customer.moved, { at, id })) result.customer = { ...customer, moved: { at, id } }
}

/** Writes transitions down. */
export function recordTransitions(result: StepResult, transitions: readonly Transition[]): void {
  if (transitions.length === 0) return
  const { customer } = result
  result.customer = { ...customer, transitionCount: customer.transitionCount + transitions.length }
  result.transitions.push(...transitions)
}
