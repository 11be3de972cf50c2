import type { TrackerEvent } from '../trackerEvent.ts'
import { warn } from './guard.ts'
import { listKeys, readItem, readJson, removeItem, writeItem } from './storage.ts'

const MAX_EVENTS = 1_000
/** Characters, of the five million that an origin usually has. */
const MAX_SIZE = 1_000_000
/** The ingest refuses larger events (Segment's limit is 32 KB). */
const MAX_EVENT_SIZE = 32_000

export interface Queue {
  add(event: TrackerEvent): void
  /** In the order of time. `mine` leaves out what other pages and earlier visits stored. */
  list(mine?: boolean): TrackerEvent[]
  remove(messageIds?: Iterable<string>): void
}

/**
 * Events that wait to be sent. Each lies under a key of its own in localStorage, so that tabs never overwrite each
 * other's events, and it survives until the server has it. What cannot be stored waits in memory.
 */
export const createQueue = (writeKey: string): Queue => {
  const prefix = `ciclo.q.${writeKey}.`
  const memory = new Map<string, string>()
  const mine = new Set<string>()
  let count = 0
  let size = 0

  const listIds = () => {
    const ids = [...listKeys(prefix).map((key) => key.slice(prefix.length)), ...memory.keys()]
    ids.sort()
    return ids
  }
  const read = (id: string) => memory.get(id) ?? readItem(prefix + id) ?? ''

  const remove = (ids: Iterable<string> = listIds()) => {
    for (const id of ids) {
      memory.delete(id)
      mine.delete(id)
      removeItem(prefix + id)
    }
  }

  return {
    remove,
    add(event) {
      const body = JSON.stringify(event)
      const id = event.messageId
      if (body.length > MAX_EVENT_SIZE) return warn(`an event of over ${MAX_EVENT_SIZE} characters is lost`)
      if (!writeItem(prefix + id, body)) memory.set(id, body)
      mine.add(id)
      size += body.length
      if (++count <= MAX_EVENTS && size <= MAX_SIZE) return
      // Newest first until the caps are reached; the rest, the oldest, goes. The counts only ever overestimate between
      // two such rounds, so that adding an event does not have to read the whole queue.
      count = size = 0
      const ids = listIds()
      ids.reverse()
      remove(ids.filter((known) => ++count > MAX_EVENTS || (size += read(known).length) > MAX_SIZE))
    },
    list: (onlyMine) =>
      listIds().flatMap((id) => {
        if (onlyMine && !mine.has(id)) return []
        const event = readJson(read(id))
        // Another tab has just sent it, or someone wrote over it: either way there is nothing to send.
        if (!event) remove([id])
        return event ? [event as TrackerEvent] : []
      }),
  }
}
