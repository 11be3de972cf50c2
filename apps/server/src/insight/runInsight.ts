import { CicloError } from '../errors.ts'
import type { InsightInput, InsightPart, InsightResult, InsightTaskName } from './insightTasks.ts'
import {
  startInsightProcess,
  type AskOptions,
  type InsightAnswer,
  type InsightProcess,
  type StartInsightProcess,
} from './insightProcess.ts'

export interface InsightRunner {
  /**
   * Runs a task off the event loop, on a snapshot of what is committed. Rejects with the signal's reason when it is
   * aborted, with `store-unavailable` when the database is away, else with what the task threw as the cause.
   */
  run: <Name extends InsightTaskName>(
    name: Name,
    input: InsightInput<Name>,
    options?: {
      signal?: AbortSignal | undefined
      /** Given what the task tells on the way; the task goes on when it is done with it. */
      onPart?: (part: InsightPart<Name>) => Promise<void> | void
    },
  ) => Promise<InsightResult<Name>>
  /** Ends the processes, and with them what they are at. */
  close: () => Promise<void>
}

/** A task runs on one core: with two the next question need not wait for a long one. */
const PROCESSES = 2

/** Starting a process takes a third of a second: one that has just answered is kept for the next question. */
const IDLE = 30_000

/** Processes for what takes long, started when they are first needed and ended when nobody asks any more. */
export function createInsightRunner({
  databaseUrl,
  startProcess = startInsightProcess,
}: {
  databaseUrl: string
  startProcess?: StartInsightProcess | undefined
}): InsightRunner {
  const all = new Set<InsightProcess>()
  const idle = new Map<InsightProcess, NodeJS.Timeout>()
  const waiting: ((worker: InsightProcess) => void)[] = []
  let isClosed = false

  const start = () => {
    const worker = startProcess(databaseUrl)
    all.add(worker)
    return worker
  }

  const take = async (signal: AbortSignal | undefined): Promise<InsightProcess> => {
    signal?.throwIfAborted()
    for (const [worker, timeout] of idle) {
      clearTimeout(timeout)
      idle.delete(worker)
      if (worker.isAlive()) return worker
      all.delete(worker)
    }
    if (all.size < PROCESSES) return start()
    return await new Promise((resolve, reject) => {
      const leave = () => {
        waiting.splice(waiting.indexOf(go), 1)
        reject(signal?.reason)
      }
      const go = (worker: InsightProcess) => {
        signal?.removeEventListener('abort', leave)
        resolve(worker)
      }
      signal?.addEventListener('abort', leave, { once: true })
      waiting.push(go)
    })
  }

  const drop = (worker: InsightProcess) => {
    idle.delete(worker)
    all.delete(worker)
    void worker.end()
  }

  const giveBack = (worker: InsightProcess) => {
    if (isClosed) return
    const next = waiting.shift()
    if (!worker.isAlive()) {
      all.delete(worker)
      next?.(start())
    } else if (next) next(worker)
    else idle.set(worker, setTimeout(drop, IDLE, worker).unref())
  }

  const ask = async (name: InsightTaskName, input: unknown, options: AskOptions): Promise<InsightAnswer> => {
    const worker = await take(options.signal)
    try {
      return await worker.ask({ name, input }, options)
    } finally {
      giveBack(worker)
    }
  }

  return {
    run: async <Name extends InsightTaskName>(
      name: Name,
      input: InsightInput<Name>,
      {
        signal,
        onPart,
      }: {
        signal?: AbortSignal | undefined
        onPart?: (part: InsightPart<Name>) => Promise<void> | void
      } = {},
    ) => {
      if (isClosed) throw new Error(`The insight task ${name} was started after the end`)
      const answer = await ask(name, input, {
        signal,
        ...(onPart ? { onPart: (part: unknown) => onPart(part as InsightPart<Name>) } : {}),
      })
      if (answer.done) return answer.result as InsightResult<Name>
      const options = { cause: answer.error }
      const message = `The insight task ${name} failed: ${String((answer.error as Error | undefined)?.message)}`
      throw answer.kind === 'other'
        ? new Error(message, options)
        : new CicloError('store-unavailable', message, options)
    },
    close: async () => {
      isClosed = true
      const ended = Promise.all([...all].map((worker) => worker.end()))
      // There is one wherever somebody waits: asked after its end, it rejects.
      const [worker] = all
      if (worker) for (const next of waiting.splice(0)) next(worker)
      await ended
    },
  }
}
