import { DAY, decide, isBasisAllowed, type PolicyFacts, type Settings, type Withdrawal } from '@ciclo/engine'
import { erasedNames } from '../ingest/erasedNames.ts'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { mailboxOf } from '../mail/mailboxOf.ts'
import { takeConfirmation } from '../store/queries/confirmations.ts'
import { lockCustomers } from '../store/queries/customers.ts'
import {
  claimMessages,
  recordOutcome,
  type MessageOutcome,
  type OutboxMessage,
} from '../store/queries/messages.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { Tx } from '../store/store.ts'

/** A message that is ours to send now, under its lease. */
export interface Dispatch {
  message: OutboxMessage
  settings: Settings
}

export interface ClaimOptions {
  now: number
  lease: number
  limit: number
  rules: RulesCache
  hashAddress: (workspaceId: string, address: string) => string
  /** Told of a workspace whose settings or journeys cannot be read. */
  onBroken: (error: unknown) => void
}

/** When mails of a workspace whose settings or journeys cannot be read are looked at again: milliseconds. */
const BROKEN_PAUSE = 60_000

/** What the suppression list says of an address, the strongest word first. */
const WITHDRAWALS: readonly Withdrawal[] = ['complaint', 'erased', 'unsubscribed']

/**
 * Takes due messages and decides on each as things stand now: an unsubscribe since it was queued counts. Refusals are
 * recorded in the same transaction.
 *
 * @returns what is to be sent, what has come to its end, and how many messages were taken
 */
export async function claimAndDecide(
  tx: Tx,
  options: ClaimOptions,
): Promise<{ dispatches: Dispatch[]; ended: MessageOutcome[]; taken: number }> {
  const { now, lease, limit, rules, hashAddress, onBroken } = options
  const claimed = await claimMessages(tx, { now, leaseUntil: now + lease, limit })
  const dispatches: Dispatch[] = []
  const ended: MessageOutcome[] = []
  for (const [workspaceId, group] of Map.groupBy(claimed, (message) => message.workspaceId)) {
    let settings: Settings
    try {
      settings = (await rules.rulesFor(tx, [workspaceId]))(workspaceId).settings
    } catch (error) {
      // One workspace's broken settings are no reason to keep the mails of all others.
      onBroken(error)
      for (const { id: messageId, fence, attempts } of group) {
        const dueAt = now + BROKEN_PAUSE
        const outcome = {
          messageId,
          fence,
          attempts,
          state: 'queued',
          reason: 'broken-rules',
          dueAt,
        } as const
        await recordOutcome(tx, workspaceId, outcome)
      }
      continue
    }
    const records = await lockCustomers(
      tx,
      workspaceId,
      group.map(({ customerId }) => customerId),
    )
    const customers = new Map(records.map((record) => [record.customer.id, record]))
    const hashesOf = ({ address }: OutboxMessage) => [
      hashAddress(workspaceId, address),
      ...erasedNames(workspaceId, { addresses: [address], userIds: [] }, hashAddress),
    ]
    const suppressed = await readSuppressed(tx, workspaceId, group.flatMap(hashesOf))
    for (const message of group) {
      const record = customers.get(message.customerId)
      const reasons = hashesOf(message).flatMap((hash) => suppressed.get(hash)?.reason ?? [])
      const withdrawn = WITHDRAWALS.find((reason) => reasons.includes(reason)) ?? null
      const basis = record?.customer.consent['marketing-email']?.basis ?? 'consent'
      const facts: PolicyFacts = {
        permission: record?.customer.lifecycle.value.permission ?? 'none',
        suppressed: reasons.some((reason) => !WITHDRAWALS.includes(reason as Withdrawal)),
        withdrawn,
        basisAllowed: isBasisAllowed(basis, record?.customer.country ?? null, settings),
        parked: (record?.parked ?? null) !== null,
        addressIsCurrent: record?.customer.email === message.address,
        confirmedRecently: false,
      }
      let decision = decide(message, facts, now)
      if (decision.kind === 'send' && message.claimed) {
        // Asked last, because asking takes it: one confirmation an address a day, however it is spelt.
        let taken = true
        for (const address of new Set([mailboxOf(message.address), message.address])) {
          const addressHash = hashAddress(workspaceId, address)
          const wanted = { addressHash, messageId: message.id, at: now, since: now - DAY }
          taken &&= await takeConfirmation(tx, workspaceId, wanted)
        }
        decision = decide(message, { ...facts, confirmedRecently: !taken }, now)
      }
      if (decision.kind === 'send') {
        dispatches.push({ message, settings })
        continue
      }
      const { id: messageId, fence, attempts } = message
      const { reason } = decision
      const outcome: MessageOutcome =
        decision.kind === 'wait'
          ? { messageId, fence, attempts, state: 'queued', reason, dueAt: decision.until }
          : { messageId, fence, attempts, state: reason === 'expired' ? 'expired' : 'refused', reason }
      await recordOutcome(tx, workspaceId, outcome)
      if (outcome.state !== 'queued') ended.push(outcome)
    }
  }
  return { dispatches, ended, taken: claimed.length }
}
