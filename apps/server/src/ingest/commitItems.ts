import {
  earliest,
  EVENT_NAMES,
  identitiesOf,
  normaliseEmail,
  ordersNeeded,
  type EventInput,
  type Rules,
} from '@ciclo/engine'
import { insertAudit } from '../store/queries/audit.ts'
import {
  lockCustomers,
  markMerged,
  readMembers,
  saveCustomers,
  type CustomerRecord,
} from '../store/queries/customers.ts'
import { insertConsents } from '../store/queries/consents.ts'
import { readRunningEnrolments, saveEnrolments } from '../store/queries/enrolments.ts'
import { insertEvents, readHistory } from '../store/queries/events.ts'
import { insertIdentities, readIdentities } from '../store/queries/identities.ts'
import { insertMessages, recordOutcome, withdrawMerged } from '../store/queries/messages.ts'
import { deleteOrders, readOrders, saveOrders } from '../store/queries/orders.ts'
import { insertParked, takeParked } from '../store/queries/parked.ts'
import { saveProducts } from '../store/queries/products.ts'
import { deleteReceipts, dropErasedReceipts, insertReceipts } from '../store/queries/receipts.ts'
import { changeSuppressions, liftSuppressions } from '../store/queries/suppressions.ts'
import { deleteTransitions, insertTransitions } from '../store/queries/transitions.ts'
import type { Tx } from '../store/store.ts'
import { applyItem, type ApplyContext, type Gathered } from './applyItem.ts'
import { createCustomerBook, type BookEntry, type CustomerBook } from './customerBook.ts'
import { findErased } from './findErased.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'
import { productWords } from './productWords.ts'
import type { LateGuard } from './lateGuard.ts'
import { rebuildDeferred, type ReadHistory } from './rebuildDeferred.ts'

/** What a transaction did, for those who asked and for the loops that carry on from it. */
export interface Committed {
  verdicts: Map<IngestItem, IngestVerdict>
  /** Whether the outbox has something new. */
  hasMessages: boolean
  /** The earliest timer of the customers that changed. */
  wakeAt: number | null
}

/** What a transaction is given besides its items. */
export interface CommitShell {
  rules: Rules
  newCustomerId: () => string
  lateGuard: LateGuard
  hashAddress: (workspaceId: string, address: string) => string
  now: number
}

/** Another process has inserted or erased one of the same identities meanwhile: the whole transaction must run again. */
export class IdentityRace extends Error {
  override readonly name = 'IdentityRace'
}

const isKeptOut = (verdict: IngestVerdict | undefined) => verdict === 'refused' || verdict === 'erased'

const idOf = ({ input }: IngestItem) => (input as EventInput).id

/**
 * Drops what was seen before, what would bring back somebody who was erased, and outcomes whose claim another sender
 * has taken over. What is tried again was seen before: it is taken out of what is parked, and goes back if it fails.
 */
async function acceptItems(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
  { now, hashAddress }: CommitShell,
) {
  const verdicts = new Map<IngestItem, IngestVerdict>()
  const retried = items.flatMap(({ parkedId }) => parkedId ?? [])
  const taken = await takeParked(tx, workspaceId, retried)
  for (const item of items) {
    if (item.outcome && !(await recordOutcome(tx, workspaceId, item.outcome)))
      verdicts.set(item, 'claim-lost')
    // Somebody else has tried or dropped it meanwhile.
    if (item.parkedId !== undefined && !taken.delete(item.parkedId)) verdicts.set(item, 'duplicate')
  }
  for (const item of await findErased(tx, workspaceId, items, hashAddress)) verdicts.set(item, 'erased')
  const events = items.filter((item) => item.input.kind === 'event' && !verdicts.has(item))
  const fresh = await insertReceipts(tx, workspaceId, events.map(idOf), now)
  const hash = (id: string) => hashAddress(workspaceId, `receipt:${id}`)
  for (const id of await dropErasedReceipts(tx, workspaceId, [...fresh], hash)) fresh.delete(id)
  for (const item of events)
    if (!fresh.delete(idOf(item)) && item.parkedId === undefined) verdicts.set(item, 'duplicate')
  return { accepted: items.filter((item) => !verdicts.has(item)), verdicts }
}

/** Loads all that the inputs can touch: identities, their customers, running enrolments, the orders they name. */
async function openBook(tx: Tx, workspaceId: string, items: readonly IngestItem[]): Promise<CustomerBook> {
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

/** A signpost whose survivor is not loaded yet: it was named by a link or a timer older than the merge. */
function missingRoots(loaded: ReadonlyMap<string, CustomerRecord>): string[] {
  return [...loaded.values()].flatMap(({ mergedInto }) =>
    mergedInto !== null && !loaded.has(mergedInto) ? [mergedInto] : [],
  )
}

/** Histories under the ids of today's customers: two queries, however many customers. */
function historyReader(tx: Tx, workspaceId: string): ReadHistory {
  return async (customerIds) => {
    const members = await readMembers(tx, workspaceId, customerIds)
    const history = await readHistory(tx, workspaceId, [...customerIds, ...members.keys()])
    return history.map(({ customerId, input }) => ({
      customerId: members.get(customerId) ?? customerId,
      input,
    }))
  }
}

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

async function saveBook(
  tx: Tx,
  workspaceId: string,
  book: CustomerBook,
  gathered: Gathered,
  { rules, hashAddress, now }: CommitShell,
) {
  const added = book.newIdentities()
  if ((await insertIdentities(tx, workspaceId, added, now)) < added.length) throw new IdentityRace()
  const changed = book.entries().filter(({ isChanged }) => isChanged)
  await saveCustomers(tx, workspaceId, [...book.shortLived(), ...changed], now)
  const absorbed = book.merges().map(({ absorbedId }) => absorbedId)
  await markMerged(tx, workspaceId, Object.fromEntries(absorbed.map((id) => [id, book.rootOf(id)])))

  const rebuilt = changed.filter(({ isRebuilt }) => isRebuilt).map(({ customer }) => customer.id)
  if (rebuilt.length + absorbed.length > 0) {
    await deleteTransitions(tx, workspaceId, [...rebuilt, ...absorbed])
    await deleteOrders(tx, workspaceId, [...rebuilt, ...absorbed])
  }
  const withCustomer = <T>(pick: (entry: BookEntry) => T[]) =>
    changed.flatMap((entry) => pick(entry).map((value) => ({ ...value, customerId: entry.customer.id })))

  await insertEvents(tx, workspaceId, gathered.events)
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
  await insertMessages(
    tx,
    workspaceId,
    gathered.messages.map((message) => ({ ...message, customerId: book.rootOf(message.customerId) })),
  )
  const merged = withCustomer(({ customer }) =>
    Object.values(customer.enrolments).filter(({ endReason }) => endReason === 'merged'),
  )
  await withdrawMerged(
    tx,
    workspaceId,
    merged.map(({ customerId }) => customerId),
    merged.map(({ id }) => id),
  )
  await saveProducts(tx, workspaceId, productWords(gathered.events, rules.settings))
  await insertParked(tx, workspaceId, gathered.parked)
  await insertConsents(tx, workspaceId, gathered.consents)
  await changeSuppressions(
    tx,
    workspaceId,
    gathered.suppressions.map((change) => ({
      addressHash: hashAddress(workspaceId, change.address),
      reason: change.type === 'lift' ? null : change.reason,
      at: change.at,
    })),
  )
}

/** Who has confirmed an opt-in agrees anew: what erasure has left of the address and its userId goes. */
async function liftErasures(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
  verdicts: ReadonlyMap<IngestItem, IngestVerdict>,
  book: CustomerBook,
  { hashAddress }: CommitShell,
) {
  const hashes = items.flatMap((item) => {
    const { input } = item
    if (verdicts.get(item) !== 'applied' || input.kind === 'wake' || input.source === 'public') return []
    if (input.event.name !== EVENT_NAMES.subscriptionConfirmed) return []
    const address = normaliseEmail(input.event.properties['email'])
    if (address === undefined) return []
    const owner = book.ownerOf({ kind: 'email', value: address })
    const userId = owner === undefined ? undefined : book.entry(owner)?.customer.userId
    return [address, ...(userId ? [`userId:${userId}`] : [])].map((text) => hashAddress(workspaceId, text))
  })
  await liftSuppressions(tx, workspaceId, hashes, ['erased'])
}

/** What became of the items that somebody asked for. */
async function recordAudit(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
  verdicts: ReadonlyMap<IngestItem, IngestVerdict>,
) {
  const entries = items.flatMap((item) =>
    item.audit
      ? [{ ...item.audit, details: { ...item.audit.details, verdict: verdicts.get(item) ?? 'applied' } }]
      : [],
  )
  await insertAudit(tx, workspaceId, entries)
}

/**
 * Applies items of one workspace inside a write transaction, in their order: drop what has been seen, load and lock
 * set-wise, step purely, save set-wise.
 */
export async function commitItems(
  tx: Tx,
  workspaceId: string,
  items: readonly IngestItem[],
  shell: CommitShell,
): Promise<Committed> {
  const { rules, newCustomerId } = shell
  const { accepted, verdicts } = await acceptItems(tx, workspaceId, items, shell)
  if (accepted.length === 0) {
    await recordAudit(tx, workspaceId, items, verdicts)
    return { verdicts, hasMessages: false, wakeAt: null }
  }
  const book = await openBook(tx, workspaceId, accepted)
  const gathered: Gathered = { events: [], messages: [], suppressions: [], consents: [], parked: [] }
  const context: ApplyContext = {
    workspaceId,
    book,
    gathered,
    rules,
    newCustomerId,
    lateGuard: shell.lateGuard,
    now: shell.now,
    isAddressOpen: false,
  }
  const settle = async () => {
    context.isAddressOpen = false
    for (const [item, verdict] of await rebuildDeferred(context, historyReader(tx, workspaceId)))
      verdicts.set(item, verdict)
  }
  for (const item of accepted) {
    const verdict = applyItem(context, item)
    if (verdict !== 'deferred') verdicts.set(item, verdict)
    if (context.isAddressOpen) await settle()
  }
  await settle()
  const refused = accepted.filter((item) => isKeptOut(verdicts.get(item))).map(idOf)
  await deleteReceipts(tx, workspaceId, refused)
  await saveBook(tx, workspaceId, book, gathered, shell)
  await liftErasures(tx, workspaceId, accepted, verdicts, book, shell)
  await recordAudit(tx, workspaceId, items, verdicts)
  const wakes = book
    .entries()
    .flatMap(({ customer, isChanged }) => (isChanged ? (earliest(customer.timers) ?? []) : []))
  return {
    verdicts,
    hasMessages: gathered.messages.some(({ state }) => state === 'queued'),
    wakeAt: wakes.length === 0 ? null : wakes.reduce((one, other) => Math.min(one, other)),
  }
}
