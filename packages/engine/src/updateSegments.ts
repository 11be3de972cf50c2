import type { Customer } from './customer.ts'
import { EVENT_NAMES } from './eventNames.ts'
import type { EventInput } from './input.ts'
import { applySegments } from './segments/applySegments.ts'
import { causeIdOf, recordTransitions, type Fold, type StepResult } from './stepResult.ts'
import type { Cause, Transition } from './transitionReason.ts'

/**
 * Looks which segments a customer is in now, of those that what has just happened can have changed.
 *
 * @param before the customer before it happened
 * @param input the event, or null where time or the rules did it
 */
export function updateSegments(
  result: StepResult,
  before: Customer,
  input: EventInput | null,
  at: number,
  cause: Cause,
  startsJourneys: boolean,
  fold: Fold,
): void {
  const { segments } = fold.rules
  if (segments.isEmpty) return
  const instant = Math.max(at, fold.firedUntil)
  const { customer, changes } = applySegments(before, result.customer, input, instant, segments)
  result.customer = customer
  for (const { segment, to, numbers } of changes) {
    const transition: Transition = {
      at,
      region: `segment:${segment}`,
      from: to === 'in' ? 'out' : 'in',
      to,
      reason: { cause, numbers },
    }
    recordTransitions(result, [transition])
    if (!startsJourneys || !segments.live.has(segment)) continue
    result.effects.push({
      type: 'event',
      id: `segment/${segment}/${to}/${customer.id}/${causeIdOf(cause)}`,
      at,
      name: to === 'in' ? EVENT_NAMES.segmentEntered : EVENT_NAMES.segmentLeft,
      properties: { segment },
    })
    fold.starts.push(transition)
  }
}
