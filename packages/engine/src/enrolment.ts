/** One customer's run of one journey version. */
export interface Enrolment {
  /** journeyId / firstCustomerId / causeId: the same cause can never enrol twice, also after a replay or a merge. */
  id: string
  journeyId: string
  version: number
  causeId: string
  startedAt: number
  endedAt: number | null
  endReason: string | null
  /** XState's state value of the journey machine. */
  value: unknown
  /** How often each step was entered: the visit in a message's id. */
  visits: Record<string, number>
}

/** What re-entry rules look at, so that only running enrolments need to be loaded. */
export interface PastRuns {
  count: number
  lastStartedAt: number
  lastEndedAt: number | null
}
