import { and, asc, eq } from 'drizzle-orm'
import { excluded } from '../excluded.ts'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'
import { upsertSuppressions, type NewSuppression } from './upsertSuppressions.ts'

export interface Suppression {
  /**
   * `bounce`: nobody writes there. `complaint`: no marketing, for good. `erased`: whom the shop has forgotten gets no
   * marketing and is not imported again. `unsubscribed`: no marketing, whichever of the address's customers said so,
   * until a proven yes that is newer.
   */
  reason: string
  at: number
  /** Beneath a bounce: what its owner had said, or says since. */
  under: { reason: string; at: number } | null
}

/** Which of these keyed address hashes may not be written to, or not everything, and why. */
export async function readSuppressed(
  tx: ReadTx,
  workspaceId: string,
  addressHashes: readonly string[],
): Promise<Map<string, Suppression>> {
  const { suppressions } = tx.tables
  if (addressHashes.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(suppressions)
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        tx.dialect.isOneOf(suppressions.addressHash, addressHashes),
      ),
    )
  return new Map(
    rows.map(({ addressHash, reason, at, under, underAt }) => [
      addressHash,
      { reason, at, under: under === null ? null : { reason: under, at: underAt ?? at } },
    ]),
  )
}

/** Whoever agrees anew, and proves it, may be written to again: lifts what stands for these reasons. */
export async function liftSuppressions(
  tx: Tx,
  workspaceId: string,
  addressHashes: readonly string[],
  reasons: readonly string[],
): Promise<void> {
  const { suppressions } = tx.tables
  if (addressHashes.length === 0) return
  await tx
    .delete(suppressions)
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        tx.dialect.isOneOf(suppressions.addressHash, addressHashes),
        tx.dialect.isOneOf(suppressions.reason, reasons),
      ),
    )
}

/** Takes the place of whatever else was known of these addresses. */
export async function suppressErased(
  tx: Tx,
  workspaceId: string,
  addressHashes: readonly string[],
  at: number,
): Promise<void> {
  const { suppressions } = tx.tables
  const rows = addressHashes
    .toSorted()
    .map((addressHash) => ({ workspaceId, addressHash, reason: 'erased', at }))
  if (rows.length === 0) return
  await insertRows(tx, suppressions, rows).onConflictDoUpdate({
    target: [suppressions.workspaceId, suppressions.addressHash],
    set: { reason: excluded(suppressions.reason), at: excluded(suppressions.at) },
  })
}

/** What mail may not go to stays so when its owner is erased: as a keyed hash, without what could be read. */
export async function forgetSuppressedAddresses(
  tx: Tx,
  workspaceId: string,
  addressHashes: readonly string[],
): Promise<void> {
  const { suppressions } = tx.tables
  await tx
    .update(suppressions)
    .set({ address: null, detail: null })
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        tx.dialect.isOneOf(suppressions.addressHash, addressHashes),
      ),
    )
}

/** From the weakest: what a stronger reason takes the place of. */
export const SUPPRESSION_REASONS = ['unsubscribed', 'complaint', 'bounce'] as const

/** What became of an address: a suppression, or (null) the proof that it may be written to again. */
export type SuppressionChange = Omit<NewSuppression, 'reason'> & { reason: string | null }

/** What a proven yes takes away. An erasure only ends with a confirmed opt-in: a shop's list says yes for everybody. */
const LIFTABLE = ['unsubscribed']

/** Lifts what is older than the yes. Locked first: an unsubscribe that comes in meanwhile is newer, and stays. */
async function liftOlder(tx: Tx, workspaceId: string, lifts: ReadonlyMap<string, number>): Promise<void> {
  const { suppressions } = tx.tables
  if (lifts.size === 0) return
  const rows = await tx.dialect.forUpdate(
    tx
      .select()
      .from(suppressions)
      .where(
        and(
          eq(suppressions.workspaceId, workspaceId),
          tx.dialect.isOneOf(suppressions.addressHash, [...lifts.keys()]),
        ),
      )
      .orderBy(asc(suppressions.addressHash)),
  )
  const isOlder = (addressHash: string, at: number) => at < (lifts.get(addressHash) ?? at)
  await liftSuppressions(
    tx,
    workspaceId,
    rows.filter(({ addressHash, at }) => isOlder(addressHash, at)).map(({ addressHash }) => addressHash),
    LIFTABLE,
  )
  const beneath = rows.filter(
    ({ addressHash, under, underAt, at }) =>
      LIFTABLE.includes(under ?? '') && isOlder(addressHash, underAt ?? at),
  )
  if (beneath.length === 0) return
  await tx
    .update(suppressions)
    .set({ under: null, underAt: null })
    .where(
      and(
        eq(suppressions.workspaceId, workspaceId),
        tx.dialect.isOneOf(
          suppressions.addressHash,
          beneath.map(({ addressHash }) => addressHash),
        ),
      ),
    )
}

/** Takes the changes over: an unsubscribe counts unless there is a newer yes, the strongest suppression of all stays. */
export async function changeSuppressions(
  tx: Tx,
  workspaceId: string,
  changes: readonly SuppressionChange[],
): Promise<void> {
  const lifts = new Map<string, number>()
  for (const { addressHash, reason, at } of changes)
    if (reason === null) lifts.set(addressHash, Math.max(at, lifts.get(addressHash) ?? at))
  await liftOlder(tx, workspaceId, lifts)
  const added = changes.flatMap(({ reason, ...change }) => {
    const { addressHash, at } = change
    if (reason === null || (reason === 'unsubscribed' && at < (lifts.get(addressHash) ?? at))) return []
    return [{ ...change, reason }]
  })
  await upsertSuppressions(tx, workspaceId, added)
}
