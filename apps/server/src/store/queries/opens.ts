import { and, eq, lt, max } from 'drizzle-orm'
import type { ReadTx, Tx } from '../store.ts'

/** Remembers when a customer opened a mail last, and nothing else of it. */
export async function noteOpen(tx: Tx, workspaceId: string, customerId: string, at: number): Promise<void> {
  const { opens } = tx.tables
  await tx
    .insert(opens)
    .values({ workspaceId, customerId, at })
    .onConflictDoUpdate({
      target: [opens.workspaceId, opens.customerId],
      set: { at },
      setWhere: lt(opens.at, at),
    })
}

/** When any of these customers opened a mail last; null where none did, or it is not kept. */
export async function readLastOpen(
  tx: ReadTx,
  workspaceId: string,
  customerIds: readonly string[],
): Promise<number | null> {
  const { opens } = tx.tables
  const [row] = await tx
    .select({ at: max(opens.at) })
    .from(opens)
    .where(and(eq(opens.workspaceId, workspaceId), tx.dialect.isOneOf(opens.customerId, customerIds)))
  return row?.at ?? null
}
