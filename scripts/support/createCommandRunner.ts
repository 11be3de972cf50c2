import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:os'
import { delimiter, dirname } from 'node:path'
import { repositoryRoot } from './repository.ts'

const stoppingSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const politeMs = 3000

export type Command = {
  command: string
  args: readonly string[]
  /** Defaults to the repository's root. */
  cwd?: string
  env?: Readonly<Record<string, string>>
  /** `inherit` shows the output as it comes; `collect` hands it back. */
  output: 'inherit' | 'collect'
}

export type CommandResult = {
  /** 128 + n when signal n ended it. */
  code: number
  /** Standard output and standard error as they came, empty unless collected. */
  output: string
}

/**
 * Returns a function that runs commands and leaves none behind: a signal to this process goes on to every
 * running command, three seconds later those that remain are killed, and then this process ends with 128 + n.
 */
export function createCommandRunner(): (command: Command) => Promise<CommandResult> {
  const running = new Set<ChildProcess>()
  let stoppedBy: NodeJS.Signals | undefined

  const endIfStopped = (): void => {
    if (stoppedBy !== undefined && running.size === 0) process.exit(128 + constants.signals[stoppedBy])
  }

  const stop = (signal: NodeJS.Signals): void => {
    if (stoppedBy !== undefined) return
    stoppedBy = signal
    for (const child of running) child.kill(signal)
    setTimeout(() => {
      for (const child of running) child.kill('SIGKILL')
    }, politeMs)
    endIfStopped()
  }
  for (const signal of stoppingSignals) process.on(signal, stop)

  return ({ command, args, cwd = repositoryRoot, env, output }) =>
    new Promise((resolve, reject) => {
      if (stoppedBy !== undefined) return
      const child = spawn(command, args, {
        cwd,
        // Tools that start tools find the pinned Node first.
        env: { ...process.env, PATH: pathWithPinnedNode(), ...env },
        stdio: output === 'inherit' ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      })
      running.add(child)

      const chunks: Buffer[] = []
      child.stdout?.on('data', (chunk: Buffer) => chunks.push(chunk))
      child.stderr?.on('data', (chunk: Buffer) => chunks.push(chunk))

      child.once('error', (cause) => {
        if (child.pid !== undefined) return
        running.delete(child)
        reject(new Error(`Could not start ${command}: ${cause.message}`, { cause }))
      })
      child.once('close', (code, signal) => {
        running.delete(child)
        endIfStopped()
        // Whoever waits for a stopped command must not go on to the next one before this process ends.
        if (stoppedBy !== undefined) return
        resolve({
          code: code ?? 128 + constants.signals[signal ?? 'SIGKILL'],
          output: Buffer.concat(chunks).toString('utf8'),
        })
      })
    })
}

function pathWithPinnedNode(): string {
  return [dirname(process.execPath), process.env['PATH'] ?? ''].join(delimiter)
}
