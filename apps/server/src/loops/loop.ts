import type { Clock } from '../clock.ts'

export interface Loop {
  start(): void
  /** Something is due by `at` (now, when left out): look again then at the latest. */
  poke(at?: number): void
  /** Runs until nothing is due any more. */
  drain(): Promise<void>
  /** Finishes the run under way and ends. */
  stop(): Promise<void>
}

export interface LoopOptions {
  clock: Clock
  /** Does what is due, and returns when to look again: a time, or undefined for when poked. */
  run: () => Promise<number | undefined>
  onError: (error: unknown) => void
  /** Looks at least this often, for what other processes have left: milliseconds. */
  atLeastEvery: number
}

const ERROR_PAUSE = 1_000

/** Runs something whenever it is due, one run at a time. */
export function createLoop({ clock, run, onError, atLeastEvery }: LoopOptions): Loop {
  const ended = new AbortController()
  let nextAt = 0
  let poked = new AbortController()
  let running: Promise<void> | undefined
  let last: Promise<unknown> = Promise.resolve()

  /** Begins when the turn before is over, whoever asked for that. */
  const turn = (): Promise<number | undefined> => {
    const result = last.then(run)
    last = result.catch(() => {})
    return result
  }

  const runOnce = async () => {
    const before = clock.now()
    nextAt = before + atLeastEvery
    try {
      const next = await turn()
      if (next !== undefined) nextAt = Math.min(nextAt, next)
    } catch (error) {
      onError(error)
      nextAt = Math.min(nextAt, clock.now() + ERROR_PAUSE)
    }
  }

  const main = async () => {
    while (!ended.signal.aborted) {
      poked = new AbortController()
      await clock.until(nextAt, AbortSignal.any([ended.signal, poked.signal]))
      if (!ended.signal.aborted && clock.now() >= nextAt) await runOnce()
    }
  }

  const poke = (at = 0) => {
    if (at >= nextAt) return
    nextAt = at
    // The wait is for the old time: it begins again.
    poked.abort()
  }

  return {
    start: () => {
      running ??= main()
    },
    poke,
    drain: async () => {
      for (;;) {
        const next = await turn()
        if (next === undefined || next > clock.now()) break
      }
    },
    stop: async () => {
      ended.abort()
      await running
    },
  }
}
