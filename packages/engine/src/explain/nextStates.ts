import { isOutdated, type Customer } from '../customer.ts'
import type { Rules } from '../rules.ts'
import { compileSegments } from '../segments/compileSegments.ts'
import { step } from '../step.ts'
import type { StepResult } from '../stepResult.ts'
import { earliest, LIFECYCLE_OWNER, RFM_OWNER, timersOf } from '../timers.ts'

export interface NextState {
  state: string
  at: number
}

/** More timers than a customer's regions have one after the other; each fires at most a few times. */
const TIMERS = 20

const NO_SEGMENTS = compileSegments([])

/** Lets time pass until a timer; undefined where the state that is stored cannot be stepped: then nothing is promised. */
function wakeAt(customer: Customer, at: number, rules: Rules): StepResult | undefined {
  try {
    return step(customer, { kind: 'wake', at, receivedAt: at }, rules)
  } catch {
    return undefined
  }
}

/**
 * What time alone would do next in each region, found by letting it pass: a timer may only look again, and where it
 * leads to may depend on what has happened since it was armed. Journeys and segments are left out.
 */
export function nextStates(customer: Customer, rules: Rules): ReadonlyMap<string, NextState> {
  const next = new Map<string, NextState>()
  // What an older definition has armed can only be rebuilt.
  if (isOutdated(customer)) return next
  const quiet: Rules = { ...rules, byTrigger: new Map(), segments: NO_SEGMENTS }
  const timers = timersOf(customer.timers, (owner) => owner === LIFECYCLE_OWNER || owner === RFM_OWNER)
  let current: Customer = { ...customer, timers, enrolments: {} }
  for (let fired = 0; fired < TIMERS; fired += 1) {
    const at = earliest(current.timers)
    const result = at === null ? undefined : wakeAt(current, at, quiet)
    if (!result) break
    for (const { region, to, at: moved } of result.transitions)
      if (!next.has(region)) next.set(region, { state: to, at: moved })
    current = result.customer
  }
  return next
}
