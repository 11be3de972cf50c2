import { identitiesOf, type EventInput, type Identity } from '@ciclo/engine'
import type { BookEntry, CustomerBook } from './customerBook.ts'

/** A customer who turns out to be the event's, and what says so: the identities that one event names together. */
export interface Merge {
  absorbedId: string
  by: { survivor: Identity | null; absorbed: Identity | null }
}

/** Whose event this is, and which customers it proves to be that same one. */
export interface Resolution {
  customerId: string
  merges: Merge[]
  proven: readonly Identity[]
  /** Why one of those who would become one is parked: then none of it happens until somebody has looked. */
  parked: string | null
}

/** A customer that the event names, and by what; null: Ciclo itself names it, as a link that came back does. */
interface Candidate {
  entry: BookEntry
  identity: Identity | null
}

const rank = ({ customer }: BookEntry) =>
  (customer.userId !== null ? 2 : 0) + (customer.email !== null ? 1 : 0)

/** The stronger identity survives a merge, then the older customer, then the smaller id: the same on every replay. */
function isStronger({ entry: one }: Candidate, { entry: other }: Candidate): boolean {
  if (rank(one) !== rank(other)) return rank(one) > rank(other)
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt
  return one.customer.id < other.customer.id
}

/**
 * A confirmation of another address than the customer's own says that somebody reads that one, not that the customer
 * has moved there: a browser that was joined by a confirmation could else take all mail to itself. Only after a hard
 * bounce is it the customer's new one.
 */
function hasOtherAddress({ customer }: BookEntry, confirmed: string | undefined): boolean {
  const { email, bouncedAddress } = customer
  return confirmed !== undefined && email !== null && email !== confirmed && email !== bouncedAddress
}

/**
 * Finds or creates the customer of an event, attaches the identities that the event proves, and says which other
 * customers it proves to be the same person.
 *
 * Two customers with different userIds are never merged: a shared browser or address joins no two accounts. What only
 * an anonymousId ties to a customer with another userId or address is somebody else at the same browser.
 *
 * @param addressedId the customer that Ciclo itself names. Its word is the strongest, but for a browser that is known
 *   to be somebody else's: a mail is forwarded, and its link clicked by a friend
 */
export function resolveCustomer(
  book: CustomerBook,
  input: EventInput,
  addressedId: string | undefined,
  newId: () => string,
): Resolution {
  const { proven } = identitiesOf(input)
  const asserted: { userId?: string | undefined; email?: string | undefined } = {}
  for (const { kind, value } of proven) if (kind !== 'anonymousId') asserted[kind] = value
  const named = addressedId === undefined ? undefined : book.entry(addressedId)
  const addressed = named && hasOtherAddress(named, asserted.email) ? undefined : named
  if (addressed) {
    asserted.userId ??= addressed.customer.userId ?? undefined
    asserted.email ??= addressed.customer.email ?? undefined
  }
  let candidates: Candidate[] = addressed ? [{ entry: addressed, identity: null }] : []
  for (const identity of proven) {
    const owner = book.ownerOf(identity)
    const entry = owner === undefined ? undefined : book.entry(owner)
    if (!entry || candidates.some((candidate) => candidate.entry === entry)) continue
    const { userId, email } = entry.customer
    const isBrowser = identity.kind === 'anonymousId'
    const isOtherAccount =
      userId !== null &&
      userId !== asserted.userId &&
      (asserted.userId !== undefined || (addressed !== undefined && isBrowser))
    const isOtherAddress =
      isBrowser && asserted.email !== undefined && email !== null && email !== asserted.email
    if (!isOtherAccount && !isOtherAddress) {
      candidates.push({ entry, identity })
      // Whoever the account is, the browser may be somebody else's.
      if (!isBrowser) asserted.email ??= email ?? undefined
    } else if (input.source === 'public' && addressed && proven.length === 1)
      candidates = [{ entry, identity }]
  }
  let survivor = candidates[0] ?? { entry: book.add(newId(), input.receivedAt), identity: null }
  const same: Candidate[] = []
  for (const candidate of candidates.slice(1)) {
    const ids = [survivor, ...same, candidate]
      .map(({ entry }) => entry.customer.userId)
      .filter((id) => id !== null)
    if (new Set(ids).size > 1) continue
    if (isStronger(candidate, survivor)) {
      same.push(survivor)
      survivor = candidate
    } else same.push(candidate)
  }
  const held = same.length === 0 ? undefined : [survivor, ...same].find(({ entry }) => entry.parked !== null)
  if (held) return { customerId: held.entry.customer.id, merges: [], proven, parked: held.entry.parked }
  const customerId = survivor.entry.customer.id
  for (const identity of proven) if (book.ownerOf(identity) === undefined) book.attach(identity, customerId)
  const merges = same.map(({ entry, identity }) => ({
    absorbedId: entry.customer.id,
    by: { survivor: survivor.identity, absorbed: identity },
  }))
  return { customerId, merges, proven, parked: null }
}
