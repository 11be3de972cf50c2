import type { LifecycleEvent } from './lifecycle.ts'
import { runLifecycle } from './runLifecycle.ts'
import { recordTransitions, type Fold, type StepResult } from './stepResult.ts'
import type { Cause, Transition } from './transitionReason.ts'

/**
 * A correction is no milestone: nobody is thanked for the first order because the second was cancelled, or because the
 * shop's limits have become longer.
 */
function isMilestone({ region, to }: Transition, { type }: LifecycleEvent): boolean {
  if (region !== 'stage' || (type !== 'ordersChanged' && type !== 'rulesChanged')) return true
  return type === 'rulesChanged' && (to === 'atRisk' || to === 'lapsed' || to === 'lost')
}

/** Sends a signal through the lifecycle, and writes its transitions down, and those that may start journeys. */
export function runSignal(
  result: StepResult,
  event: LifecycleEvent,
  cause: Cause,
  startsJourneys: boolean,
  fold: Fold,
): void {
  const { customer, transitions } = runLifecycle(result.customer, event, cause)
  result.customer = customer
  recordTransitions(result, transitions)
  if (!startsJourneys) return
  for (const transition of transitions) if (isMilestone(transition, event)) fold.starts.push(transition)
}
