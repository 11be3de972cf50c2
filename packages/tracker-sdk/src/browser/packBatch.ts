import type { EventContext, TrackerBatch, TrackerEvent } from '../trackerEvent.ts'

/** Bytes that a body has when it is sent as UTF-8. */
const measure = (body: string): number => new TextEncoder().encode(body).length

/** The parts of the context that are the same in all events, so that they travel once: more than half of each event. */
const readSharedContext = (events: TrackerEvent[]): Partial<EventContext> => {
  const [first = {}, ...others] = events.map(({ context }) => context)
  const shared = Object.entries(first).filter(([part, value]) => {
    const text = JSON.stringify(value)
    return others.every((other) => JSON.stringify(other[part as keyof EventContext]) === text)
  })
  return Object.fromEntries(shared)
}

const write = (events: TrackerEvent[], writeKey: string, sentAt: string): string => {
  const context = readSharedContext(events)
  const batch = events.map((event) => ({
    ...event,
    context: Object.fromEntries(Object.entries(event.context).filter(([part]) => !(part in context))),
  }))
  return JSON.stringify({ batch, context, writeKey, sentAt } satisfies TrackerBatch)
}

export interface PackedBatch {
  events: TrackerEvent[]
  body: string
  /** The body's length in bytes; above the limit only when the first event alone is. */
  bytes: number
}

/** The first of the events, as many as fit into `limit` bytes, and at least one. */
export const packBatch = (
  events: TrackerEvent[],
  limit: number,
  writeKey: string,
  sentAt: string,
): PackedBatch => {
  let count = Math.min(events.length, 500)
  for (;;) {
    const packed = events.slice(0, count)
    const body = write(packed, writeKey, sentAt)
    const bytes = measure(body)
    if (bytes <= limit || count === 1) return { events: packed, body, bytes }
    // Events differ in size, so the proportion may still be too many: then it shrinks again.
    count = Math.max(1, Math.min(count - 1, Math.floor((count * limit) / bytes)))
  }
}
