import type { Report } from './support/inTurns.ts'
import { measureBacktest } from './support/measureBacktest.ts'
import { measureJourney } from './support/measureJourney.ts'
import { measureRuns } from './support/measureRuns.ts'

/** What journeys cost: a machine, runs that wait and become due together, and a back-test over a shop's past. */
export default async function measureJourneys(report: Report): Promise<void> {
  measureJourney(report)
  await measureRuns(report)
  await measureBacktest(report)
}
