import { CicloError } from '../errors.ts'
import type { InsightInput, InsightResult, InsightTaskName } from './insightTasks.ts'
import { startInsightThread, type InsightAnswer, type InsightThread } from './insightThread.ts'

export interface InsightRunner {
  /**
   * Runs a task off the event loop, on a snapshot of what is committed. Rejects with the signal's reason when it is
   * aborted, with `store-unavailable` when the database is away, else with what the task threw as the cause.
   */
  run: <Name extends InsightTaskName>(
    name: Name,
    input: InsightInput<Name>,
    options?: { signal?: AbortSignal | undefined },
  ) => Promise<InsightResult<Name>>
  /** Ends the threads, and with them what they are at. */
  close: () => Promise<void>
}

/** A task runs on one core: with two the next question need not wait for a long one. */
const THREADS = 2

/** Starting a thread takes a third of a second: one that has just answered is kept for the next question. */
const IDLE = 30_000

/** Worker threads for what takes long, started when they are first needed and ended when nobody asks any more. */
export function createInsightRunner({ databaseUrl }: { databaseUrl: string }): InsightRunner {
  const all = new Set<InsightThread>()
  const idle = new Map<InsightThread, NodeJS.Timeout>()
  const waiting: ((thread: InsightThread) => void)[] = []
  let isClosed = false

  const start = () => {
    const thread = startInsightThread(databaseUrl)
    all.add(thread)
    return thread
  }

  const take = async (): Promise<InsightThread> => {
    for (const [thread, timeout] of idle) {
      clearTimeout(timeout)
      idle.delete(thread)
      if (thread.isAlive()) return thread
      all.delete(thread)
    }
    if (all.size < THREADS) return start()
    return await new Promise((resolve) => waiting.push(resolve))
  }

  const drop = (thread: InsightThread) => {
    idle.delete(thread)
    all.delete(thread)
    void thread.end()
  }

  const giveBack = (thread: InsightThread) => {
    if (isClosed) return
    const next = waiting.shift()
    if (!thread.isAlive()) {
      all.delete(thread)
      next?.(start())
    } else if (next) next(thread)
    else idle.set(thread, setTimeout(drop, IDLE, thread).unref())
  }

  const ask = async (
    name: InsightTaskName,
    input: unknown,
    signal: AbortSignal | undefined,
  ): Promise<InsightAnswer> => {
    const thread = await take()
    try {
      return await thread.ask({ name, input }, signal)
    } finally {
      giveBack(thread)
    }
  }

  return {
    run: async <Name extends InsightTaskName>(
      name: Name,
      input: InsightInput<Name>,
      { signal }: { signal?: AbortSignal | undefined } = {},
    ) => {
      if (isClosed) throw new Error(`The insight task ${name} was started after the end`)
      const answer = await ask(name, input, signal)
      if (answer.done) return answer.result as InsightResult<Name>
      const options = { cause: answer.error }
      const message = `The insight task ${name} failed: ${String((answer.error as Error | undefined)?.message)}`
      throw answer.kind === 'other'
        ? new Error(message, options)
        : new CicloError('store-unavailable', message, options)
    },
    close: async () => {
      isClosed = true
      const ended = Promise.all([...all].map((thread) => thread.end()))
      // There is one wherever somebody waits: asked after its end, it rejects.
      const [thread] = all
      if (thread) for (const next of waiting.splice(0)) next(thread)
      await ended
    },
  }
}
