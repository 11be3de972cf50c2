import {
  countByState,
  pageOfOutbox,
  type MessageFilter,
  type MessagePlace,
  type StateCount,
} from '../store/queries/messageList.ts'
import type { Store } from '../store/store.ts'

/** So many messages are looked at for one page, or one count: some hundred milliseconds. */
const SCAN = 200_000

interface Wanted {
  workspaceId: string
  filter: MessageFilter
}

/** Looks further through the outbox than the server itself does. */
export async function searchOutbox(
  store: Store,
  { workspaceId, filter, after, limit }: Wanted & { after: MessagePlace; limit: number },
): ReturnType<typeof pageOfOutbox> {
  return await store.read((tx) => pageOfOutbox(tx, workspaceId, filter, { after, limit, scan: SCAN }))
}

/** Counts further than the server itself does. */
export async function countOutbox(store: Store, { workspaceId, filter }: Wanted): Promise<StateCount[]> {
  return await store.read((tx) => countByState(tx, workspaceId, filter, { scan: SCAN }))
}
