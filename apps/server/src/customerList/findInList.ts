import type { InsightRunner } from '../insight/runInsight.ts'
import type { CustomerFilter } from '../store/queries/customerFilter.ts'
import {
  countFound,
  readListed,
  searchCustomers,
  SHORT_REACH,
  type Listed,
  type ListPlace,
  type ListQuery,
} from '../store/queries/customerSearch.ts'
import type { Store } from '../store/store.ts'

export interface FindOptions {
  store: Store
  insight: InsightRunner
  signal?: AbortSignal
}

/**
 * One page of the list with who stands there. What is near is read at once; only what lies too far for the event loop
 * is looked for beside it.
 */
export async function findInList(
  { store, insight, signal }: FindOptions,
  query: ListQuery,
): Promise<{ places: ListPlace[]; listed: Listed[] }> {
  const { workspaceId } = query
  const withRows = async (places: ListPlace[]) =>
    await store.read(async (tx) => ({
      places,
      listed: await readListed(
        tx,
        workspaceId,
        places.map(({ id }) => id),
      ),
    }))
  const near = await store.read((tx) => searchCustomers(tx, query, SHORT_REACH))
  return await withRows(near ?? (await insight.run('customerSearch', query, { signal })))
}

/** How many are looked for: exactly up to `MOST_COUNTED`, one more than that where there are more. */
export async function countInList(
  { store, insight, signal }: FindOptions,
  workspaceId: string,
  filter: CustomerFilter,
): Promise<number> {
  const near = await store.read((tx) => countFound(tx, workspaceId, filter, SHORT_REACH))
  return near ?? (await insight.run('customerCount', { workspaceId, filter }, { signal }))
}
