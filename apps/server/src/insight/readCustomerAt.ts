import { replay, type Replayed } from '@ciclo/engine'
import { memberIds, readCustomer } from '../store/queries/customers.ts'
import { readHistory } from '../store/queries/events.ts'
import type { Store } from '../store/store.ts'
import { loadRules } from '../ingest/rulesCache.ts'

/** What a customer was at `at` (epoch milliseconds), by all that is known of it today; undefined of nobody. */
export async function readCustomerAt(
  store: Store,
  { workspaceId, customerId, at }: { workspaceId: string; customerId: string; at: number },
): Promise<Replayed | undefined> {
  return await store.read(async (tx) => {
    const record = await readCustomer(tx, workspaceId, customerId)
    if (!record) return undefined
    const { id } = record.customer
    const members = await memberIds(tx, workspaceId, id)
    const history = await readHistory(tx, workspaceId, members)
    const inputs = history.map(({ input }) => input)
    return replay(id, inputs, await loadRules(tx, workspaceId), at)
  })
}
