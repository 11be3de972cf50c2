import { DAY, decide, type PolicyFacts, type Settings } from '@ciclo/engine'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { takeConfirmation } from '../store/queries/confirmations.ts'
import { lockCustomers } from '../store/queries/customers.ts'
import { claimMessages, recordOutcome, type OutboxMessage } from '../store/queries/messages.ts'
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
}

/**
 * Takes due messages and decides on each as things stand now: an unsubscribe since it was queued counts. Refusals are
 * recorded in the same transaction.
 *
 * @returns what is to be sent, and how many messages were taken
 */
export async function claimAndDecide(
  tx: Tx,
  options: ClaimOptions,
): Promise<{ dispatches: Dispatch[]; taken: number }> {
  const { now, lease, limit, rules, hashAddress } = options
  const claimed = await claimMessages(tx, { now, leaseUntil: now + lease, limit })
  const dispatches: Dispatch[] = []
  for (const [workspaceId, group] of Map.groupBy(claimed, (message) => message.workspaceId)) {
    const { settings } = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
    const records = await lockCustomers(
      tx,
      workspaceId,
      group.map(({ customerId }) => customerId),
    )
    const customers = new Map(records.map(({ customer }) => [customer.id, customer]))
    const hashOf = ({ address }: OutboxMessage) => hashAddress(workspaceId, address)
    const suppressed = await readSuppressed(tx, workspaceId, group.map(hashOf))
    for (const message of group) {
      const customer = customers.get(message.customerId)
      const facts: PolicyFacts = {
        permission: customer?.lifecycle.value.permission ?? 'none',
        suppressed: suppressed.has(hashOf(message)),
        addressIsCurrent: customer?.email === message.address,
        confirmedRecently: false,
      }
      let decision = decide(message, facts, now)
      if (decision.kind === 'send' && message.claimed) {
        // Asked last, because asking takes it: one confirmation an address a day.
        const wanted = { addressHash: hashOf(message), messageId: message.id, at: now, since: now - DAY }
        const taken = await takeConfirmation(tx, workspaceId, wanted)
        decision = decide(message, { ...facts, confirmedRecently: !taken }, now)
      }
      if (decision.kind === 'send') {
        dispatches.push({ message, settings })
        continue
      }
      const { id: messageId, fence, attempts } = message
      await recordOutcome(
        tx,
        workspaceId,
        decision.kind === 'wait'
          ? { messageId, fence, attempts, state: 'queued', reason: decision.reason, dueAt: decision.until }
          : {
              messageId,
              fence,
              attempts,
              state: decision.reason === 'expired' ? 'expired' : 'refused',
              reason: decision.reason,
            },
      )
    }
  }
  return { dispatches, taken: claimed.length }
}
