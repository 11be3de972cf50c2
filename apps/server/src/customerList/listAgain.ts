import { lockCustomers } from '../store/queries/customers.ts'
import { deleteListings, saveListings } from '../store/queries/listings.ts'
import type { Tx } from '../store/store.ts'

/** Puts customers on the list as they are stored, whatever it says of them; those that were merged away are left out. */
export async function listAgain(
  tx: Tx,
  workspaceId: string,
  ids: readonly string[],
  now: number,
): Promise<void> {
  const records = await lockCustomers(tx, workspaceId, ids)
  const living = records.filter(({ mergedInto }) => mergedInto === null)
  await deleteListings(tx, workspaceId, ids)
  await saveListings(
    tx,
    workspaceId,
    living.map(({ customer, createdAt }) => ({ customer, createdAt, stored: null })),
    now,
  )
}
