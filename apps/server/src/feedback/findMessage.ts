import type { BounceAddresses } from '../mail/bounceAddress.ts'
import { readMessage, readMessageByMailId, type OutboxMessage } from '../store/queries/messages.ts'
import type { ReadTx } from '../store/store.ts'
import type { Tokens } from '../tokens.ts'
import type { Pointers } from './report.ts'

/** By which mail a report is about, in the order in which they are looked up. */
export interface MailPointers extends Partial<Pointers> {
  /** Ids of mails, as our own headers or a provider's own record have them. */
  mailIds?: readonly string[]
}

export interface FoundMessage {
  message: OutboxMessage | undefined
  /** Whether something in it is signed by us, also where the message is gone: its customer was erased. */
  isOurs: boolean
}

export interface FindShell {
  tokens: Pick<Tokens, 'verify'>
  bounceAddresses: Pick<BounceAddresses, 'read'>
}

type Reference = { mail: string } | { w: string; m: string }

const MAIL_ID = /^([0-9a-f]{40})(?:@|$)/i

/** Only what was given to a server can come back. */
const hasLeft = ({ fence }: OutboxMessage) => fence > 0

const readReferred = (tx: ReadTx, reference: Reference) =>
  'mail' in reference ? readMessageByMailId(tx, reference.mail) : readMessage(tx, reference.w, reference.m)

/**
 * The message that a report proves to be about: by an envelope sender or an unsubscribe link that we have signed, or
 * by the id of its mail, which nobody knows who has not got it. Never by an address alone. A link goes with a mail that
 * is forwarded: leave the tokens of links out where only its recipient's own server is to be believed.
 */
export async function findMessage(
  tx: ReadTx,
  { addresses = [], messageIds = [], unsubscribeTokens = [], mailIds = [] }: MailPointers,
  { tokens, bounceAddresses }: FindShell,
): Promise<FoundMessage> {
  const signed: Reference[] = [
    ...addresses.flatMap((address) => bounceAddresses.read(address) ?? []).map((mail) => ({ mail })),
    ...unsubscribeTokens.flatMap((token) => tokens.verify('unsubscribe', token) ?? []),
  ]
  const stated = [...mailIds, ...messageIds].flatMap((id) => MAIL_ID.exec(id)?.[1]?.toLowerCase() ?? [])
  for (const reference of [...signed, ...stated.map((mail) => ({ mail }))]) {
    const message = await readReferred(tx, reference)
    if (message && hasLeft(message)) return { message, isOurs: true }
  }
  return { message: undefined, isOurs: signed.length > 0 }
}
