import type { Customer } from '../customer.ts'
import { REGIONS, type Region } from '../lifecycle.ts'
import type { Rules } from '../rules.ts'
import type { Cause, Transition } from '../transitionReason.ts'
import { nextStates, type NextState } from './nextStates.ts'
import { numbersNow } from './numbersNow.ts'
import type { ReasonNumbers } from './reasonNumbers.ts'

/** Why a customer is in a state: what moved it there, the numbers of then and of now, and what time does next. */
export interface StateReason {
  region: Region | 'rfm'
  state: string
  /** Null where the customer has always been in it, or nobody wrote down since when. */
  since: number | null
  from: string | null
  cause: Cause | null
  /** What the guard looked at when the state was entered. */
  numbers: ReasonNumbers
  /** The same at `at`. */
  now: ReasonNumbers
  next: NextState | null
}

/**
 * The reason of every state of a customer at an instant.
 *
 * @param last the last transition of each region, as far as there is one
 * @param at epoch milliseconds
 */
export function reasonsOf(
  customer: Customer,
  last: readonly Transition[],
  rules: Rules,
  at: number,
): StateReason[] {
  const now = numbersNow(customer, rules, at)
  const next = nextStates(customer, rules)
  const states = { ...customer.lifecycle.value, rfm: customer.rfm?.group ?? 'none' }
  return ([...REGIONS, 'rfm'] as const).map((region): StateReason => {
    const state = states[region]
    const entered = last.find((transition) => transition.region === region && transition.to === state)
    return {
      region,
      state,
      since: entered?.at ?? null,
      from: entered?.from ?? null,
      cause: entered?.reason.cause ?? null,
      numbers: entered?.reason.numbers ?? {},
      now: now[region],
      next: next.get(region) ?? null,
    }
  })
}
