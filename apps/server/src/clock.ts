/** Where all of the server's time comes from. Epoch milliseconds. */
export interface Clock {
  now(): number
  /** Resolves when the clock has reached `at`, or when `signal` is aborted; never earlier, maybe a little later. */
  until(at: number, signal: AbortSignal): Promise<void>
}

/** setTimeout fires at once beyond 2^31-1 ms, so longer waits are cut. */
const LONGEST_WAIT = 2 ** 31 - 1

function waitMilliseconds(duration: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve()
    const finish = () => {
      clearTimeout(timeout)
      signal.removeEventListener('abort', finish)
      resolve()
    }
    const timeout = setTimeout(finish, Math.min(Math.max(duration, 0), LONGEST_WAIT))
    signal.addEventListener('abort', finish, { once: true })
  })
}

export const systemClock: Clock = {
  now: Date.now,
  until: async (at, signal) => {
    while (Date.now() < at && !signal.aborted) await waitMilliseconds(at - Date.now(), signal)
  },
}

/** A clock for end-to-end tests: it runs at the usual speed, from wherever it was last set. */
export interface TestClock extends Clock {
  set(now: number): void
}

export function createTestClock(): TestClock {
  let offset = 0
  let changed = new AbortController()
  const now = () => Date.now() + offset
  return {
    now,
    set(to) {
      offset = to - Date.now()
      changed.abort()
      changed = new AbortController()
    },
    until: async (at, signal) => {
      while (now() < at && !signal.aborted) {
        await waitMilliseconds(at - now(), AbortSignal.any([signal, changed.signal]))
      }
    },
  }
}

/** A clock that stands still until it is set: for tests in the same process. */
export function createFrozenClock(start: number): TestClock {
  let current = start
  let waiting: { at: number; wake: () => void }[] = []
  return {
    now: () => current,
    set(to) {
      current = to
      const due = waiting.filter(({ at }) => at <= to)
      waiting = waiting.filter(({ at }) => at > to)
      for (const { wake } of due) wake()
    },
    until: (at, signal) =>
      new Promise((resolve) => {
        if (at <= current || signal.aborted) return resolve()
        waiting.push({ at, wake: resolve })
        signal.addEventListener('abort', () => resolve(), { once: true })
      }),
  }
}
