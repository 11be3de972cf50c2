import { isOutdated, type Customer } from '../customer.ts'
import type { Rules } from '../rules.ts'
import { compileSegments } from '../segments/compileSegments.ts'
import { step } from '../step.ts'
import { earliest, LIFECYCLE_OWNER, RFM_OWNER, timersOf } from '../timers.ts'

export interface NextState {
  state: string
  at: number
}

/** More timers than a customer's regions have one after the other; each fires at most a few times. */
const TIMERS = 20

/**
 * What time alone would do next in each region, found by letting it pass: a timer may only look again, and where it
 * leads to may depend on what has happened since it was armed. Journeys and segments are left out.
 */
export function nextStates(customer: Customer, rules: Rules): ReadonlyMap<string, NextState> {
  const next = new Map<string, NextState>()
  // What an older definition has armed can only be rebuilt.
  if (isOutdated(customer)) return next
  const quiet: Rules = { ...rules, byTrigger: new Map(), segments: compileSegments([]) }
  const timers = timersOf(customer.timers, (owner) => owner === LIFECYCLE_OWNER || owner === RFM_OWNER)
  let current: Customer = { ...customer, timers, enrolments: {} }
  for (let fired = 0; fired < TIMERS; fired += 1) {
    const at = earliest(current.timers)
    if (at === null) break
    const result = step(current, { kind: 'wake', at, receivedAt: at }, quiet)
    for (const { region, to } of result.transitions)
      if (!next.has(region)) next.set(region, { state: to, at })
    current = result.customer
  }
  return next
}
