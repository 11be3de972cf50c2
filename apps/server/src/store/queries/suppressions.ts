import { and, eq } from 'drizzle-orm'
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

export async function insertSuppression(
  tx: Tx,
  workspaceId: string,
  suppression: { addressHash: string; reason: string; at: number },
): Promise<void> {
  await tx
    .insert(tx.tables.suppressions)
    .values({ workspaceId, ...suppression })
    .onConflictDoNothing()
}
