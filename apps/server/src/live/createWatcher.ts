import { clockless } from '../clockless.ts'

export interface WatcherOptions {
  /** The version that is stored now; null where the customer is gone. */
  look: () => Promise<string | null>
  onError: (error: unknown) => void
  pollEvery: number
  lookEvery: number
}

/** What was last seen of one customer, for all who follow it. */
export interface Watcher {
  version: () => string | null | undefined
  changed: (known: string | null | undefined) => Promise<void>
  /** Something has happened: look soon. */
  poke: () => void
  /** Nobody follows any more: lets go of who waits. */
  stop: () => void
}

/** Looks when it is poked and every now and then, never twice at a time, and never more often than it may. */
export function createWatcher({ look, onError, pollEvery, lookEvery }: WatcherOptions): Watcher {
  let seen: string | null | undefined
  let isLooking = false
  let isPoked = false
  let isStopped = false
  const waiting = new Set<() => void>()

  const wakeAll = () => {
    const woken = [...waiting]
    waiting.clear()
    for (const wake of woken) wake()
  }

  const lookOnce = async () => {
    try {
      const found = await look()
      if (found === seen) return
      seen = found
      wakeAll()
    } catch (error) {
      // The next look may find the store again; who follows is told nothing wrong meanwhile.
      onError(error)
    }
  }

  const run = async (): Promise<void> => {
    if (isLooking || isStopped || !isPoked) return
    isLooking = true
    isPoked = false
    await lookOnce()
    await clockless(lookEvery)
    isLooking = false
    // Poked meanwhile: then what was seen may be old already.
    void run()
  }

  const poke = () => {
    isPoked = true
    void run()
  }
  const timer = setInterval(poke, pollEvery)
  timer.unref()
  poke()

  return {
    version: () => seen,
    changed: (known) =>
      seen !== known || isStopped
        ? Promise.resolve()
        : new Promise((resolve) => {
            waiting.add(resolve)
          }),
    poke,
    stop: () => {
      isStopped = true
      clearInterval(timer)
      wakeAll()
    },
  }
}
