import { previewCampaign, tellAudience } from '../campaigns/campaignTasks.ts'
import { countList, searchList } from '../customerList/listTasks.ts'
import { readHomeFigures } from '../home/readHomeFigures.ts'
import { readHomeMail } from '../home/readHomeMail.ts'
import { readHomeMap } from '../home/readHomeMap.ts'
import { readReport } from '../reports/readReport.ts'
import { readHomeMoney } from '../home/readHomeMoney.ts'
import { countJourneyRuns, countStepRuns } from '../journeys/countRuns.ts'
import { countThere } from '../journeys/countThere.ts'
import { backtestJourney, countForBacktest } from '../journeys/backtest.ts'
import { countJourney, findCandidates, findRuns } from '../journeys/journeyTasks.ts'
import { judgeJourneys } from '../journeys/judgeJourneys.ts'
import { tryJourney } from '../journeys/tryJourney.ts'
import {
  previewSegment,
  readSeenOfEvent,
  readSeenWords,
  readSegmentFigures,
} from '../segments/segmentTasks.ts'
import { countOnsite } from '../onsite/onsiteTasks.ts'
import { readOrderMonths } from '../moveIn/readOrderMonths.ts'
import { buildRecommendations } from '../recommendations/buildRecommendations.ts'
import { countOutbox, searchOutbox } from '../messages/messageTasks.ts'
import type { Store } from '../store/store.ts'
import { backUpDatabase } from './backUpDatabase.ts'
import { computePopulation, missingInStore } from './computePopulation.ts'
import { previewSettings } from './previewSettings.ts'
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
  settingsPreview: previewSettings,
  backup: backUpDatabase,
  customerAt: readCustomerAt,
  missingForFit: missingInStore,
  gapCounts: countStoredGaps,
  metrics: readMetrics,
  funnel: readFunnel,
  sources: readSources,
  attribution: readAttribution,
  homeFigures: readHomeFigures,
  homeMap: readHomeMap,
  homeMoney: readHomeMoney,
  homeMail: readHomeMail,
  report: readReport,
  campaignAudience: tellAudience,
  campaignPreview: previewCampaign,
  customerSearch: searchList,
  customerCount: countList,
  segmentPreview: previewSegment,
  segmentFigures: readSegmentFigures,
  seenWords: readSeenWords,
  seenOfEvent: readSeenOfEvent,
  journeyCandidates: findCandidates,
  journeyRuns: findRuns,
  journeyCounts: countJourney,
  backtest: backtestJourney,
  backtestCustomers: countForBacktest,
  journeyProblems: judgeJourneys,
  journeyTry: tryJourney,
  journeyRunCounts: countJourneyRuns,
  journeyStepRuns: countStepRuns,
  journeyThere: countThere,
  messageSearch: searchOutbox,
  messageCounts: countOutbox,
  onsiteFigures: countOnsite,
  orderMonths: readOrderMonths,
  recommendations: buildRecommendations,
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
