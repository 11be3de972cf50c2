import type { Identity, IdentityKind } from '@ciclo/engine'
import { and, eq } from 'drizzle-orm'
import { insertRows } from '../insertRows.ts'
import type { ReadTx, Tx } from '../store.ts'

export const identityKey = ({ kind, value }: Identity) => `${kind}:${value}`

/** Which customer each of these identities points to, by `identityKey`. */
export async function readIdentities(
  tx: ReadTx,
  workspaceId: string,
  wanted: readonly Identity[],
): Promise<Map<string, string>> {
  const { identities } = tx.tables
  const owners = new Map<string, string>()
  const byKind = Map.groupBy(wanted, ({ kind }) => kind)
  for (const [kind, group] of byKind) {
    const values = [...new Set(group.map(({ value }) => value))]
    const rows = await tx
      .select({ value: identities.value, customerId: identities.customerId })
      .from(identities)
      .where(
        and(
          eq(identities.workspaceId, workspaceId),
          eq(identities.kind, kind),
          tx.dialect.isOneOf(identities.value, values),
        ),
      )
    for (const { value, customerId } of rows) owners.set(identityKey({ kind, value }), customerId)
  }
  return owners
}

export interface NewIdentity extends Identity {
  customerId: string
}

/** Returns how many were inserted: fewer than given means that another process was faster, and the write must run again. */
export async function insertIdentities(
  tx: Tx,
  workspaceId: string,
  added: readonly NewIdentity[],
  createdAt: number,
): Promise<number> {
  const { identities } = tx.tables
  const order = (identity: NewIdentity) => identityKey(identity)
  const rows = added
    .toSorted((one, other) => (order(one) < order(other) ? -1 : 1))
    .map(({ kind, value, customerId }) => ({ workspaceId, kind, value, customerId, createdAt }))
  if (rows.length === 0) return 0
  const inserted = await insertRows(tx, identities, rows)
    .onConflictDoNothing()
    .returning({ value: identities.value })
  return inserted.length
}

export interface CustomerIdentities {
  kind: IdentityKind
  value: string
}

export async function identitiesOfCustomer(
  tx: ReadTx,
  workspaceId: string,
  customerId: string,
): Promise<CustomerIdentities[]> {
  const { identities } = tx.tables
  return await tx
    .select({ kind: identities.kind, value: identities.value })
    .from(identities)
    .where(and(eq(identities.workspaceId, workspaceId), eq(identities.customerId, customerId)))
}

export async function deleteIdentities(
  tx: Tx,
  workspaceId: string,
  removed: readonly Identity[],
): Promise<void> {
  const { identities } = tx.tables
  for (const [kind, group] of Map.groupBy(removed, (identity) => identity.kind)) {
    await tx.delete(identities).where(
      and(
        eq(identities.workspaceId, workspaceId),
        eq(identities.kind, kind),
        tx.dialect.isOneOf(
          identities.value,
          group.map(({ value }) => value),
        ),
      ),
    )
  }
}
