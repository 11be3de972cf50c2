import { fork } from 'node:child_process'
import { existsSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RenderAnswer, RenderTask } from './renderProtocol.ts'

/** How a process has ended, or was ended, before it answered. */
export class RenderProcessEnded extends Error {
  override readonly name = 'RenderProcessEnded'
}

export interface RenderProcess {
  /** One at a time. Rejects with `RenderProcessEnded` where there is no answer by the deadline, in milliseconds. */
  ask(task: RenderTask, deadline: number): Promise<RenderAnswer>
  /** The keys of what it was told to compile. */
  told: Set<string>
  isAlive(): boolean
  end(): Promise<void>
}

const PACKAGE = fileURLToPath(new URL('../../', import.meta.url))
const WORKER = fileURLToPath(new URL('./renderWorker.ts', import.meta.url))
/** Loading MJML takes half a second, and much longer where the machine is busy. */
const START_DEADLINE = 60_000

/** The folders with the packages that it needs: beside it and above it, and where they really are. */
function packageFolders(): string[] {
  const above: string[] = []
  for (let folder = PACKAGE; folder !== dirname(folder); folder = dirname(folder)) {
    const packages = join(folder, 'node_modules', '/')
    if (existsSync(packages)) above.push(packages)
  }
  const mjml = realpathSync(fileURLToPath(import.meta.resolve('mjml')))
  const real = /^.*?[\\/]node_modules[\\/]/.exec(mjml)?.[0]
  return [...new Set([...above, ...(real === undefined ? [] : [real])])]
}

/**
 * A process for templates that somebody else has written. Not a thread: what ends it, out of memory or by force, does
 * not touch the server. It has no environment, so that there is nothing in it to be read; it may read no file but its
 * own code, and start nothing (Node's permission model). It holds no process open, and ends with the one that started it.
 *
 * @param memory of its heap, in megabytes
 */
export function startRenderProcess(memory: number): RenderProcess {
  const child = fork(WORKER, [], {
    cwd: PACKAGE,
    env: {},
    execArgv: [
      `--max-old-space-size=${memory}`,
      '--permission',
      `--allow-fs-read=${PACKAGE}`,
      ...packageFolders().map((folder) => `--allow-fs-read=${folder}`),
    ],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  let waiting: { resolve: (answer: RenderAnswer) => void; reject: (error: unknown) => void } | undefined
  let isAlive = true
  const hold = (isHeld: boolean) => {
    for (const one of [child, child.channel]) one?.[isHeld ? 'ref' : 'unref']()
  }
  const stopped = (why: string) => {
    isAlive = false
    waiting?.reject(new RenderProcessEnded(why))
  }
  child.on('message', (answer: RenderAnswer) => waiting?.resolve(answer))
  child.on('error', (error) => stopped(error.message))
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      stopped('ended by itself, as it does when its memory is full')
      resolve()
    })
  })
  const end = async () => {
    isAlive = false
    if (child.exitCode !== null || child.signalCode !== null) return
    hold(true)
    child.kill('SIGKILL')
    await ended
  }
  const answerBy = async (deadline: number, begin: () => void): Promise<RenderAnswer> => {
    const answered = new Promise<RenderAnswer>((resolve, reject) => {
      waiting = { resolve, reject }
    })
    if (!isAlive) stopped('has ended')
    hold(true)
    const timer = setTimeout(() => {
      stopped(`took longer than ${deadline} ms`)
      void end()
    }, deadline)
    try {
      begin()
      return await answered
    } finally {
      clearTimeout(timer)
      waiting = undefined
      hold(false)
    }
  }
  const ready = answerBy(START_DEADLINE, () => {})
  // Whoever asks is told.
  ready.catch(() => {})
  return {
    ask: async (task, deadline) => {
      await ready
      return await answerBy(deadline, () => {
        child.send(task, (error) => {
          if (error) stopped(error.message)
        })
      })
    },
    told: new Set(),
    isAlive: () => isAlive,
    end,
  }
}
