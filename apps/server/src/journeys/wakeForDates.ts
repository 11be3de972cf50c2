import type { Job } from '../loops/jobs.ts'
import { createWakeAllJob, type WakeAllOptions } from '../loops/wakeAllJob.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import { JOURNEY_DATES } from '../store/queries/journeys.ts'

/** Wakes everybody once after a journey that a date starts has gone live: `step` arms the timers of the days. */
export const createJourneyDatesJob = (options: WakeAllOptions): Job =>
  createWakeAllJob(JOURNEY_DATES, pageOfIds, options)
