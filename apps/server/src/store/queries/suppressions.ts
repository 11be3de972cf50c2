import { and, eq } from 'drizzle-orm'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

/** Which of these keyed address hashes may not be written to. */
export async function readSuppressed(
  tx: ReadTx,
  workspaceId: string,
  addressHashes: readonly string[],
): Promise<Set<string>> {
  const { suppressions } = tx.tables
  const rows = await tx
    .select({ addressHash: suppressions.addressHash })
    .from(suppressions)
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        tx.dialect.isOneOf(suppressions.addressHash, addressHashes),
      ),
    )
  return new Set(rows.map(({ addressHash }) => addressHash))
}

export interface NewSuppression {
  addressHash: string
  reason: string
  at: number
}

export async function insertSuppressions(
  tx: Tx,
  workspaceId: string,
  added: readonly NewSuppression[],
): Promise<void> {
  // Sorted, so that two processes with the same addresses do not wait for each other in a circle.
  const rows = added
    .toSorted((one, other) => (one.addressHash < other.addressHash ? -1 : 1))
    .map((suppression) => ({ workspaceId, ...suppression }))
  if (rows.length > 0) await insertRows(tx, tx.tables.suppressions, rows).onConflictDoNothing()
}
