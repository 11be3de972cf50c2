import { and, desc, eq } from 'drizzle-orm'
import { behind } from '../behind.ts'
import type { ReadTx, Tx } from '../store.ts'

/** An address to which not everything is sent, for people. */
export interface ListedSuppression {
  addressHash: string
  reason: string
  at: number
  /** Null of who was erased, and of what was listed before addresses were kept. */
  address: string | null
  detail: string | null
  /** Beneath a bounce: what its owner has said, which stands again when the bounce is taken back. */
  under: string | null
  underAt: number | null
}

export interface SuppressionPlace {
  at: number
  addressHash: string
}

/** One page, the newest first: of all, or of one reason. */
export async function pageOfSuppressions(
  tx: ReadTx,
  workspaceId: string,
  wanted: { reason: string | undefined; after: SuppressionPlace | undefined; limit: number },
): Promise<ListedSuppression[]> {
  const { suppressions } = tx.tables
  const { reason, after, limit } = wanted
  const rows = await tx
    .select()
    .from(suppressions)
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        reason === undefined ? undefined : eq(suppressions.reason, reason),
        after &&
          behind('descending', [suppressions.at, after.at], [suppressions.addressHash, after.addressHash]),
      ),
    )
    .orderBy(desc(suppressions.at), desc(suppressions.addressHash))
    .limit(limit)
  return rows.map(({ workspaceId: _workspace, ...row }) => row)
}

export async function findSuppression(
  tx: ReadTx,
  workspaceId: string,
  addressHash: string,
): Promise<ListedSuppression | undefined> {
  const { suppressions } = tx.tables
  const [row] = await tx
    .select()
    .from(suppressions)
    .where(and(eq(suppressions.workspaceId, workspaceId), eq(suppressions.addressHash, addressHash)))
  if (!row) return undefined
  const { workspaceId: _workspace, ...suppression } = row
  return suppression
}

/**
 * Takes an address off the list, if it is there for this reason still. What lies beneath a bounce stands again, unless
 * somebody answers for that as well; returns it.
 */
export async function removeSuppression(
  tx: Tx,
  workspaceId: string,
  { addressHash, reason }: Pick<ListedSuppression, 'addressHash' | 'reason'>,
  { force }: { force: boolean },
): Promise<string | null> {
  const { suppressions } = tx.tables
  const itself = and(
    eq(suppressions.workspaceId, workspaceId),
    eq(suppressions.addressHash, addressHash),
    eq(suppressions.reason, reason),
  )
  // Locked first: who complains meanwhile is heard before or after, and never lost.
  const [row] = await tx.dialect.forUpdate(tx.select().from(suppressions).where(itself))
  if (!row) return null
  const { under, underAt, at } = row
  if (under === null || force) {
    await tx.delete(suppressions).where(itself)
    return null
  }
  await tx
    .update(suppressions)
    .set({ reason: under, at: underAt ?? at, detail: null, under: null, underAt: null })
    .where(itself)
  return under
}
