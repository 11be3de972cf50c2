import { createCustomer, type Customer, type Identity } from '@ciclo/engine'
import { identityKey, type NewIdentity } from '../store/queries/identities.ts'
import type { CustomerRecord } from '../store/queries/customers.ts'
import type { CustomerTransition } from '../store/queries/transitions.ts'
import type { IngestItem } from './ingestItem.ts'

/** What waits until a customer is rebuilt. */
export interface Deferred {
  items: IngestItem[]
  /** The customer as it was before the first of them, or before the merge. */
  before: Customer
  /** Whether another customer has been merged into it meanwhile. */
  hasMerged: boolean
}

/** One customer on a page of the book: as loaded, as it is now, and what has to be written. */
export interface BookEntry {
  customer: Customer
  createdAt: number
  parked: string | null
  isChanged: boolean
  /** Transitions and orders are written anew instead of added to. */
  isRebuilt: boolean
  newTransitions: Omit<CustomerTransition, 'customerId'>[]
  /** Undefined where the customer need not be rebuilt. */
  deferred: Deferred | undefined
  /** As it was read in this transaction; null for one that the transaction creates. */
  stored: Customer | null
}

/**
 * The customers of one transaction, in memory: creations, identities and merges fold here while the inputs are walked,
 * and are written set-wise at the end.
 */
export interface CustomerBook {
  /** Follows merges to the customer that somebody is today. */
  rootOf(customerId: string): string
  entry(customerId: string): BookEntry | undefined
  entries(): BookEntry[]
  ownerOf(identity: Identity): string | undefined
  add(customerId: string, createdAt: number): BookEntry
  attach(identity: Identity, customerId: string): void
  merge(absorbedId: string, survivorId: string): void
  merges(): readonly { absorbedId: string; survivorId: string }[]
  /** Customers created and merged away in this very transaction: written too, since events name them. */
  shortLived(): readonly BookEntry[]
  newIdentities(): NewIdentity[]
}

export function createCustomerBook(
  records: readonly CustomerRecord[],
  owners: ReadonlyMap<string, string>,
): CustomerBook {
  const entries = new Map<string, BookEntry>()
  const mergedInto = new Map<string, string>()
  const owned = new Map(owners)
  const added = new Map<string, NewIdentity>()
  const merges: { absorbedId: string; survivorId: string }[] = []
  const shortLived: BookEntry[] = []

  const rootOf = (customerId: string): string => {
    let root = customerId
    for (let next = mergedInto.get(root); next !== undefined; next = mergedInto.get(root)) root = next
    return root
  }

  const put = (customer: Customer, record: Pick<BookEntry, 'createdAt' | 'parked' | 'stored'>) => {
    const isChanged = record.stored === null
    const entry: BookEntry = {
      ...record,
      customer,
      isChanged,
      isRebuilt: false,
      newTransitions: [],
      deferred: undefined,
    }
    entries.set(customer.id, entry)
    return entry
  }

  for (const { customer, createdAt, parked, mergedInto: survivorId } of records) {
    if (survivorId === null) put(customer, { createdAt, parked, stored: customer })
    else mergedInto.set(customer.id, survivorId)
  }

  return {
    rootOf,
    entry: (customerId) => entries.get(rootOf(customerId)),
    entries: () => [...entries.values()],
    ownerOf: (identity) => {
      const owner = owned.get(identityKey(identity))
      return owner === undefined ? undefined : rootOf(owner)
    },
    add: (customerId, createdAt) =>
      put(createCustomer(customerId), { createdAt, parked: null, stored: null }),
    attach: (identity, customerId) => {
      const key = identityKey(identity)
      owned.set(key, customerId)
      added.set(key, { ...identity, customerId })
    },
    merge: (absorbedId, survivorId) => {
      const absorbed = entries.get(absorbedId)
      if (absorbed?.stored === null) shortLived.push(absorbed)
      entries.delete(absorbedId)
      mergedInto.set(absorbedId, survivorId)
      merges.push({ absorbedId, survivorId })
    },
    merges: () => merges,
    shortLived: () => shortLived,
    newIdentities: () =>
      [...added.values()].map((identity) => ({ ...identity, customerId: rootOf(identity.customerId) })),
  }
}
