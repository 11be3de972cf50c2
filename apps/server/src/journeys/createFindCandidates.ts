import type { InsightRunner } from '../insight/runInsight.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import { pageOfCandidates } from '../store/queries/journeyCandidates.ts'
import type { Store } from '../store/store.ts'
import type { CandidatesWanted } from './journeyTasks.ts'

/** So many are looked at in a few milliseconds: a third of a second is saved in which a process would start. */
const FEW = 100

/** Finds those who are where a trigger leads, page by page: where there are many to look at, off the event loop. */
export function createFindCandidates({ store, insight }: { store: Store; insight: InsightRunner }) {
  return async (wanted: CandidatesWanted, signal: AbortSignal): Promise<string[]> => {
    const { workspaceId, trigger, at, after, limit } = wanted
    const few = await store.read(async (tx) => {
      if ((await pageOfIds(tx, workspaceId, after, FEW + 1)).length > FEW) return undefined
      const frame = { workspaceId, at, customers: 'some' as const }
      return await pageOfCandidates(tx, trigger, frame, { after, limit })
    })
    return few ?? (await insight.run('journeyCandidates', wanted, { signal }))
  }
}
