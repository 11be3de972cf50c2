import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { StoreErrorKind } from '../store/dialect.ts'
import type { InsightTaskName } from './insightTasks.ts'

/** What a process is asked. The database goes along here: its password stands on no command line. */
export interface InsightRequest {
  databaseUrl: string
  name: InsightTaskName
  input: unknown
}

/** What it answers. An error loses its class and its own fields on the way, and so brings along of what kind it is. */
export type InsightAnswer =
  | { done: true; result: unknown }
  | { done: false; error: unknown; kind: StoreErrorKind }

/** What a process tells before it answers. It goes on when this was taken. */
interface InsightTold {
  part: unknown
}

export interface PartTaken {
  taken: true
}

export interface AskOptions {
  signal?: AbortSignal | undefined
  /** Given each part that is told on the way, one after the other; where it rejects, the process is ended. */
  onPart?: ((part: unknown) => Promise<void> | void) | undefined
}

export interface InsightProcess {
  /** One at a time. Rejects where the process ends before it has answered, or is ended by the signal. */
  ask(request: Omit<InsightRequest, 'databaseUrl'>, options: AskOptions): Promise<InsightAnswer>
  /** False once it has ended: it can be asked nothing more. */
  isAlive(): boolean
  end(): Promise<void>
}

export type StartInsightProcess = (databaseUrl: string) => InsightProcess

const worker = fileURLToPath(new URL('./insightWorker.ts', import.meta.url))

const nothing = () => {}

/**
 * A process with a read-only store of its own. Not a thread: what ends it, out of memory or by a defect of V8 (seen:
 * `Check failed: jit_page.has_value()`, while several threads loaded modules), does not end the server. It holds no
 * process open while nobody waits for it, and ends with the one that has started it.
 */
export function startInsightProcess(databaseUrl: string): InsightProcess {
  // Flags for this process, as a test runner gives, are not its own.
  const child = fork(worker, [], { execArgv: [], serialization: 'advanced' })
  let isAlive = true
  let waiting:
    | {
        resolve: (answer: InsightAnswer) => void
        reject: (error: unknown) => void
        onPart: AskOptions['onPart']
      }
    | undefined
  const hold = (isHeld: boolean) => {
    for (const one of [child, child.channel]) one?.[isHeld ? 'ref' : 'unref']()
  }
  hold(false)
  child.on('message', (message: InsightAnswer | InsightTold) => {
    if ('part' in message) void take(message)
    else waiting?.resolve(message)
  })
  child.on('error', (error) => {
    isAlive = false
    waiting?.reject(error)
  })
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      isAlive = false
      waiting?.reject(
        new Error(`The insight process has ended with ${signal ?? `exit code ${code}`} before it answered`),
      )
      resolve()
    })
  })
  const end = async () => {
    isAlive = false
    if (child.exitCode !== null || child.signalCode !== null) return
    child.ref()
    child.kill('SIGKILL')
    await ended
  }

  const take = async ({ part }: InsightTold) => {
    const asked = waiting
    try {
      await asked?.onPart?.(part)
      if (waiting === asked && isAlive) child.send({ taken: true } satisfies PartTaken)
    } catch (error) {
      asked?.reject(error)
      await end()
    }
  }

  return {
    ask: async (request, { signal, onPart }) => {
      signal?.throwIfAborted()
      if (!isAlive) throw new Error('The insight process has ended')
      const answered = new Promise<InsightAnswer>((resolve, reject) => {
        waiting = { resolve, reject, onPart }
      })
      const abort = () => {
        waiting?.reject(signal?.reason)
        void end()
      }
      signal?.addEventListener('abort', abort, { once: true })
      hold(true)
      try {
        child.send({ databaseUrl, ...request } satisfies InsightRequest, (error) => {
          if (error) waiting?.reject(error)
        })
        return await answered
      } finally {
        waiting = undefined
        hold(false)
        signal?.removeEventListener('abort', abort)
        answered.catch(nothing)
      }
    },
    isAlive: () => isAlive,
    end,
  }
}
