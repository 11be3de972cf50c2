import { previewCampaign, tellAudience } from '../campaigns/campaignTasks.ts'
import { countJourneyRuns, countStepRuns } from '../journeys/countRuns.ts'
import { countThere } from '../journeys/countThere.ts'
import { backtestJourney, countForBacktest } from '../journeys/backtest.ts'
import { countJourney, findCandidates, findRuns } from '../journeys/journeyTasks.ts'
import { judgeJourneys } from '../journeys/judgeJourneys.ts'
import { countSegments, previewSegment } from '../segments/segmentTasks.ts'
import type { Store } from '../store/store.ts'
import { computePopulation, missingInStore } from './computePopulation.ts'
import { readCustomerAt } from './readCustomerAt.ts'
import { countStoredGaps } from './countStoredGaps.ts'
import { readAttribution, readFunnel, readMetrics, readSources } from './readInsight.ts'

/**
 * A piece of work over many customers: what it is given, what it tells on the way and what it answers are copied between
 * processes.
 */
type InsightTask = (store: Store, input: never, tell: (part: unknown) => Promise<void>) => Promise<unknown>

/** All that an insight process can be asked for, by name. */
export const INSIGHT_TASKS = {
  /** What a workspace's buyers together say: for the next version of its rules. */
  population: computePopulation,
  customerAt: readCustomerAt,
  missingForFit: missingInStore,
  gapCounts: countStoredGaps,
  metrics: readMetrics,
  funnel: readFunnel,
  sources: readSources,
  attribution: readAttribution,
  campaignAudience: tellAudience,
  campaignPreview: previewCampaign,
  segmentPreview: previewSegment,
  segmentCounts: countSegments,
  journeyCandidates: findCandidates,
  journeyRuns: findRuns,
  journeyCounts: countJourney,
  backtest: backtestJourney,
  backtestCustomers: countForBacktest,
  journeyProblems: judgeJourneys,
  journeyRunCounts: countJourneyRuns,
  journeyStepRuns: countStepRuns,
  journeyThere: countThere,
} satisfies Record<string, InsightTask>

type InsightTasks = typeof INSIGHT_TASKS
export type InsightTaskName = keyof InsightTasks
export type InsightInput<Name extends InsightTaskName> = Parameters<InsightTasks[Name]>[1]
/** What a task tells before it answers; never for one that only answers. */
export type InsightPart<Name extends InsightTaskName> =
  Parameters<InsightTasks[Name]> extends [unknown, unknown, (part: infer Part) => Promise<void>]
    ? Part
    : never
export type InsightResult<Name extends InsightTaskName> = Awaited<ReturnType<InsightTasks[Name]>>
