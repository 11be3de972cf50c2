import { withdrawalOf } from '@ciclo/engine'
import { recordResponses } from '../store/queries/campaignResponses.ts'
import { markMerged, saveCustomers } from '../store/queries/customers.ts'
import { insertConsents } from '../store/queries/consents.ts'
import { saveEnrolments } from '../store/queries/enrolments.ts'
import { insertEvents } from '../store/queries/events.ts'
import { insertIdentities } from '../store/queries/identities.ts'
import { insertMessages, withdrawMessages } from '../store/queries/messages.ts'
import { deleteOrders, saveOrders } from '../store/queries/orders.ts'
import { saveOrderLines } from '../store/queries/orderLines.ts'
import { insertParked } from '../store/queries/parked.ts'
import { saveInterests } from '../store/queries/productInterests.ts'
import { saveProducts } from '../store/queries/products.ts'
import { saveMemberships } from '../store/queries/segments.ts'
import { changeSuppressions } from '../store/queries/suppressions.ts'
import { deleteTransitions, insertTransitions } from '../store/queries/transitions.ts'
import { insertSubscriberWords, insertWebhooks } from '../store/queries/webhooks.ts'
import type { Tx } from '../store/store.ts'
import { wordsForSubscribers } from '../subscriptions/wordsForSubscribers.ts'
import type { Gathered } from './applyItem.ts'
import { takeCoupons, type TakenCoupons } from './takeCoupons.ts'
import type { CommitShell } from './commitShell.ts'
import type { BookEntry, CustomerBook } from './customerBook.ts'
import { IdentityRace } from './identityRace.ts'
import { interestsOf, orderLinesOf } from './productDeeds.ts'
import { productWords } from './productWords.ts'

/** What of a customer's orders or enrolments has to be written. */
function changedOf<T>(
  entry: BookEntry,
  after: Record<string, T>,
  before: Readonly<Record<string, T>> = {},
): T[] {
  return Object.entries(after).flatMap(([id, value]) =>
    entry.isRebuilt || before[id] !== value ? [value] : [],
  )
}

/** Writes what a transaction has made of its customers and gathered on the way: a statement or two for each table. */
export async function saveBook(
  tx: Tx,
  workspaceId: string,
  book: CustomerBook,
  gathered: Gathered,
  { rules, subscribers, hashAddress, now }: CommitShell,
): Promise<TakenCoupons & { hasWebhooks: boolean }> {
  const added = book.newIdentities()
  if ((await insertIdentities(tx, workspaceId, added, now)) < added.length) throw new IdentityRace()
  const changed = book.entries().filter(({ isChanged }) => isChanged)
  await saveCustomers(tx, workspaceId, [...book.shortLived(), ...changed], now)
  const absorbed = book.merges().map(({ absorbedId }) => absorbedId)
  await markMerged(tx, workspaceId, Object.fromEntries(absorbed.map((id) => [id, book.rootOf(id)])))

  await saveMemberships(tx, workspaceId, changed, absorbed)

  const rebuilt = changed.filter(({ isRebuilt }) => isRebuilt).map(({ customer }) => customer.id)
  if (rebuilt.length + absorbed.length > 0) {
    await deleteTransitions(tx, workspaceId, [...rebuilt, ...absorbed])
    await deleteOrders(tx, workspaceId, [...rebuilt, ...absorbed])
  }
  const withCustomer = <T>(pick: (entry: BookEntry) => T[]) =>
    changed.flatMap((entry) => pick(entry).map((value) => ({ ...value, customerId: entry.customer.id })))

  const ofRoot = <T extends { customerId: string }>(asked: readonly T[]) =>
    asked.map((one) => ({ ...one, customerId: book.rootOf(one.customerId) }))
  const coupons = await takeCoupons(tx, workspaceId, ofRoot(gathered.coupons), now)
  await insertEvents(tx, workspaceId, [...gathered.events, ...coupons.events])
  await recordResponses(tx, workspaceId, gathered.events)
  await insertTransitions(
    tx,
    workspaceId,
    withCustomer(({ newTransitions }) => newTransitions),
  )
  await saveOrders(
    tx,
    workspaceId,
    withCustomer((entry) => changedOf(entry, entry.customer.orders, entry.stored?.orders)),
  )
  await saveEnrolments(
    tx,
    workspaceId,
    withCustomer((entry) => changedOf(entry, entry.customer.enrolments, entry.stored?.enrolments)),
  )
  await insertMessages(tx, workspaceId, ofRoot(gathered.messages))
  await insertWebhooks(tx, workspaceId, ofRoot(gathered.webhooks), now)
  const words =
    subscribers.all.length === 0
      ? []
      : wordsForSubscribers(subscribers, book, [...gathered.events, ...coupons.events], now)
  await insertSubscriberWords(tx, workspaceId, words, now)
  const ended = withCustomer(({ customer }) =>
    Object.values(customer.enrolments).flatMap(({ id, endReason }) => {
      const withdrawal = withdrawalOf(endReason)
      return withdrawal === null ? [] : [{ id, withdrawal }]
    }),
  )
  for (const runs of Map.groupBy(ended, ({ withdrawal }) => withdrawal.reason).values()) {
    const customerIds = runs.map(({ customerId }) => customerId)
    const ids = runs.map(({ id }) => id)
    for (const { withdrawal } of runs.slice(0, 1))
      await withdrawMessages(tx, workspaceId, withdrawal, customerIds, ids)
  }
  const ofRootEvents = ofRoot(gathered.events)
  await saveProducts(tx, workspaceId, productWords(gathered.events, rules.settings))
  await saveInterests(tx, workspaceId, interestsOf(ofRootEvents))
  await saveOrderLines(tx, workspaceId, orderLinesOf(ofRootEvents, rules.settings))
  await insertParked(tx, workspaceId, gathered.parked)
  await insertConsents(tx, workspaceId, gathered.consents)
  await changeSuppressions(
    tx,
    workspaceId,
    gathered.suppressions.map((change) => ({
      addressHash: hashAddress(workspaceId, change.address),
      reason: change.type === 'lift' ? null : change.reason,
      at: change.at,
      ...(change.type === 'lift' ? {} : { address: change.address, detail: change.detail ?? null }),
    })),
  )
  return { ...coupons, hasWebhooks: gathered.webhooks.length + words.length > 0 }
}
