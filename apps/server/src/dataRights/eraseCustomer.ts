import { mailboxOf } from '../mail/mailboxOf.ts'
import { insertAudit } from '../store/queries/audit.ts'
import { forgetCouponHolders } from '../store/queries/coupons.ts'
import { listAgain } from '../customerList/listAgain.ts'
import { lockCustomers } from '../store/queries/customers.ts'
import {
  countCustomerRows,
  deleteConfirmations,
  deleteCustomerRows,
  deleteMessages,
  receiptIdsOf,
  pageOfEventTexts,
  readNamedCustomers,
  rewriteCustomer,
  rewriteEvent,
  type EventText,
} from '../store/queries/erasure.ts'
import { forgetRecipients } from '../store/queries/forgetRecipients.ts'
import { deleteIdentities } from '../store/queries/identities.ts'
import { takeParked } from '../store/queries/parked.ts'
import { hashReceipts, receiptIdOf } from '../store/queries/receipts.ts'
import { deleteReportsNaming } from '../store/queries/reports.ts'
import type { Subject, Wanted } from '../store/queries/subjects.ts'
import { forgetSuppressedAddresses, suppressErased } from '../store/queries/suppressions.ts'
import { readWebhookBodies, rewriteWebhook } from '../store/queries/webhooks.ts'
import type { ReadTx, Tx } from '../store/store.ts'
import { erasedNames, type HashText } from '../ingest/erasedNames.ts'
import { subjectHash } from './keyedHashes.ts'
import { mentions, withoutAddresses } from './mentions.ts'
import { planErasure, type ErasurePlan } from './planErasure.ts'

export interface Erasure {
  /** Whose data it is: each customer as it stands after merges. */
  subjects: Subject[]
  /** How many rows of which table go. */
  removed: Record<string, number>
  /** Receipts whose ids become keyed hashes. */
  receipts: number
  /** Customers who are somebody else, and lose what they say of the address. */
  others: number
  /** How many keyed hashes of addresses and userIds stay, so that nothing brings the customer back. */
  suppressed: number
  addresses: string[]
}

export interface EraseShell {
  hash: HashText
  actor: string
  now: number
  newId: () => string
}

const EVENTS_AT_ONCE = 500

async function countErasure(tx: ReadTx, workspaceId: string, plan: ErasurePlan): Promise<Erasure> {
  const removed = await countCustomerRows(tx, workspaceId, plan.customerIds)
  removed['parked'] = plan.parked.length
  removed['messages'] = (removed['messages'] ?? 0) + plan.messageIds.length
  return {
    subjects: plan.subjects,
    removed,
    receipts: 0,
    others: plan.others.length,
    suppressed: plan.addresses.length + plan.userIds.length,
    addresses: plan.addresses,
  }
}

/** What an erasure would remove, as things stand now. */
export async function previewErasure(tx: ReadTx, workspaceId: string, wanted: Wanted): Promise<Erasure> {
  return await countErasure(tx, workspaceId, await planErasure(tx, workspaceId, wanted))
}

/** Locks whom it concerns, in the order of their ids, and looks again until nobody else has come in meanwhile. */
async function lockPlan(tx: Tx, workspaceId: string, wanted: Wanted): Promise<ErasurePlan> {
  const locked = new Set<string>()
  for (;;) {
    const plan = await planErasure(tx, workspaceId, wanted)
    const missing = [...plan.customerIds, ...plan.others].filter((id) => !locked.has(id))
    if (missing.length === 0) return plan
    await lockCustomers(tx, workspaceId, missing)
    for (const id of missing) locked.add(id)
  }
}

/** Takes the addresses out of the state and the history of customers who are somebody else. */
async function forgetMentions(
  tx: Tx,
  workspaceId: string,
  { others, addresses, userIds }: ErasurePlan,
): Promise<void> {
  for (const customer of await readNamedCustomers(tx, workspaceId, others)) {
    const state = customer.state as { claims?: Record<string, string>; optIn?: { email: string } | null }
    const claims = { ...state.claims }
    if (claims['email'] !== undefined && addresses.includes(claims['email'])) delete claims['email']
    if (claims['userId'] !== undefined && userIds.includes(claims['userId'])) delete claims['userId']
    const optIn = state.optIn && addresses.includes(state.optIn.email) ? null : (state.optIn ?? null)
    await rewriteCustomer(tx, workspaceId, {
      ...customer,
      claimedEmail: claims['email'] ?? null,
      claimedUserId: claims['userId'] ?? null,
      state: withoutAddresses({ ...state, claims, optIn }, addresses),
    })
    for (const { id, body } of await readWebhookBodies(tx, workspaceId, customer.id)) {
      if (!mentions(body, addresses)) continue
      await rewriteWebhook(tx, workspaceId, { id, body: withoutAddresses(body, addresses) })
    }
    let after: EventText | undefined
    do {
      const page = await pageOfEventTexts(tx, workspaceId, customer.id, after, EVENTS_AT_ONCE)
      for (const event of page) {
        if (!mentions(event.body, addresses)) continue
        await rewriteEvent(tx, workspaceId, { ...event, body: withoutAddresses(event.body, addresses) })
      }
      after = page.length < EVENTS_AT_ONCE ? undefined : page.at(-1)
    } while (after)
  }
}

/**
 * Removes a customer, those merged into it and the browsers that only claim to be it from every table. What stays is
 * a keyed hash of each address and userId, so that no import brings them back, the keyed hashes of what was received,
 * and an audit entry without a name.
 *
 * Whatever is being ingested meanwhile waits for the customers' locks, and finds nobody afterwards.
 */
export async function eraseCustomer(
  tx: Tx,
  workspaceId: string,
  wanted: Wanted,
  { hash, actor, now, newId }: EraseShell,
): Promise<Erasure> {
  const plan = await lockPlan(tx, workspaceId, wanted)
  const erasure = await countErasure(tx, workspaceId, plan)
  const { customerIds, addresses, userIds, parked } = plan
  const names = erasedNames(workspaceId, plan, hash)

  const received = [
    ...(await receiptIdsOf(tx, workspaceId, customerIds)),
    ...parked.flatMap(({ input }) => (input.kind === 'event' ? [receiptIdOf(input)] : [])),
  ]
  erasure.receipts = await hashReceipts(tx, workspaceId, received, (id) => hash(workspaceId, `receipt:${id}`))
  await takeParked(
    tx,
    workspaceId,
    parked.map(({ id }) => id),
  )
  await forgetRecipients(tx, workspaceId, plan, now)
  await deleteMessages(tx, workspaceId, plan.messageIds)
  erasure.removed['confirmations'] = await deleteConfirmations(
    tx,
    workspaceId,
    [...new Set(addresses.flatMap((address) => [address, mailboxOf(address)]))].map((address) =>
      hash(workspaceId, address),
    ),
  )
  erasure.removed['reports'] = await deleteReportsNaming(tx, workspaceId, addresses)
  await forgetCouponHolders(tx, workspaceId, customerIds)
  await deleteCustomerRows(tx, workspaceId, customerIds)
  // Calls without an anonymousId stand under their claim.
  await deleteIdentities(tx, workspaceId, [
    ...addresses.map((value) => ({ kind: 'anonymousId' as const, value: `claim:email:${value}` })),
    ...userIds.map((value) => ({ kind: 'anonymousId' as const, value: `claim:userId:${value}` })),
  ])
  await forgetMentions(tx, workspaceId, plan)
  await listAgain(tx, workspaceId, plan.others, now)
  await forgetSuppressedAddresses(
    tx,
    workspaceId,
    addresses.map((address) => hash(workspaceId, address)),
  )
  await suppressErased(tx, workspaceId, names, now)
  await insertAudit(tx, workspaceId, [
    {
      id: newId(),
      at: now,
      actor,
      action: 'customer.erased',
      subject: subjectHash(workspaceId, addresses[0], wanted, hash),
      details: {
        removed: erasure.removed,
        receipts: erasure.receipts,
        others: erasure.others,
        suppressed: names,
      },
    },
  ])
  return erasure
}
