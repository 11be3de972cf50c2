import type { Customer } from './customer.ts'
import type { Enrolment, PastRuns } from './enrolment.ts'
import type { EventInput } from './input.ts'
import { rebuild } from './rebuild.ts'
import type { Rules } from './rules.ts'
import type { StepResult } from './step.ts'
import { timersOf, LIFECYCLE_OWNER } from './timers.ts'

function mergePast(one: PastRuns | undefined, other: PastRuns): PastRuns {
  if (!one) return other
  const newer = one.lastStartedAt >= other.lastStartedAt ? one : other
  return { ...newer, count: one.count + other.count }
}

const isRunning = ({ endedAt }: Enrolment) => endedAt === null

/** Of two runs of the same journey the older one stays; the other ends as `merged`. */
function mergeEnrolments(survivor: Customer, absorbed: Customer, at: number): Record<string, Enrolment> {
  const merged = { ...survivor.enrolments, ...absorbed.enrolments }
  const oldest = new Map<string, Enrolment>()
  for (const enrolment of Object.values(merged).filter(isRunning)) {
    const known = oldest.get(enrolment.journeyId)
    const [stays, goes] =
      !known || enrolment.startedAt < known.startedAt ? [enrolment, known] : [known, enrolment]
    oldest.set(enrolment.journeyId, stays)
    if (goes) merged[goes.id] = { ...goes, endedAt: at, endReason: 'merged' }
  }
  return merged
}

/**
 * Two customers turn out to be one. The survivor keeps its id, gets both histories, and is rebuilt from them: nothing
 * is sent for that.
 *
 * @param history the events of both
 */
export function mergeCustomers(
  survivor: Customer,
  absorbed: Customer,
  history: readonly EventInput[],
  at: number,
  rules: Rules,
): StepResult {
  const enrolments = mergeEnrolments(survivor, absorbed, at)
  const past = { ...survivor.past }
  for (const [journeyId, runs] of Object.entries(absorbed.past))
    past[journeyId] = mergePast(past[journeyId], runs)
  const isKept = (owner: string) => owner !== LIFECYCLE_OWNER && enrolments[owner]?.endedAt === null
  const both: Customer = {
    ...survivor,
    enrolments,
    past,
    timers: timersOf({ ...absorbed.timers, ...survivor.timers }, isKept),
    clock: Math.max(survivor.clock, absorbed.clock),
    historyUntil: Math.max(survivor.historyUntil, absorbed.historyUntil),
  }
  return rebuild(both, history, rules)
}
