import { identitiesOf, ordersNeeded } from '@ciclo/engine'
import { lockCustomers, type CustomerRecord } from '../store/queries/customers.ts'
import { readRunningEnrolments } from '../store/queries/enrolments.ts'
import { readIdentities } from '../store/queries/identities.ts'
import { readOrders } from '../store/queries/orders.ts'
import type { Tx } from '../store/store.ts'
import { createCustomerBook, type CustomerBook } from './customerBook.ts'
import { IdentityRace } from './identityRace.ts'
import type { IngestItem } from './ingestItem.ts'

/** A signpost whose survivor is not loaded yet: it was named by a link or a timer older than the merge. */
function missingRoots(loaded: ReadonlyMap<string, CustomerRecord>): string[] {
  return [...loaded.values()].flatMap(({ mergedInto }) =>
    mergedInto !== null && !loaded.has(mergedInto) ? [mergedInto] : [],
  )
}

/** Loads all that the inputs can touch: identities, their customers, running enrolments, the orders they name. */
export async function openBook(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
): Promise<CustomerBook> {
  const inputs = items.map(({ input }) => input).filter((input) => input.kind === 'event')
  const owners = await readIdentities(
    tx,
    workspaceId,
    inputs.flatMap((input) => identitiesOf(input).proven),
  )
  const addressed = items.map(({ customerId }) => customerId).filter((id) => id !== undefined)
  const records = await lockCustomers(tx, workspaceId, [...owners.values(), ...addressed])
  const loaded = new Map(records.map((record) => [record.customer.id, record]))
  for (let missing = missingRoots(loaded); missing.length > 0; missing = missingRoots(loaded)) {
    for (const record of await lockCustomers(tx, workspaceId, missing)) loaded.set(record.customer.id, record)
  }
  // Erased by another process while we waited for its lock: read again, nobody has these identities any more.
  if ([...owners.values()].some((id) => !loaded.has(id))) throw new IdentityRace()
  const customerIds = [...loaded.keys()]
  for (const { customerId, ...enrolment } of await readRunningEnrolments(tx, workspaceId, customerIds)) {
    const customer = loaded.get(customerId)?.customer
    if (customer) customer.enrolments[enrolment.id] = enrolment
  }
  const needed = inputs.map(ordersNeeded)
  const orderIds = needed.some(({ kind }) => kind === 'all')
    ? 'all'
    : needed.filter((need) => need.kind === 'one').map(({ id }) => id)
  for (const { customerId, ...order } of await readOrders(tx, workspaceId, customerIds, orderIds)) {
    const customer = loaded.get(customerId)?.customer
    if (customer) customer.orders[order.id] = order
  }
  return createCustomerBook([...loaded.values()], owners)
}
