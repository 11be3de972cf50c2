import { readMembers } from '../store/queries/customers.ts'
import { identitiesOfCustomers, readNamedCustomers, recipientsOf } from '../store/queries/erasure.ts'
import type { ParkedInput } from '../store/queries/parked.ts'
import { findClaimants, findSubjects, ownerOf, type Subject, type Wanted } from '../store/queries/subjects.ts'
import type { ReadTx } from '../store/store.ts'
import { findParked, namesOneOf } from './findParked.ts'
import { mentions } from './mentions.ts'

/** Whose data an erasure removes, and where else it must look. */
export interface ErasurePlan {
  /** Each as it stands after merges. */
  subjects: Subject[]
  /** The subjects, and all that were merged into them. */
  customerIds: string[]
  /** Customers who are somebody else, and name an erased address: they lose that. */
  others: string[]
  addresses: string[]
  userIds: string[]
  /** Mails to these addresses that belong to others. */
  messageIds: string[]
  parked: ParkedInput[]
}

/** The addresses and userIds of the subjects that they have proven, those that were named, and one that nobody else has. */
async function findNames(tx: ReadTx, workspaceId: string, wanted: Wanted, subjects: readonly Subject[]) {
  const proven = subjects.filter(({ relation }) => relation === 'proven').map(({ id }) => id)
  const addresses = new Set('email' in wanted ? [wanted.email] : [])
  const userIds = new Set('userId' in wanted ? [wanted.userId] : [])
  for (const { kind, value } of await identitiesOfCustomers(tx, workspaceId, proven)) {
    if (kind === 'email') addresses.add(value)
    if (kind === 'userId') userIds.add(value)
  }
  for (const { email, userId, claimedEmail } of await readNamedCustomers(tx, workspaceId, proven)) {
    if (email !== null) addresses.add(email)
    if (userId !== null) userIds.add(userId)
    if (addresses.size > 0 || claimedEmail === null) continue
    if ((await ownerOf(tx, workspaceId, 'email', claimedEmail)) === undefined) addresses.add(claimedEmail)
  }
  return { addresses: [...addresses], userIds: [...userIds] }
}

/**
 * Looks up all that an erasure concerns: the customer, those merged into it, and every browser that is known only by
 * claiming the same address or userId.
 */
export async function planErasure(tx: ReadTx, workspaceId: string, wanted: Wanted): Promise<ErasurePlan> {
  const found = await findSubjects(tx, workspaceId, wanted)
  const { addresses, userIds } = await findNames(tx, workspaceId, wanted, found)
  const names = [
    ...addresses.map((value) => ({ kind: 'email' as const, value })),
    ...userIds.map((value) => ({ kind: 'userId' as const, value })),
  ]
  const subjects = new Map(
    found.filter((subject) => subject.relation === 'proven').map((subject) => [subject.id, subject]),
  )
  const others = new Set<string>()
  for (const name of names) {
    for (const claimant of await findClaimants(tx, workspaceId, name)) {
      if (subjects.has(claimant.id)) continue
      if (claimant.isKnown) others.add(claimant.id)
      else subjects.set(claimant.id, claimant)
    }
  }
  const roots = [...subjects.keys()]
  const customerIds = [...roots, ...(await readMembers(tx, workspaceId, roots)).keys()].toSorted()
  const isErased = new Set(customerIds)
  const foreign = (await recipientsOf(tx, workspaceId, addresses)).filter(
    ({ customerId }) => !isErased.has(customerId),
  )
  for (const { customerId } of foreign) others.add(customerId)
  const identities = [...names, ...(await identitiesOfCustomers(tx, workspaceId, customerIds))]
  const parked = await findParked(
    tx,
    workspaceId,
    (one) =>
      (one.customerId !== null && isErased.has(one.customerId)) ||
      namesOneOf(one, identities) ||
      mentions(one.input, addresses),
  )
  return {
    subjects: [...subjects.values()],
    customerIds,
    others: [...others].toSorted(),
    addresses,
    userIds,
    messageIds: foreign.map(({ id }) => id),
    parked,
  }
}
