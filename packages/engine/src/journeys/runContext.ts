import type { Moment } from '../moment.ts'
import type { Fold, StepResult } from '../stepResult.ts'
import type { CompiledJourney } from './compileJourney.ts'
import type { Enrolment } from './enrolment.ts'

/** A run while it goes on: what a step does is seen by the next one, so the customer is always the result's. */
export interface RunContext {
  result: StepResult
  fold: Fold
  compiled: CompiledJourney
  runId: string
  moment: Moment
}

/** The run as it is now; undefined once it has ended. */
export function runIn({ result, runId }: Pick<RunContext, 'result' | 'runId'>): Enrolment | undefined {
  const run = result.customer.enrolments[runId]
  return run?.endedAt === null ? run : undefined
}

/** Writes down what is otherwise now of a run that is under way. */
export function changeRun(result: StepResult, runId: string, changes: Partial<Enrolment>): void {
  const run = runIn({ result, runId })
  if (!run) return
  const { customer } = result
  result.customer = { ...customer, enrolments: { ...customer.enrolments, [runId]: { ...run, ...changes } } }
}
