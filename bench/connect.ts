import type { Report } from './support/inTurns.ts'
import { measureExports } from './support/measureExports.ts'
import { measureMoveIn } from './support/measureMoveIn.ts'
import { measureRecommendations } from './support/measureRecommendations.ts'
import { measureSubscribed } from './support/measureSubscribed.ts'

/** What connects a shop with others: moving in, what goes with what, telling subscribers, and moving out. */
export default async function measureConnect(report: Report): Promise<void> {
  await measureMoveIn(report)
  await measureRecommendations(report)
  await measureSubscribed(report)
  await measureExports(report)
}
