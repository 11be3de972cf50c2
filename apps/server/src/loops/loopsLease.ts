import type { Clock } from '../clock.ts'
import { acquireLease, releaseLease } from '../store/leases.ts'
import { releaseAllClaims } from '../store/queries/claims.ts'
import type { Store } from '../store/store.ts'
import type { Loop } from './loop.ts'

const NAME = 'loops'
const TIME_TO_LIVE = 6_000
const RENEW_EVERY = 2_000

export interface LoopsLeaseOptions {
  store: Store
  /** Who we are among all processes. */
  holder: string
  clock: Clock
  loops: readonly Loop[]
  onError: (error: unknown) => void
}

/**
 * Runs the loops under a lease, so that of several processes on one SQLite file only one wakes and sends. On
 * PostgreSQL rows are claimed one by one instead, and every process runs its loops at once.
 */
export function createLoopsLease({ store, holder, clock, loops, onError }: LoopsLeaseOptions) {
  const ended = new AbortController()
  let running: Promise<void> | undefined

  const startAll = () => {
    for (const loop of loops) loop.start()
  }

  const hold = async (): Promise<void> => {
    let isHeld = false
    while (!ended.signal.aborted) {
      try {
        // Wall time, not the clock of a test: whether a process lives does not depend on what time it believes it is.
        const now = Date.now()
        await store.write(async (tx) => {
          const fence = await acquireLease(tx, { name: NAME, holder, now, ttl: TIME_TO_LIVE })
          // Whoever held the lease before is gone, and with it the mails that it was about to send.
          if (fence !== undefined && !isHeld) await releaseAllClaims(tx)
          if (fence !== undefined && !isHeld) isHeld = true
        })
        if (isHeld) startAll()
      } catch (error) {
        onError(error)
      }
      await pause(RENEW_EVERY, ended.signal)
    }
  }

  return {
    start: () => {
      if (store.dialect.name === 'sqlite') running ??= hold()
      else startAll()
    },
    stop: async () => {
      ended.abort()
      await running
      await Promise.all(loops.map((loop) => loop.stop()))
      if (running) await store.write((tx) => releaseLease(tx, { name: NAME, holder }))
    },
    clock,
  }
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timeout = setTimeout(resolve, milliseconds)
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timeout)
        resolve()
      },
      { once: true },
    )
  })
}
