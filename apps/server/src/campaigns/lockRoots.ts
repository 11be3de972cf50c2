import { lockCustomers, readMembers, type CustomerRecord } from '../store/queries/customers.ts'
import { readRecipients, type OfCampaign, type Recipient } from '../store/queries/recipients.ts'
import type { Tx } from '../store/store.ts'

/** Locks customers, and whoever they were merged into: by the id, who each of them is today. */
export async function lockRoots(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
): Promise<ReadonlyMap<string, CustomerRecord>> {
  const found = await lockCustomers(tx, workspaceId, ids)
  const survivors = await lockCustomers(
    tx,
    workspaceId,
    found.flatMap(({ mergedInto }) => mergedInto ?? []),
  )
  const all = new Map(survivors.map((record) => [record.customer.id, record]))
  return new Map(found.map((record) => [record.customer.id, all.get(record.mergedInto ?? '') ?? record]))
}

/** Which of these customers are in the campaign in such a state, also as somebody whom they have absorbed. */
export async function readServed(
  tx: Tx,
  of: OfCampaign,
  roots: Iterable<CustomerRecord>,
  isServed: (state: Recipient['state']) => boolean,
): Promise<Set<string>> {
  const ids = [...new Set(Array.from(roots, ({ customer }) => customer.id))]
  const members = await readMembers(tx, of.workspaceId, ids)
  const present = await readRecipients(tx, of, [...ids, ...members.keys()])
  return new Set(
    present.flatMap(({ customerId, state }) =>
      isServed(state) ? [members.get(customerId) ?? customerId] : [],
    ),
  )
}
