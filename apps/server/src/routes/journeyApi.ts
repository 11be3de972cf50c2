import { createBacktestRoutes } from './backtestRoutes.ts'
import { createCustomerJourneyRoutes } from './customerJourneyRoutes.ts'
import { createJourneyRoutes } from './journeyRoutes.ts'
import { createJourneyRunRoutes, createRunRoutes } from './runRoutes.ts'
import { createTryRoutes } from './tryRoutes.ts'

export interface JourneyApiOptions {
  journeys: Parameters<typeof createJourneyRoutes>[0]
  runs: Parameters<typeof createRunRoutes>[0]
  backtests: Parameters<typeof createBacktestRoutes>[0]
}

/** All of the API that is about journeys, by its path; the longer paths stand before those that they begin with. */
export const createJourneyApi = ({ journeys, runs, backtests }: JourneyApiOptions) => ({
  '/customers/:id/journeys': createCustomerJourneyRoutes(runs),
  '/journeys/:id/backtest': createBacktestRoutes(backtests),
  '/journeys/try': createTryRoutes(runs),
  '/journeys/:id': createJourneyRunRoutes(runs),
  '/journeys': createJourneyRoutes(journeys),
  '/runs': createRunRoutes(runs),
})
