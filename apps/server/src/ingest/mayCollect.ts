import {
  consentStatementsIn,
  identitiesOf,
  isCollected,
  type Customer,
  type EventInput,
  type Settings,
} from '@ciclo/engine'
import type { BookEntry, CustomerBook } from './customerBook.ts'
import type { IngestItem } from './ingestItem.ts'

const saysNo = ({ input }: IngestItem) =>
  input.kind === 'event' &&
  consentStatementsIn(input).some(({ purpose, answer }) => purpose === 'tracking' && answer === 'no')

/** A refusal that waits for its customer to be rebuilt counts already. */
function standing({ customer, deferred }: BookEntry): Pick<Customer, 'consent'> {
  if (!deferred?.items.some(saysNo)) return customer
  const tracking = { status: 'refused', basis: null, at: 0, refusedAt: 0, isFinal: false } as const
  return { consent: { ...customer.consent, tracking } }
}

/**
 * Whether an event may be stored, by what all customers that it is about have said of tracking. Asked before any
 * customer is made for it: of who never agreed nothing is kept, not even that they were there.
 */
export function mayCollect(
  book: CustomerBook,
  { customerId, gpc = false }: IngestItem,
  input: EventInput,
  settings: Settings,
): boolean {
  const entries: BookEntry[] = []
  const add = (id: string | undefined) => {
    const entry = id === undefined ? undefined : book.entry(id)
    if (entry && !entries.includes(entry)) entries.push(entry)
  }
  add(customerId)
  for (const identity of identitiesOf(input).proven) add(book.ownerOf(identity))
  return isCollected(input, entries.map(standing), settings, { gpc })
}
