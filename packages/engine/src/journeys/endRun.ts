import { timersOf } from '../timers.ts'
import type { StepResult } from '../stepResult.ts'
import type { EndReason, Enrolment } from './enrolment.ts'
import { withEnd } from './pastRuns.ts'

/** Ends a run: its timers go, and what it has not sent yet is withdrawn by the shell. */
export function endRun(result: StepResult, run: Enrolment, reason: EndReason, at: number): void {
  const { customer } = result
  // A run may be ended by what is told late, and no run ends before it begins.
  const endedAt = Math.max(at, run.startedAt)
  const ended: Enrolment = {
    ...run,
    endedAt,
    endReason: reason,
    goalAt: reason === 'goal' ? endedAt : run.goalAt,
    held: null,
  }
  result.customer = {
    ...customer,
    timers: timersOf(customer.timers, (owner) => owner !== run.id),
    enrolments: { ...customer.enrolments, [run.id]: ended },
    past: withEnd(customer.past, run, endedAt),
  }
}
