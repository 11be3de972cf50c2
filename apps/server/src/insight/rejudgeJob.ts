import type { Job } from '../loops/jobs.ts'
import { createWakeAllJob, type WakeAllOptions } from '../loops/wakeAllJob.ts'
import { pageOfJudged } from '../store/queries/customers.ts'
import { REJUDGE } from '../store/queries/jobs.ts'

/**
 * Wakes everybody with an order or a deadline after a new version of the rules, page by page: `step` looks at it by
 * itself, and leaves most of them as they are.
 */
export const createRejudgeJob = (options: WakeAllOptions): Job =>
  createWakeAllJob(REJUDGE, pageOfJudged, options)
