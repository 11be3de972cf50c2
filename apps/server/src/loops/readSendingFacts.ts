import {
  CAP_MEMORY,
  casesUntil,
  isBasisAllowed,
  isPaused,
  zoneOf,
  type PolicyFacts,
  type Rules,
  type Withdrawal,
} from '@ciclo/engine'
import { erasedNames } from '../ingest/erasedNames.ts'
import { lockCustomers } from '../store/queries/customers.ts'
import { readMarketingSentAt, type OutboxMessage } from '../store/queries/messages.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { Tx } from '../store/store.ts'

/** What the suppression list says of an address, the strongest word first. */
const WITHDRAWALS: readonly Withdrawal[] = ['complaint', 'erased', 'unsubscribed']

const isMarketing = ({ purpose }: OutboxMessage) => purpose === 'marketing'

/** What the policy must know of messages of one workspace. */
export interface SendingFacts {
  of(message: OutboxMessage): PolicyFacts
  /** From now on it counts as sent. */
  countAsSent(message: OutboxMessage): void
}

/**
 * Reads what the policy must know of claimed messages, in a few queries for all of them, and locks their customers: what
 * another process is sending to one of them is known after its transaction, and nothing new is begun before ours ends.
 */
export async function readSendingFacts(
  tx: Tx,
  workspaceId: string,
  claimed: readonly OutboxMessage[],
  options: { now: number; rules: Rules; hashAddress: (workspaceId: string, address: string) => string },
): Promise<SendingFacts> {
  const { now, rules, hashAddress } = options
  const { settings } = rules
  const customerIds = claimed.map(({ customerId }) => customerId)
  const records = await lockCustomers(tx, workspaceId, customerIds)
  const customers = new Map(records.map((record) => [record.customer.id, record]))
  const hashesOf = ({ address }: OutboxMessage) => [
    hashAddress(workspaceId, address),
    ...erasedNames(workspaceId, { addresses: [address], userIds: [] }, hashAddress),
  ]
  const suppressed = await readSuppressed(tx, workspaceId, claimed.flatMap(hashesOf))
  const sentAt = await readMarketingSentAt(tx, workspaceId, {
    // Without a cap nobody asks how much somebody has had.
    customerIds: settings.cap ? claimed.filter(isMarketing).map(({ customerId }) => customerId) : [],
    since: now - CAP_MEMORY,
    now,
    except: new Set(claimed.map(({ id }) => id)),
  })
  return {
    of: (message) => {
      const record = customers.get(message.customerId)
      const customer = record?.customer
      const reasons = hashesOf(message).flatMap((hash) => suppressed.get(hash)?.reason ?? [])
      const basis = customer?.consent['marketing-email']?.basis ?? 'consent'
      return {
        permission: customer?.lifecycle.value.permission ?? 'none',
        suppressed: reasons.some((reason) => !WITHDRAWALS.includes(reason as Withdrawal)),
        withdrawn: WITHDRAWALS.find((reason) => reasons.includes(reason)) ?? null,
        basisAllowed: isBasisAllowed(basis, customer?.country ?? null, settings),
        parked: (record?.parked ?? null) !== null,
        addressIsCurrent: customer?.email === message.address,
        confirmedRecently: false,
        journeyPaused: message.journeyId !== null && isPaused(rules, message.journeyId),
        caseUntil: customer ? casesUntil(customer.cases, settings.casePause, now) : null,
        zone: customer ? zoneOf(customer, settings) : settings.shop.timeZone,
        marketingSentAt: sentAt.get(message.customerId) ?? [],
      }
    },
    countAsSent: (message) => {
      if (!isMarketing(message)) return
      const { customerId } = message
      // The clock of the process that sent another may be ahead of this one's.
      sentAt.set(
        customerId,
        [...(sentAt.get(customerId) ?? []), now].toSorted((one, other) => one - other),
      )
    },
  }
}
