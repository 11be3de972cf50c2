import { laterMoves, type Customer } from './customer.ts'
import type { Enrolment } from './journeys/enrolment.ts'
import { mergePast } from './journeys/pastRuns.ts'
import { runningOf } from './journeys/runningOf.ts'
import { ENTRIES_OWNER, timersOf } from './timers.ts'
import { withRefusedTopic } from './topics.ts'

const byStart = (one: Enrolment, other: Enrolment) =>
  one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1)

/**
 * Of two runs of the same journey, about the same thing, the older one stays; the other ends as `merged`. Of either
 * customer there may be more: those that are through, and only wait for their last mail.
 */
function mergeEnrolments(survivor: Customer, absorbed: Customer, at: number): Record<string, Enrolment> {
  const merged = { ...survivor.enrolments, ...absorbed.enrolments }
  const others = runningOf(absorbed).toSorted(byStart)
  for (const own of runningOf(survivor).toSorted(byStart)) {
    for (const other of others) {
      if (own.journeyId !== other.journeyId || own.key !== other.key) continue
      // One that has ended already makes no other end.
      if (merged[own.id]?.endedAt !== null || merged[other.id]?.endedAt !== null) continue
      const goes = other.startedAt < own.startedAt ? own : other
      merged[goes.id] = { ...goes, endedAt: at, endReason: 'merged' }
    }
  }
  return merged
}

/**
 * Two customers turn out to be one: the survivor keeps its id and gets the runs and timers of both. Lifecycle, figures
 * and traits are still the survivor's own: `rebuild` makes them from the events of both, and sends nothing for that.
 *
 * @param at when it turned out
 */
export function mergeCustomers(survivor: Customer, absorbed: Customer, at: number): Customer {
  const enrolments = mergeEnrolments(survivor, absorbed, at)
  const past = mergePast(survivor.past, absorbed.past)
  const isKept = (owner: string) => owner === ENTRIES_OWNER || enrolments[owner]?.endedAt === null
  return {
    ...survivor,
    // Until the rebuild tells which was the last word, the refusal of either counts.
    consent:
      absorbed.consent.tracking?.status === 'refused'
        ? { ...survivor.consent, tracking: absorbed.consent.tracking }
        : survivor.consent,
    refusedTopics: absorbed.refusedTopics.reduce(withRefusedTopic, survivor.refusedTopics),
    userId: survivor.userId ?? absorbed.userId,
    email: survivor.email ?? absorbed.email,
    enrolments,
    past,
    timers: timersOf({ ...absorbed.timers, ...survivor.timers }, isKept),
    ...laterMoves(survivor, absorbed),
    clock: Math.max(survivor.clock, absorbed.clock),
    historyUntil: Math.max(survivor.historyUntil, absorbed.historyUntil),
    rulesUntil: Math.max(survivor.rulesUntil, absorbed.rulesUntil),
  }
}
