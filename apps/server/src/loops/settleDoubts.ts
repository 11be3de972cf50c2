import type { MessageState } from '@ciclo/engine'
import { recordOutcome, type OutboxMessage } from '../store/queries/messages.ts'
import type { Store } from '../store/store.ts'

export interface SettleDoubtsOptions {
  store: Store
  /** What becomes of a message that may have left before a crash, by its template. */
  afterCrash: (workspaceId: string, template: string) => Promise<'resend' | 'hold'>
  onError: (error: unknown) => void
  /** Told of messages that come to their end without an event. */
  onEnded: (state: MessageState, reason: string | null) => void
}

/**
 * Says what becomes of claimed messages that may have left, because whoever was handing them over has died: where the
 * template says `hold` that is the end of them, else they go back to the queue, as if they had never been begun.
 */
export async function settleDoubts(
  { store, afterCrash, onError, onEnded }: SettleDoubtsOptions,
  doubtful: readonly OutboxMessage[],
): Promise<void> {
  if (doubtful.length === 0) return
  const held = new Set<OutboxMessage>()
  for (const message of doubtful) {
    const answer = await afterCrash(message.workspaceId, message.template).catch((error: unknown) => {
      // A template that cannot be read minds nothing: a mail twice is better than none.
      onError(error)
      return 'resend'
    })
    if (answer === 'hold') held.add(message)
  }
  const ended = await store.write(async (tx) => {
    let count = 0
    for (const message of doubtful) {
      const { workspaceId, id: messageId, fence, attempts, dueAt, reason } = message
      const named = { messageId, fence, attempts }
      const isOurs = await recordOutcome(
        tx,
        workspaceId,
        held.has(message)
          ? { ...named, state: 'unknown', reason: 'crashed-while-sending' }
          : { ...named, state: 'queued', reason, dueAt },
      )
      if (isOurs && held.has(message)) count += 1
    }
    return count
  })
  for (let left = ended; left > 0; left -= 1) onEnded('unknown', 'crashed-while-sending')
}
