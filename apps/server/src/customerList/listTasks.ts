import type { CustomerFilter } from '../store/queries/customerFilter.ts'
import {
  ANY_REACH,
  countFound,
  LONG_REACH,
  searchCustomers,
  type ListPlace,
  type ListQuery,
} from '../store/queries/customerSearch.ts'
import type { Store } from '../store/store.ts'

/** One page of the list, however far it lies. */
export async function searchList(store: Store, query: ListQuery): Promise<ListPlace[]> {
  return await store.read(async (tx) => {
    // Of those whom one word finds the first ones mostly stand near.
    const near = query.filter.text === undefined ? undefined : await searchCustomers(tx, query, LONG_REACH)
    return near ?? (await searchCustomers(tx, query, ANY_REACH)) ?? []
  })
}

/** How many are looked for, however long it takes to count them. */
export const countList = async (
  store: Store,
  { workspaceId, filter }: { workspaceId: string; filter: CustomerFilter },
): Promise<number> => (await store.read((tx) => countFound(tx, workspaceId, filter, ANY_REACH))) ?? 0
