import type { IdentityKind } from '@ciclo/engine'
import { and, eq, ne } from 'drizzle-orm'
import type { ReadTx } from '../store.ts'
import { livingCustomers } from './customers.ts'

/** Whose data is meant: one customer, or whoever is known by an address or userId. */
export type Wanted = { id: string } | { email: string } | { userId: string }

export interface Subject {
  id: string
  /** Whether this customer has the address or userId, or only says so. */
  relation: 'proven' | 'claimed'
  /** Known by an address or userId of its own: then it may be another person at a shared browser. */
  isKnown: boolean
}

const relationOf = (isProven: boolean): Subject['relation'] => (isProven ? 'proven' : 'claimed')

/** Whoever claims an address or userId without having proven it. */
export async function findClaimants(
  tx: ReadTx,
  workspaceId: string,
  { kind, value }: { kind: Exclude<IdentityKind, 'anonymousId'>; value: string },
  ownerId?: string,
): Promise<Subject[]> {
  const { customers } = tx.tables
  const claimed = kind === 'email' ? customers.claimedEmail : customers.claimedUserId
  const rows = await tx
    .select({ id: customers.id, email: customers.email, userId: customers.userId })
    .from(customers)
    .where(
      and(
        livingCustomers(tx, workspaceId),
        eq(claimed, value),
        ownerId === undefined ? undefined : ne(customers.id, ownerId),
      ),
    )
  // Sorted here: told to, SQLite would look at every customer in the order of their ids.
  const sorted = rows.toSorted((one, other) => (one.id < other.id ? -1 : 1))
  return sorted.map(({ id, email, userId }) => ({
    id,
    relation: relationOf(false),
    isKnown: email !== null || userId !== null,
  }))
}

/** The owner of an identity, without a lock. */
export async function ownerOf(
  tx: ReadTx,
  workspaceId: string,
  kind: IdentityKind,
  value: string,
): Promise<string | undefined> {
  const { identities } = tx.tables
  const [owner] = await tx
    .select({ id: identities.customerId })
    .from(identities)
    .where(
      and(eq(identities.workspaceId, workspaceId), eq(identities.kind, kind), eq(identities.value, value)),
    )
  return owner?.id
}

/**
 * The customers that are meant, each as it stands after merges: who has proven the address or userId first, then all
 * who only claim it. None where nothing is stored.
 */
export async function findSubjects(tx: ReadTx, workspaceId: string, wanted: Wanted): Promise<Subject[]> {
  const { customers } = tx.tables
  if ('id' in wanted) {
    const [row] = await tx
      .select({ id: customers.id, mergedInto: customers.mergedInto })
      .from(customers)
      .where(and(eq(customers.workspaceId, workspaceId), eq(customers.id, wanted.id)))
    return row ? [{ id: row.mergedInto ?? row.id, relation: 'proven', isKnown: true }] : []
  }
  const identity =
    'email' in wanted
      ? { kind: 'email' as const, value: wanted.email }
      : { kind: 'userId' as const, value: wanted.userId }
  const owner = await ownerOf(tx, workspaceId, identity.kind, identity.value)
  const claimants = await findClaimants(tx, workspaceId, identity, owner)
  return owner === undefined
    ? claimants
    : [{ id: owner, relation: relationOf(true), isKnown: true }, ...claimants]
}
