import { HOUR, type Rules } from '@ciclo/engine'
import {
  claimMessages,
  recordOutcome,
  type MessageOutcome,
  type OutboxMessage,
} from '../store/queries/messages.ts'
import type { Tx } from '../store/store.ts'
import type { Claimed, ClaimOptions, Ending } from './claim.ts'
import { decideOnClaim } from './decideOnClaim.ts'

/** When mails of a workspace whose settings or journeys cannot be read are looked at again: milliseconds. */
const BROKEN_PAUSE = HOUR / 60

/**
 * Takes due messages and decides on each as things stand now: an unsubscribe since it was queued counts. Refusals are
 * recorded in the same transaction.
 */
export async function claimAndDecide(tx: Tx, options: ClaimOptions): Promise<Claimed> {
  const { now, lease, limit, rules, onBroken } = options
  const claimed = await claimMessages(tx, { now, leaseUntil: now + lease, limit })
  const result: Claimed = { dispatches: [], doubtful: [], ended: [], taken: claimed.length }
  for (const [workspaceId, group] of Map.groupBy(claimed, (message) => message.workspaceId)) {
    const end = async ({ id: messageId, fence, attempts }: OutboxMessage, ending: Ending) => {
      const outcome: MessageOutcome = { messageId, fence, attempts, ...ending }
      await recordOutcome(tx, workspaceId, outcome)
      if (outcome.state !== 'queued') result.ended.push(outcome)
    }
    let current: Rules
    try {
      current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
    } catch (error) {
      // One workspace's broken settings are no reason to keep the mails of all others.
      onBroken(error)
      for (const message of group)
        await end(message, { state: 'queued', reason: 'broken-rules', dueAt: now + BROKEN_PAUSE })
      continue
    }
    await decideOnClaim(tx, workspaceId, group, { ...options, rules: current, end, result })
  }
  return result
}
