import type { Clock } from '../clock.ts'
import type { Ingest } from '../ingest/ingest.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import { createJobsLoop } from '../loops/jobs.ts'
import type { Loop } from '../loops/loop.ts'
import type { Store } from '../store/store.ts'
import { createJourneyRunsJob } from './directRuns.ts'
import { createJourneyOpeningJob } from './opening.ts'
import { createJourneyScheduleJob } from './schedule.ts'
import { createJourneyDatesJob } from './wakeForDates.ts'

export interface JourneyJobsOptions {
  store: Store
  clock: Clock
  ingest: Ingest
  insight: InsightRunner
  onError: (error: unknown) => void
}

/**
 * What journeys do by the clock and page by page, in a loop of its own: it does not wait for what takes long over all
 * customers.
 */
export function createJourneyJobs({ store, clock, ingest, insight, onError }: JourneyJobsOptions): Loop {
  const now = () => clock.now()
  return createJobsLoop({
    store,
    clock,
    jobs: [
      createJourneyOpeningJob({ store, ingest, insight, now }),
      createJourneyScheduleJob({ store, ingest, insight, now }),
      createJourneyRunsJob({ store, ingest, now }),
      createJourneyDatesJob({ store, ingest, now }),
    ],
    onError,
  })
}
