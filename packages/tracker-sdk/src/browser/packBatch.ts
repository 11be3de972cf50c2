import type { EventContext, TrackerBatch, TrackerEvent } from '../trackerEvent.ts'

/** Segment's limit is 2,500; a request of so many would take long on a phone. */
const MOST = 512

export interface PackedBatch {
  messageIds: string[]
  body: string
  /** The body's length as UTF-8; above the limit only when the first event alone is. */
  bytes: number
}

/**
 * The first of the events, as many as fit into `limit` bytes, and at least one; undefined where there is none. Parts of
 * the context that all of them share travel once: that is more than half of each event.
 *
 * @param list answers the events anew each time: they are changed here
 */
export const packBatch = (
  list: () => TrackerEvent[],
  limit: number,
  writeKey: string,
  sentAt: string,
): PackedBatch | undefined => {
  for (let count = MOST; ; count >>= 1) {
    const batch = list().slice(0, count)
    const [first] = batch
    if (!first) return undefined
    const context: Partial<EventContext> = {}
    for (const [part, value] of Object.entries(first.context)) {
      const text = JSON.stringify(value)
      const key = part as keyof EventContext
      if (!batch.every((event) => JSON.stringify(event.context[key]) === text)) continue
      Object.assign(context, { [part]: value })
      for (const event of batch) delete event.context[key]
    }
    const body = JSON.stringify({ batch, context, writeKey, sentAt } satisfies TrackerBatch)
    const bytes = new TextEncoder().encode(body).length
    if (bytes <= limit || count < 2)
      return { messageIds: batch.map(({ messageId }) => messageId), body, bytes }
  }
}
