import { warn } from './guard.ts'
import { packBatch, type PackedBatch } from './packBatch.ts'
import type { Queue } from './createQueue.ts'
import { backOff, readRetryAfter } from './retryDelay.ts'
import { readItem, removeItem, writeItem } from './storage.ts'
import { withLock } from './withLock.ts'

/** The page's keepalive requests share 64 KB in flight (Fetch, 4.6); the rest is left for other scripts. */
const KEEPALIVE_BYTES = 60_000
/** Milliseconds in which calls in quick succession are gathered, to travel together. */
const GATHER = 50
const TIMEOUT = 20_000
const WAIT_KEY = 'ciclo.wait'

/** A server that asked to be left alone asked this for every page of the shop. An hour is the most that is stored. */
const readWait = () => {
  const wait = Number(readItem(WAIT_KEY)) - Date.now()
  return wait > 0 && wait <= 3_600_000 ? wait : 0
}

interface DeliveryOptions {
  url: string
  writeKey: string
  queue: Queue
  /** Asked again before each request. */
  isAllowed: () => boolean
  /** Told what the server has answered to events that it took. */
  onAnswer: (answer: unknown) => void
}

export interface Delivery {
  /** Sends soon. */
  flush: () => void
  /** Sends now what this page recorded, without waiting for other tabs: the page may never run again. */
  flushNow: () => void
  /** The page is left, perhaps into the back-forward cache, from where it can return. */
  leave: (hasLeft: boolean) => void
}

export const createDelivery = ({ url, writeKey, queue, isAllowed, onAnswer }: DeliveryOptions): Delivery => {
  const inFlight = new Set<string>()
  let keepaliveBytes = 0
  let timer: ReturnType<typeof setTimeout> | undefined
  let draining = false
  let failures = 0
  let left = false
  let warned = false

  const schedule = (delay = GATHER) => {
    timer ??= setTimeout(() => void drain(), delay)
  }

  /** Removes from the queue what the server has or refuses. Answers the milliseconds to wait, 0 when it may go on. */
  const send = async ({ messageIds, body, bytes }: PackedBatch): Promise<number> => {
    // Another script may have used up the quota, which looks like any network error: the next try does without.
    const keepalive = !failures && keepaliveBytes + bytes <= KEEPALIVE_BYTES
    let asked = 0
    if (keepalive) keepaliveBytes += bytes
    messageIds.forEach((id) => inFlight.add(id))
    try {
      // A string body goes as text/plain, and no header is added: no CORS preflight.
      const response = await fetch(url, {
        method: 'POST',
        body,
        keepalive,
        signal: AbortSignal.timeout?.(TIMEOUT),
      })
      const { ok, status } = response
      if (ok || (status < 500 && status !== 408 && status !== 429)) {
        queue.remove(messageIds)
        failures = 0
        removeItem(WAIT_KEY)
        // Not waited for: the events are there, whatever a proxy has made of the answer.
        if (ok) response.json().then(onAnswer, () => 0)
        else if (!warned) {
          warned = true
          warn(`${url} answered ${status}: ${messageIds.length} events are lost`)
        }
        return 0
      }
      asked = readRetryAfter(response.headers.get('retry-after'), Date.now())
      if (asked && isAllowed()) writeItem(WAIT_KEY, Date.now() + asked)
    } catch {
      // Sent again later, as after an answer that asks for it.
    } finally {
      if (keepalive) keepaliveBytes -= bytes
      // On a page that is left, Chromium rejects a keepalive request that does arrive. It still counts as in flight.
      if (!left) messageIds.forEach((id) => inFlight.delete(id))
    }
    return Math.max(asked, backOff(failures++, Math.random()))
  }

  const pack = (limit: number, mine?: boolean) =>
    packBatch(
      () => queue.list(mine).filter(({ messageId }) => !inFlight.has(messageId)),
      limit,
      writeKey,
      new Date().toISOString(),
    )

  const sendAll = async (): Promise<number> => {
    for (;;) {
      if (!isAllowed()) return 0
      const batch = pack(KEEPALIVE_BYTES / 2)
      const wait = readWait() || (batch ? await send(batch) : -1)
      if (wait) return wait
    }
  }

  const drain = async () => {
    timer = undefined
    if (draining) return schedule(1000)
    draining = true
    // The lock is not held while waiting for a retry: another tab may be luckier.
    const wait = await withLock(`ciclo.${writeKey}`, sendAll).catch(() => 1000)
    draining = false
    if (wait > 0) schedule(wait)
  }

  const flushNow = () => {
    if (!isAllowed() || readWait()) return
    const room = KEEPALIVE_BYTES - keepaliveBytes
    const batch = pack(room, true)
    // What has no room stays in the queue for the next page of the shop.
    if (batch && batch.bytes <= room) void send(batch).then((wait) => wait && schedule(wait))
  }

  return {
    flush: () => schedule(),
    flushNow,
    leave(hasLeft) {
      left = hasLeft
      if (left) return flushNow()
      inFlight.clear()
      schedule()
    },
  }
}
