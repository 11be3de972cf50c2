import { CAP_MEMORY, type PolicyFacts, type Rules } from '@ciclo/engine'
import { lockCustomers } from '../store/queries/customers.ts'
import { readMarketingSentAt, type OutboxMessage } from '../store/queries/messages.ts'
import { readSuppressed } from '../store/queries/suppressions.ts'
import type { Tx } from '../store/store.ts'
import type { MailSender } from '../sending/mailSender.ts'
import { policyFactsOf, suppressionHashesOf, type HashAddress } from '../sending/policyFactsOf.ts'
import type { Senders } from '../sending/senders.ts'
import { openStreamRoom } from '../sending/streamRoom.ts'

/** What the policy must know of messages of one workspace. */
export interface SendingFacts {
  of(message: OutboxMessage): PolicyFacts
  /** Who a message goes by. */
  senderOf(message: OutboxMessage): MailSender
  /** From now on it counts as sent. */
  countAsSent(message: OutboxMessage): void
  /** Writes down what counts as sent: once, before the transaction ends. */
  save(): Promise<void>
}

const isMarketing = ({ purpose }: OutboxMessage) => purpose === 'marketing'

/**
 * Reads what the policy must know of claimed messages, in a few queries for all of them, and locks their customers: what
 * another process is sending to one of them is known after its transaction, and nothing new is begun before ours ends.
 */
export async function readSendingFacts(
  tx: Tx,
  workspaceId: string,
  claimed: readonly OutboxMessage[],
  options: { now: number; rules: Rules; hashAddress: HashAddress; senders: Pick<Senders, 'senderOf'> },
): Promise<SendingFacts> {
  const { now, rules, hashAddress, senders } = options
  const { settings } = rules
  const customerIds = claimed.map(({ customerId }) => customerId)
  const records = await lockCustomers(tx, workspaceId, customerIds)
  const customers = new Map(records.map((record) => [record.customer.id, record]))
  const hashesOf = ({ address }: OutboxMessage) => suppressionHashesOf(workspaceId, address, hashAddress)
  const suppressed = await readSuppressed(tx, workspaceId, claimed.flatMap(hashesOf))
  const sentAt = await readMarketingSentAt(tx, workspaceId, {
    // Without a cap nobody asks how much somebody has had.
    customerIds: settings.cap ? claimed.filter(isMarketing).map(({ customerId }) => customerId) : [],
    since: now - CAP_MEMORY,
    now,
    except: new Set(claimed.map(({ id }) => id)),
  })
  const sending = new Map<string, MailSender>()
  for (const { id, purpose, sender } of claimed)
    sending.set(id, await senders.senderOf(tx, workspaceId, purpose, sender))
  const senderOf = ({ id }: OutboxMessage): MailSender => {
    const sender = sending.get(id)
    if (!sender) throw new RangeError(`Message ${id} is not one of those whose facts were read`)
    return sender
  }
  const wanted = claimed.map((message) => ({ sender: senderOf(message), address: message.address }))
  const room = await openStreamRoom(tx, workspaceId, wanted, now)
  return {
    senderOf,
    save: () => room.save(),
    of: (message) =>
      policyFactsOf(
        {
          address: message.address,
          journeyId: message.journeyId,
          topic: message.topic,
          record: customers.get(message.customerId),
          suppressions: hashesOf(message).flatMap((hash) => suppressed.get(hash) ?? []),
          sentAt: sentAt.get(message.customerId) ?? [],
          stream: room.of(senderOf(message), message.address),
        },
        options,
      ),
    countAsSent: (message) => {
      room.countAsSent(senderOf(message), message.address)
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
