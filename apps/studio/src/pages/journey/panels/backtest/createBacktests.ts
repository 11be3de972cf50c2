import type { Journey } from '@ciclo/engine'
import type { BacktestResult } from '../../../../api/contract.ts'
import { problemOf } from '../../../../api/apiProblem.ts'
import { readJsonLines } from './readJsonLines.ts'

export type BacktestMail = BacktestResult['messages'][number]

/** ISO 8601, or how long ago, such as `90d`; `until` left out: now. */
export interface BacktestPeriod {
  since: string
  until?: string
}

interface BacktestRun {
  status: 'running' | 'done' | 'failed' | 'cancelled'
  /** As it was edited when it began. */
  definition: Journey
  progress: { customers: number; of: number } | null
  /** As they come, in no order; sorted by their time once all are there. */
  messages: readonly BacktestMail[]
  result: BacktestResult | null
  error: Error | null
}

interface Line {
  progress?: { customers: number; of: number }
  message?: BacktestMail
  result?: BacktestResult
  error?: { code: string; detail: string }
}

const NOTHING = { progress: null, messages: [], result: null, error: null } as const

const byTime = (one: BacktestMail, other: BacktestMail) =>
  one.at < other.at ? -1 : one.at > other.at ? 1 : one.id < other.id ? -1 : 1

/** Asks for the back-test of a journey, and tells each line of the answer. */
async function* linesOf(
  fetch: typeof globalThis.fetch,
  definition: Journey,
  period: BacktestPeriod,
  signal: AbortSignal,
): AsyncGenerator<Line, void> {
  const response = await fetch(`/api/journeys/${encodeURIComponent(definition.id)}/backtest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...period, definition, messages: true }),
    signal,
  })
  if (!response.ok || !response.body) throw await problemOf(response)
  for await (const line of readJsonLines(response.body)) yield line as Line
}

/**
 * Back-tests, one for each journey. One goes on while another panel is looked at, and what it has found stays until the
 * next one.
 */
export function createBacktests({ fetch }: { fetch: typeof globalThis.fetch }) {
  const runs = new Map<string, BacktestRun>()
  const ends = new Map<string, AbortController>()
  const listeners = new Set<() => void>()
  const set = (id: string, run: BacktestRun) => {
    runs.set(id, run)
    for (const listener of listeners) listener()
  }
  return {
    of: (id: string): BacktestRun | undefined => runs.get(id),
    /** Calls whenever one of them has gone on; returns what ends that. */
    listen: (listener: () => void): (() => void) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    cancel: (id: string) => ends.get(id)?.abort(),
    start: async (definition: Journey, period: BacktestPeriod): Promise<void> => {
      const { id } = definition
      ends.get(id)?.abort()
      const end = new AbortController()
      ends.set(id, end)
      let run: BacktestRun = { ...NOTHING, status: 'running', definition }
      set(id, run)
      const messages: BacktestMail[] = []
      const tell = (change: Partial<BacktestRun>) => {
        // Another one has begun meanwhile.
        if (ends.get(id) !== end) return
        run = { ...run, ...change }
        set(id, run)
      }
      try {
        for await (const line of linesOf(fetch, definition, period, end.signal)) {
          const { progress, message, result, error } = line
          if (message) messages.push(message)
          if (progress) tell({ progress })
          if (error) throw new Error(error.detail)
          if (result) tell({ status: 'done', result, messages: messages.toSorted(byTime) })
        }
        if (run.result === null) throw new Error('The answer ended before its result')
      } catch (error) {
        if (end.signal.aborted) tell({ status: 'cancelled' })
        else tell({ status: 'failed', error: error instanceof Error ? error : new Error(String(error)) })
      }
    },
  }
}
