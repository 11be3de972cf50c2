import type { Event, EventInput } from '@ciclo/engine'
import type { Ingest } from './ingest/ingest.ts'

/** One thing that somebody has done: `at` is epoch milliseconds. */
export type PastEvent = Pick<Event, 'type' | 'name' | 'userId' | 'properties' | 'traits'> & {
  messageId: string
  at: number
}

/** So many go in together, so that what visitors do meanwhile does not wait for a year of history. */
const AT_ONCE = 200

/** Takes what the demo's made-up customers have done as an import: it counts as history, and mails nobody. */
export async function tellHistory(
  ingest: Pick<Ingest, 'submit'>,
  { workspaceId, events, now }: { workspaceId: string; events: readonly PastEvent[]; now: number },
): Promise<void> {
  const items = events.map(({ messageId, at, ...event }) => {
    const input: EventInput = {
      kind: 'event',
      id: messageId,
      at,
      receivedAt: now,
      source: 'import',
      event: { ...event, context: {} },
    }
    return { workspaceId, input }
  })
  for (let place = 0; place < items.length; place += AT_ONCE)
    await ingest.submit(items.slice(place, place + AT_ONCE))
}
