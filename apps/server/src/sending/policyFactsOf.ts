import {
  casesUntil,
  isBasisAllowed,
  isPaused,
  isTopicRefused,
  OPEN_STREAM,
  zoneOf,
  type PolicyFacts,
  type Rules,
  type StreamFacts,
  type Withdrawal,
} from '@ciclo/engine'
import { erasedNames } from '../ingest/erasedNames.ts'
import type { CustomerRecord } from '../store/queries/customers.ts'
import type { Suppression } from '../store/queries/suppressions.ts'

/** What the suppression list says of an address, the strongest word first. */
const WITHDRAWALS: readonly Withdrawal[] = ['complaint', 'erased', 'unsubscribed']

export type HashAddress = (workspaceId: string, address: string) => string

/** Under what the suppression list knows an address. */
export const suppressionHashesOf = (workspaceId: string, address: string, hashAddress: HashAddress) => [
  hashAddress(workspaceId, address),
  ...erasedNames(workspaceId, { addresses: [address], userIds: [] }, hashAddress),
]

/** What was read of a mail's customer and address. */
export interface ReadOfMail {
  address: string
  journeyId: string | null
  topic: string | null
  /** Undefined where the customer is gone. */
  record: Pick<CustomerRecord, 'customer' | 'parked'> | undefined
  suppressions: readonly Suppression[]
  /** When marketing mails were sent to the customer, ascending. */
  sentAt: readonly number[]
  /** How its stream stands; where nobody has asked, it lets everything pass. */
  stream?: StreamFacts
}

/** What the policy must know of a mail, of what was read. */
export function policyFactsOf(read: ReadOfMail, { now, rules }: { now: number; rules: Rules }): PolicyFacts {
  const { address, journeyId, topic, record, suppressions, sentAt } = read
  const { settings } = rules
  const customer = record?.customer
  const reasons = suppressions.map(({ reason }) => reason)
  const basis = customer?.consent['marketing-email']?.basis ?? 'consent'
  return {
    permission: customer?.lifecycle.value.permission ?? 'none',
    suppressed: reasons.some((reason) => !WITHDRAWALS.includes(reason as Withdrawal)),
    withdrawn: WITHDRAWALS.find((reason) => reasons.includes(reason)) ?? null,
    basisAllowed: isBasisAllowed(basis, customer?.country ?? null, settings),
    topicRefused: isTopicRefused(customer?.refusedTopics ?? [], topic, settings.topics),
    parked: (record?.parked ?? null) !== null,
    addressIsCurrent: customer?.email === address,
    confirmedRecently: false,
    journeyPaused: journeyId !== null && isPaused(rules, journeyId),
    caseUntil: customer ? casesUntil(customer.cases, settings.casePause, now) : null,
    zone: customer ? zoneOf(customer, settings) : settings.shop.timeZone,
    marketingSentAt: sentAt,
    stream: read.stream ?? OPEN_STREAM,
  }
}
