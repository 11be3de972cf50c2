import { DAY, decide, withdrawalOf, type Rules, type Settings } from '@ciclo/engine'
import type { RulesCache } from '../ingest/rulesCache.ts'
import { mailboxOf } from '../mail/mailboxOf.ts'
import { takeConfirmation } from '../store/queries/confirmations.ts'
import { readEnds } from '../store/queries/enrolments.ts'
import {
  claimMessages,
  recordOutcome,
  type MessageOutcome,
  type OutboxMessage,
} from '../store/queries/messages.ts'
import type { Tx } from '../store/store.ts'
import { readSendingFacts } from './readSendingFacts.ts'

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
    let current: Rules
    try {
      current = (await rules.rulesFor(tx, [workspaceId]))(workspaceId)
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
    const { settings } = current
    // While a mail was in somebody's hands it could not be withdrawn: asked again where that was not the end of it.
    const again = group.flatMap(({ fence, enrolmentId }) =>
      fence > 1 && enrolmentId !== null ? enrolmentId : [],
    )
    const ends = await readEnds(tx, workspaceId, again)
    const facts = await readSendingFacts(tx, workspaceId, group, { now, rules: current, hashAddress })
    for (const message of group) {
      const withdrawn = withdrawalOf(ends.get(message.enrolmentId ?? '') ?? null)
      if (withdrawn !== null) {
        const { id: messageId, fence, attempts } = message
        const outcome = { messageId, fence, attempts, state: 'refused', reason: withdrawn.reason } as const
        await recordOutcome(tx, workspaceId, outcome)
        ended.push(outcome)
        continue
      }
      const known = facts.of(message)
      let decision = decide(message, known, settings, now)
      if (decision.kind === 'send' && message.claimed) {
        // Asked last, because asking takes it: one confirmation an address a day, however it is spelt.
        let taken = true
        for (const address of new Set([mailboxOf(message.address), message.address])) {
          const addressHash = hashAddress(workspaceId, address)
          const wanted = { addressHash, messageId: message.id, at: now, since: now - DAY }
          taken &&= await takeConfirmation(tx, workspaceId, wanted)
        }
        decision = decide(message, { ...known, confirmedRecently: !taken }, settings, now)
      }
      if (decision.kind === 'send') {
        dispatches.push({ message, settings })
        facts.countAsSent(message)
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
