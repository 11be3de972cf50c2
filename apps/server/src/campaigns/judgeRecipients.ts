import { decide, type Decision, type Rules } from '@ciclo/engine'
import { mailboxOf } from '../mail/mailboxOf.ts'
import { policyFactsOf, suppressionHashesOf, type HashAddress } from '../sending/policyFactsOf.ts'
import type { CustomerRecord } from '../store/queries/customers.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { ReadTx } from '../store/store.ts'

/** A customer of the audience, and whether a mail may go there as things stand. */
export interface JudgedCustomer {
  record: CustomerRecord
  /** Why it gets none; null where it gets one. */
  reason: string | null
  /** A keyed hash of the mailbox that mail to it ends in; null without an address. */
  mailbox: string | null
}

export interface JudgeOptions {
  workspaceId: string
  rules: Rules
  topic: string | null
  now: number
  hashAddress: HashAddress
}

/** Neither the night nor the cap is for ever: what they say is asked when the mail is about to go. */
const NO_MANNERS = { quietHours: null, cap: null }

/** 192 bits tell mailboxes apart; the rest would be kept for nothing. */
const HASH_LENGTH = 32

const reasonOf = (decision: Decision): string | null => {
  if (decision.kind === 'refuse') return decision.reason
  return decision.kind === 'wait' && decision.reason === 'customer-parked' ? 'parked' : null
}

/** Asks the policy of customers, as the sender will ask it: with a query for all of them. */
export async function judgeRecipients(
  tx: ReadTx,
  records: readonly CustomerRecord[],
  { workspaceId, rules, topic, now, hashAddress }: JudgeOptions,
): Promise<JudgedCustomer[]> {
  const hashesOf = (address: string) => suppressionHashesOf(workspaceId, address, hashAddress)
  const addresses = records.flatMap(({ customer }) => customer.email ?? [])
  const suppressed = await readSuppressed(tx, workspaceId, addresses.flatMap(hashesOf))
  const message = {
    purpose: 'marketing',
    claimed: false,
    onCap: 'postpone',
    expiresAt: Number.POSITIVE_INFINITY,
  } as const
  return records.map((record) => {
    const address = record.customer.email
    if (address === null) return { record, reason: 'no-address', mailbox: null }
    const suppressions = hashesOf(address).flatMap((hash) => suppressed.get(hash) ?? [])
    const read = { address, journeyId: null, topic, record, suppressions, sentAt: [] }
    const facts = policyFactsOf(read, { now, rules })
    const mailbox = hashAddress(workspaceId, `mailbox:${mailboxOf(address)}`).slice(0, HASH_LENGTH)
    return { record, reason: reasonOf(decide(message, facts, NO_MANNERS, now)), mailbox }
  })
}
