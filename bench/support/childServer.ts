import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** What a server in a process of its own tells its parent: `serveInChild` is the other end. */
export type ChildMessage = { kind: 'listening'; port: number } | { kind: 'memory'; bytes: number }

/** A server in a process of its own, so that it shares no thread with whoever measures it. */
export interface ChildServer {
  /** On 127.0.0.1. */
  port: number
  /** Its resident set size in bytes. */
  memory(): Promise<number>
  stop(): Promise<void>
}

/**
 * Starts a module of this folder that calls `serveInChild`. With CICLO_BENCH_PROFILE set to a folder, a CPU profile of
 * the process (for Chrome's developer tools) is left there.
 */
export async function startChildServer(file: string, args: readonly string[] = []): Promise<ChildServer> {
  const profiles = process.env['CICLO_BENCH_PROFILE']
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), args, {
    execArgv: profiles ? ['--cpu-prof', `--cpu-prof-dir=${profiles}`] : [],
  })
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`${file} ended with exit code ${code}, expected it to go on`)
  })
  // Nobody waits for it while nothing is asked, and in the end it is expected.
  ended.catch(() => {})
  const answer = async <Kind extends ChildMessage['kind']>(kind: Kind) => {
    const [message] = (await Promise.race([once(child, 'message'), ended])) as [ChildMessage]
    if (message.kind !== kind) throw new Error(`${file} answered with ${message.kind}, expected ${kind}`)
    return message as Extract<ChildMessage, { kind: Kind }>
  }
  const { port } = await answer('listening')
  return {
    port,
    memory: async () => {
      child.send('memory')
      return (await answer('memory')).bytes
    },
    stop: async () => {
      child.send('stop')
      await ended.catch(() => {})
    },
  }
}
