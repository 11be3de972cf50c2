import { warn } from './guard.ts'
import { packBatch } from './packBatch.ts'
import type { PackedBatch } from './packBatch.ts'
import type { Queue } from './createQueue.ts'
import { backOff, readRetryAfter } from './retryDelay.ts'
import { readItem, removeItem, writeItem } from './storage.ts'
import { withLock } from './withLock.ts'

/** The page's keepalive requests share 64 KB in flight (Fetch, 4.6); the rest is left for other scripts. */
const KEEPALIVE_BYTES = 60_000
/** Calls in quick succession travel together. */
const GATHER = 50
const TIMEOUT = 20_000
const WAIT_KEY = 'ciclo.wait'

/** A server that asked to be left alone asked this for every page of the shop, so the wait is stored. */
const readWait = (): number => {
  const wait = Number(readItem(WAIT_KEY) ?? 0) - Date.now()
  // An hour is the most that is ever stored: more means that the clock was set back.
  return wait > 3_600_000 ? 0 : Math.max(wait, 0)
}

interface DeliveryOptions {
  url: string
  writeKey: string
  queue: Queue
  /** Asked again before each request. */
  isAllowed: () => boolean
}

export interface Delivery {
  /** Sends soon. */
  flush: () => void
  /** Sends now what this page recorded, without waiting for other tabs: the page may never run again. */
  flushNow: () => void
  /** The page is left, perhaps into the back-forward cache, from where it can return. */
  leave: () => void
  comeBack: () => void
}

export const createDelivery = ({ url, writeKey, queue, isAllowed }: DeliveryOptions): Delivery => {
  const inFlight = new Set<string>()
  let keepaliveBytes = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let draining = false
  let drainAgain = false
  let failures = 0
  let warned = false
  let left = false

  const schedule = (delay: number) => {
    timer ??= setTimeout(() => void drain(), delay)
  }

  const request = async (body: string, keepalive: boolean): Promise<Response> => {
    const controller = new AbortController()
    const timeout = setTimeout(() => controller.abort(), TIMEOUT)
    try {
      // A string body goes as text/plain, and no header is added: no CORS preflight.
      return await fetch(url, { method: 'POST', body, keepalive, signal: controller.signal })
    } catch (cause) {
      // Another script may have used up the keepalive quota, which looks like any network error.
      if (!keepalive || controller.signal.aborted || left) throw cause
      return await fetch(url, { method: 'POST', body, signal: controller.signal })
    } finally {
      clearTimeout(timeout)
    }
  }

  /** Removes from the queue what the server has or refuses. Answers the milliseconds to wait, 0 when it may go on. */
  const send = async ({ events, body, bytes }: PackedBatch): Promise<number> => {
    const ids = events.map(({ messageId }) => messageId)
    const keepalive = keepaliveBytes + bytes <= KEEPALIVE_BYTES
    if (keepalive) keepaliveBytes += bytes
    ids.forEach((id) => inFlight.add(id))
    try {
      const { ok, status, headers } = await request(body, keepalive)
      if (!ok && (status === 408 || status === 429 || status >= 500)) {
        const wait = readRetryAfter(headers.get('retry-after'), Date.now())
        if (wait && isAllowed()) writeItem(WAIT_KEY, String(Date.now() + wait))
        return Math.max(wait, backOff(failures++, Math.random()))
      }
      queue.remove(ids)
      failures = 0
      removeItem(WAIT_KEY)
      if (!ok && !warned) {
        warned = true
        warn(`${url} answered ${status}, so ${ids.length} events were dropped: is the write key right?`)
      }
      return 0
    } catch {
      return backOff(failures++, Math.random())
    } finally {
      if (keepalive) keepaliveBytes -= bytes
      // On a page that is left, Chromium rejects a keepalive request that does arrive. It still counts as in flight.
      if (!left) ids.forEach((id) => inFlight.delete(id))
    }
  }

  const pack = (mine: boolean, limit: number) => {
    const events = queue.list(mine).filter(({ messageId }) => !inFlight.has(messageId))
    return events.length ? packBatch(events, limit, writeKey, new Date().toISOString()) : undefined
  }

  const sendAll = async (): Promise<number> => {
    for (;;) {
      if (!isAllowed()) return 0
      const asked = readWait()
      if (asked) return asked
      const batch = pack(false, Math.max(KEEPALIVE_BYTES - keepaliveBytes, KEEPALIVE_BYTES / 2))
      if (!batch) return 0
      const wait = await send(batch)
      if (wait) return wait
    }
  }

  const drain = async () => {
    timer = undefined
    if (draining) {
      drainAgain = true
      return
    }
    draining = true
    drainAgain = false
    let wait = 0
    try {
      // The lock is not held while waiting for a retry: another tab may be luckier.
      wait = await withLock(`ciclo.${writeKey}`, sendAll)
    } catch (cause) {
      warn('events could not be sent', cause)
    }
    draining = false
    if (wait || drainAgain) schedule(wait || GATHER)
  }

  const flushNow = () => {
    if (!isAllowed() || readWait()) return
    const room = KEEPALIVE_BYTES - keepaliveBytes
    const batch = pack(true, room)
    // What has no room stays in the queue for the next page of the shop.
    if (batch && batch.bytes <= room) void send(batch).then((wait) => wait && schedule(wait))
  }

  const flush = () => schedule(GATHER)

  return {
    flush,
    flushNow,
    leave() {
      left = true
      flushNow()
    },
    comeBack() {
      left = false
      inFlight.clear()
      flush()
    },
  }
}
