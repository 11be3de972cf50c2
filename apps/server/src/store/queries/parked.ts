import { insertRows } from '../insertRows.ts'
import type { Tx } from '../store.ts'

/** An input that could not be applied: kept with its error, so that nothing is lost and it can be tried again. */
export interface ParkedInput {
  id: string
  customerId: string | null
  error: string
  input: unknown
  at: number
}

export async function insertParked(
  tx: Tx,
  workspaceId: string,
  added: readonly ParkedInput[],
): Promise<void> {
  const rows = added.map((parked) => ({ workspaceId, ...parked }))
  if (rows.length > 0) await insertRows(tx, tx.tables.parked, rows).onConflictDoNothing()
}
