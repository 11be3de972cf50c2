import type { InsightRunner } from '../insight/runInsight.ts'
import { pageOfAudience } from '../store/queries/audience.ts'
import { pageOfIds } from '../store/queries/customers.ts'
import type { Store } from '../store/store.ts'
import type { AudienceWanted } from './campaignTasks.ts'

/** So many are looked at in a few milliseconds: a third of a second is saved in which a process would start. */
const FEW = 100

/** Whether a workspace has so few customers behind an id that they can all be looked at here. */
export async function hasFew(store: Store, workspaceId: string, after: string): Promise<boolean> {
  return await store.read(async (tx) => (await pageOfIds(tx, workspaceId, after, FEW + 1)).length <= FEW)
}

/**
 * Finds an audience as of one instant, a page at a time: where there are many to look at, off the event loop.
 *
 * @param onPage given the next ids, in their order; false: no more are wanted
 */
export async function findAudience(
  { store, insight }: { store: Store; insight: InsightRunner },
  wanted: AudienceWanted,
  { signal, onPage }: { signal: AbortSignal; onPage: (ids: readonly string[]) => Promise<boolean> },
): Promise<void> {
  const { workspaceId, at, after } = wanted
  if (await hasFew(store, workspaceId, after)) {
    const frame = { workspaceId, at, customers: 'some' as const }
    const ids = await store.read((tx) => pageOfAudience(tx, wanted, frame, { after, limit: FEW }))
    if (ids.length > 0) await onPage(ids)
    return
  }
  const enough = new AbortController()
  try {
    await insight.run('campaignAudience', wanted, {
      signal: AbortSignal.any([signal, enough.signal]),
      onPart: async (ids) => {
        if (!(await onPage(ids.split('\n')))) enough.abort(new Error('No more are wanted'))
      },
    })
  } catch (error) {
    if (!enough.signal.aborted) throw error
  }
}
