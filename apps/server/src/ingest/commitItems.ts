import { earliest, EVENT_NAMES, normaliseEmail, type EventInput } from '@ciclo/engine'
import { insertAudit } from '../store/queries/audit.ts'
import { readMembers } from '../store/queries/customers.ts'
import { countEvents, readHistory } from '../store/queries/events.ts'
import { recordOutcome } from '../store/queries/messages.ts'
import { takeParked } from '../store/queries/parked.ts'
import {
  deleteReceipts,
  dropErasedReceipts,
  hasErased,
  insertReceipts,
  receiptIdOf,
} from '../store/queries/receipts.ts'
import { liftSuppressions } from '../store/queries/suppressions.ts'
import type { Tx } from '../store/store.ts'
import { applyItem, catchUp, type ApplyContext, type Gathered } from './applyItem.ts'
import type { CommitShell } from './commitShell.ts'
import type { CustomerBook } from './customerBook.ts'
import { erasedNames } from './erasedNames.ts'
import { findErased } from './findErased.ts'
import type { IngestItem, IngestVerdict } from './ingestItem.ts'
import { openBook } from './openBook.ts'
import { rebuildDeferred, type Histories } from './rebuildDeferred.ts'
import { saveBook } from './saveBook.ts'

/** What a transaction did, for those who asked and for the loops that carry on from it. */
export interface Committed {
  verdicts: Map<IngestItem, IngestVerdict>
  /** Whether the outbox has something new. */
  hasMessages: boolean
  /** Whether other servers are to be told something. */
  hasWebhooks: boolean
  /** How many codes of pools customers were given, and of which pools there was none: one mention for each customer. */
  coupons: { given: number; missing: string[] }
  /** The earliest timer of the customers that changed. */
  wakeAt: number | null
  /** Whom it was about, by their workspaces: those that were merged into others among them. */
  touched: { workspaceId: string; customerIds: string[] }[]
}

const NOTHING = {
  hasMessages: false,
  hasWebhooks: false,
  coupons: { given: 0, missing: [] },
  wakeAt: null,
  touched: [],
}

const isKeptOut = (verdict: IngestVerdict | undefined) => verdict === 'refused' || verdict === 'erased'

const idOf = ({ input }: IngestItem) => receiptIdOf(input as EventInput)

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
  const wasErased = await hasErased(tx, workspaceId)
  if (wasErased)
    for (const item of await findErased(tx, workspaceId, items, hashAddress)) verdicts.set(item, 'erased')
  const events = items.filter((item) => item.input.kind === 'event' && !verdicts.has(item))
  const fresh = await insertReceipts(tx, workspaceId, events.map(idOf), now)
  const hash = (id: string) => hashAddress(workspaceId, `receipt:${id}`)
  // Asked again: the receipts have waited for an erasure that was under way.
  if (wasErased || (await hasErased(tx, workspaceId)))
    for (const id of await dropErasedReceipts(tx, workspaceId, [...fresh], hash)) fresh.delete(id)
  for (const item of events)
    if (!fresh.delete(idOf(item)) && item.parkedId === undefined) verdicts.set(item, 'duplicate')
  return { accepted: items.filter((item) => !verdicts.has(item)), verdicts }
}

/** Histories under the ids of today's customers. */
function historiesIn(tx: Tx, workspaceId: string): Histories {
  return {
    lengths: async (customerIds) => {
      const members = await readMembers(tx, workspaceId, customerIds)
      const counts = await countEvents(tx, workspaceId, [...customerIds, ...members.keys()])
      const lengths = new Map<string, number>()
      for (const [id, events] of counts) {
        const root = members.get(id) ?? id
        lengths.set(root, (lengths.get(root) ?? 0) + events)
      }
      return lengths
    },
    read: async (customerIds) => {
      const members = await readMembers(tx, workspaceId, customerIds)
      const history = await readHistory(tx, workspaceId, [...customerIds, ...members.keys()])
      return history.map(({ customerId, input }) => ({
        customerId: members.get(customerId) ?? customerId,
        input,
      }))
    },
  }
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
    return erasedNames(workspaceId, { addresses: [address], userIds: userId ? [userId] : [] }, hashAddress)
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
    return { verdicts, ...NOTHING }
  }
  const book = await openBook(tx, workspaceId, accepted)
  const gathered: Gathered = {
    events: [],
    messages: [],
    suppressions: [],
    consents: [],
    coupons: [],
    webhooks: [],
    parked: [],
  }
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
    for (const [item, verdict] of await rebuildDeferred(context, historiesIn(tx, workspaceId)))
      verdicts.set(item, verdict)
  }
  for (const item of accepted) {
    const verdict = applyItem(context, item)
    if (verdict !== 'deferred') verdicts.set(item, verdict)
    if (context.isAddressOpen) await settle()
  }
  await settle()
  catchUp(context)
  const refused = accepted.filter((item) => isKeptOut(verdicts.get(item))).map(idOf)
  await deleteReceipts(tx, workspaceId, refused)
  const { events: given, missing, hasWebhooks } = await saveBook(tx, workspaceId, book, gathered, shell)
  await liftErasures(tx, workspaceId, accepted, verdicts, book, shell)
  await recordAudit(tx, workspaceId, items, verdicts)
  const wakes = book
    .entries()
    .flatMap(({ customer, isChanged }) => (isChanged ? (earliest(customer.timers) ?? []) : []))
  return {
    verdicts,
    hasMessages: gathered.messages.some(({ state }) => state === 'queued'),
    hasWebhooks,
    coupons: { given: given.length, missing: missing.map(({ pool }) => pool) },
    wakeAt: wakes.length === 0 ? null : wakes.reduce((one, other) => Math.min(one, other)),
    touched: [
      {
        workspaceId,
        customerIds: [
          ...book.entries().map(({ customer }) => customer.id),
          ...book.merges().map(({ absorbedId }) => absorbedId),
        ],
      },
    ],
  }
}
