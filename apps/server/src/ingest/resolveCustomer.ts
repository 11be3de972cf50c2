import { identitiesOf, type EventInput } from '@ciclo/engine'
import type { BookEntry, CustomerBook } from './customerBook.ts'

/** Whose event this is, and which customers it proves to be that same one. */
export interface Resolution {
  customerId: string
  merges: string[]
}

const rank = ({ customer }: BookEntry) =>
  (customer.userId !== null ? 2 : 0) + (customer.email !== null ? 1 : 0)

/** The stronger identity survives a merge, then the older customer, then the smaller id: the same on every replay. */
function isStronger(one: BookEntry, other: BookEntry): boolean {
  if (rank(one) !== rank(other)) return rank(one) > rank(other)
  if (one.createdAt !== other.createdAt) return one.createdAt < other.createdAt
  return one.customer.id < other.customer.id
}

/**
 * Finds or creates the customer of an event, attaches the identities that the event proves, and says which other
 * customers it proves to be the same person.
 *
 * Two customers with different userIds are never merged: a shared browser or address joins no two accounts. What only
 * an anonymousId ties to a customer with another userId or address is somebody else at the same browser.
 *
 * @param addressedId the customer that Ciclo itself names: its word is the strongest
 */
export function resolveCustomer(
  book: CustomerBook,
  input: EventInput,
  addressedId: string | undefined,
  newId: () => string,
): Resolution {
  const { proven } = identitiesOf(input)
  const asserted = Object.fromEntries(proven.map(({ kind, value }) => [kind, value]))
  const addressed = addressedId === undefined ? undefined : book.entry(addressedId)
  const candidates: BookEntry[] = addressed ? [addressed] : []
  for (const identity of proven) {
    const owner = book.ownerOf(identity)
    const entry = owner === undefined ? undefined : book.entry(owner)
    if (!entry || candidates.includes(entry)) continue
    const { userId, email } = entry.customer
    const isOtherAccount =
      userId !== null && asserted['userId'] !== undefined && userId !== asserted['userId']
    const isOtherAddress =
      identity.kind === 'anonymousId' &&
      asserted['userId'] === undefined &&
      asserted['email'] !== undefined &&
      email !== null &&
      email !== asserted['email']
    if (!isOtherAccount && !isOtherAddress) candidates.push(entry)
  }
  let survivor = candidates[0] ?? book.add(newId(), input.receivedAt)
  const same: BookEntry[] = []
  for (const candidate of candidates.slice(1)) {
    const ids = [survivor, ...same, candidate]
      .map(({ customer }) => customer.userId)
      .filter((id) => id !== null)
    if (new Set(ids).size > 1) continue
    if (isStronger(candidate, survivor)) {
      same.push(survivor)
      survivor = candidate
    } else same.push(candidate)
  }
  const customerId = survivor.customer.id
  for (const identity of proven) if (book.ownerOf(identity) === undefined) book.attach(identity, customerId)
  return { customerId, merges: same.map(({ customer }) => customer.id) }
}
