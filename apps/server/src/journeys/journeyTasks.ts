import type { Journey } from '@ciclo/engine'
import { pageOfCandidates } from '../store/queries/journeyCandidates.ts'
import { countMessagesOf, countRuns, pageOfRuns, type RunsWanted } from '../store/queries/runs.ts'
import type { Store } from '../store/store.ts'

export interface CandidatesWanted {
  workspaceId: string
  trigger: Journey['trigger']
  /** What a rule's windows end at. */
  at: number
  after: string
  limit: number
}

/** One page of the ids of those who are where a journey's trigger leads, or of whom the rule of its schedule is true. */
export async function findCandidates(
  store: Store,
  { workspaceId, trigger, at, after, limit }: CandidatesWanted,
): Promise<string[]> {
  const frame = { workspaceId, at, customers: 'all' as const }
  return await store.read((tx) => pageOfCandidates(tx, trigger, frame, { after, limit }))
}

/** One page of the runs of a journey that stand, or have ended, at one step: few of many. */
export async function findRuns(
  store: Store,
  { workspaceId, ...wanted }: RunsWanted & { workspaceId: string },
) {
  return await store.read((tx) => pageOfRuns(tx, workspaceId, wanted))
}

/** How many runs there are of a journey, where they are, and what became of its mails. */
export async function countJourney(
  store: Store,
  { workspaceId, journeyId }: { workspaceId: string; journeyId: string },
) {
  return await store.read(async (tx) => ({
    runs: await countRuns(tx, workspaceId, journeyId),
    messages: await countMessagesOf(tx, workspaceId, journeyId),
  }))
}
