import {
  explainJourney,
  type CompiledJourney,
  type EndReason,
  type JourneyStanding,
  type PolicyFacts,
  type Rules,
} from '@ciclo/engine'
import type { CustomerRecord } from '../store/queries/customers.ts'
import { readRunningEnrolments, type CustomerEnrolment } from '../store/queries/enrolments.ts'
import { readLastRuns } from '../store/queries/runs.ts'
import type { ReadTx } from '../store/store.ts'

/** Of each journey the version that counts: the live one, else the paused one, else the last one that still runs. */
function countingVersions({ journeys, live }: Rules): Map<string, CompiledJourney> {
  const counting = new Map<string, CompiledJourney>()
  for (const compiled of journeys.values()) {
    const { id } = compiled.definition
    counting.set(id, live.get(id) ?? compiled)
  }
  return counting
}

const lastEndOf = (runs: readonly CustomerEnrolment[], journeyId: string): EndReason | null =>
  runs.find((run) => run.journeyId === journeyId && run.endedAt !== null)?.endReason ?? null

/** How a customer stands to each journey that is live or was, or to one of them. */
export async function readJourneyStandings(
  tx: ReadTx,
  workspaceId: string,
  { customer, parked }: Pick<CustomerRecord, 'customer' | 'parked'>,
  options: { now: number; rules: Rules; facts: PolicyFacts; journeyId?: string },
): Promise<JourneyStanding[]> {
  const { now, rules, facts, journeyId } = options
  const running = await readRunningEnrolments(tx, workspaceId, [customer.id])
  const runs = await readLastRuns(tx, workspaceId, customer.id, journeyId)
  const whole = {
    ...customer,
    // Time does nothing to a customer to whom nothing is applied.
    timers: parked === null ? customer.timers : {},
    enrolments: Object.fromEntries(running.map(({ customerId: _customer, ...run }) => [run.id, run])),
  }
  return [...countingVersions(rules)]
    .filter(
      ([id, { status }]) =>
        (journeyId === undefined || id === journeyId) &&
        (status !== 'finishing' || running.some((run) => run.journeyId === id)),
    )
    .map(([id, compiled]) =>
      explainJourney(whole, compiled, now, rules, { facts, lastEnd: lastEndOf(runs, id) }),
    )
}
