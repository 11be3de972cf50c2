import { readMessage, readMessageByMailId, type OutboxMessage } from './messages.ts'
import type { ReadTx } from '../store.ts'
import type { MessageReference } from '../../tokens.ts'

/** The message that a token names; undefined where it is gone, as after an erasure. */
export function readReferenced(tx: ReadTx, reference: MessageReference): Promise<OutboxMessage | undefined> {
  return 'mail' in reference
    ? readMessageByMailId(tx, reference.mail)
    : readMessage(tx, reference.w, reference.m)
}
