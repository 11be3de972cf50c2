import { Worker } from 'node:worker_threads'
import type { StoreErrorKind } from '../store/dialect.ts'
import type { InsightTaskName } from './insightTasks.ts'

/** What a thread is asked. */
export interface InsightRequest {
  name: InsightTaskName
  input: unknown
}

/** What it answers. An error loses its class and its own fields between threads, and so brings along of what kind it is. */
export type InsightAnswer =
  | { done: true; result: unknown }
  | { done: false; error: unknown; kind: StoreErrorKind }

export interface InsightThread {
  /** One at a time. Rejects where the thread ends before it has answered, or is ended by the signal. */
  ask(request: InsightRequest, signal: AbortSignal | undefined): Promise<InsightAnswer>
  /** False once it has ended: it can be asked nothing more. */
  isAlive(): boolean
  end(): Promise<void>
}

/** A worker thread with a read-only store of its own. It holds no process open while nobody waits for it. */
export function startInsightThread(databaseUrl: string): InsightThread {
  const worker = new Worker(new URL('./insightWorker.ts', import.meta.url), {
    name: 'insight',
    workerData: { databaseUrl },
    // Flags for the main thread, as a test runner gives, are not its own.
    execArgv: [],
  })
  let isAlive = true
  let asked: { answer: (answer: InsightAnswer) => void; fail: (error: unknown) => void } | undefined
  worker.unref()
  worker.on('message', (message: InsightAnswer) => asked?.answer(message))
  worker.on('error', (error) => {
    isAlive = false
    asked?.fail(error)
  })
  worker.on('exit', (code) => {
    isAlive = false
    asked?.fail(new Error(`The insight thread has ended with exit code ${code} before it answered`))
  })
  const end = async () => {
    isAlive = false
    await worker.terminate()
  }

  return {
    ask: async (request, signal) => {
      signal?.throwIfAborted()
      if (!isAlive) throw new Error('The insight thread has ended')
      const abort = () => {
        asked?.fail(signal?.reason)
        void end()
      }
      signal?.addEventListener('abort', abort, { once: true })
      worker.ref()
      try {
        return await new Promise<InsightAnswer>((resolve, reject) => {
          asked = { answer: resolve, fail: reject }
          worker.postMessage(request)
        })
      } finally {
        worker.unref()
        signal?.removeEventListener('abort', abort)
      }
    },
    isAlive: () => isAlive,
    end,
  }
}
