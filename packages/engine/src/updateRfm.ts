import { EVENT_NAMES } from './eventNames.ts'
import { spendOf } from './orderFigures.ts'
import { nextRfmAt, rfmOf } from './rfm.ts'
import { versionAt } from './rulesVersion.ts'
import { causeIdOf, recordTransitions, type Fold, type StepResult } from './stepResult.ts'
import { RFM_OWNER, withTimer } from './timers.ts'
import type { Cause, Transition } from './transitionReason.ts'

/** The timer by which recency alone changes the group. */
const RECENCY = 'recency'

/**
 * Draws a customer's group of recency, frequency and value anew, after an order, by the passing of time, or because the
 * shop's lines have moved.
 */
export function updateRfm(
  result: StepResult,
  at: number,
  cause: Cause,
  startsJourneys: boolean,
  fold: Fold,
): void {
  const { customer } = result
  const { figures, rfm } = customer
  const { population, settings } = versionAt(fold.rules.versions, at)
  const lines = population?.rfm ?? null
  if (lines === null && rfm === null) return
  const spend = spendOf(figures, settings)
  const scored =
    lines && figures.lastAt !== null
      ? rfmOf({ positive: figures.positive, lastAt: figures.lastAt, spend }, lines, settings.rfm, at)
      : null
  const next = scored ? nextRfmAt(figures, settings.rfm, at) : null
  const timers = withTimer(customer.timers, RFM_OWNER, RECENCY, next)
  if (scored?.scores === rfm?.scores) {
    if (timers !== customer.timers) result.customer = { ...customer, timers }
    return
  }
  const isMoved = scored?.group !== rfm?.group
  result.customer = {
    ...customer,
    timers,
    rfm: scored && {
      ...scored,
      since: isMoved || !rfm ? at : rfm.since,
      previous: isMoved ? rfm && { group: rfm.group, until: at } : (rfm?.previous ?? null),
    },
  }
  if (!isMoved) return
  const transition: Transition = {
    at,
    region: 'rfm',
    from: rfm?.group ?? 'none',
    to: scored?.group ?? 'none',
    reason: {
      cause,
      numbers: {
        scores: scored?.scores ?? '',
        orders: figures.positive,
        spend,
        currency: settings.currency,
      },
      ...(next === null ? {} : { next: { timer: RECENCY, dueAt: next } }),
    },
  }
  recordTransitions(result, [transition])
  if (!startsJourneys) return
  const { from, to } = transition
  result.effects.push({
    type: 'event',
    id: `rfm/${customer.id}/${causeIdOf(cause)}`,
    at,
    name: EVENT_NAMES.rfmGroupChanged,
    properties: { from, to, scores: scored?.scores ?? null },
  })
  fold.starts.push(transition)
}
