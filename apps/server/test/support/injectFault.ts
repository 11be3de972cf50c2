import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'

export interface Fault {
  /** What was traced, one system call a line. */
  log: () => string
  /** Ends the fault; the process runs on. */
  end: () => Promise<void>
}

/** Why no faults can be injected here, or undefined where they can. */
export function whyNoFaults(): string | undefined {
  const tried = spawnSync('strace', ['-e', 'trace=none', '-e', 'inject=fsync:error=EIO', 'true'], {
    encoding: 'utf8',
  })
  if (tried.error) return `strace is not installed (${tried.error.message})`
  return tried.status === 0 ? undefined : `strace cannot trace: ${tried.stderr.trim()}`
}

/**
 * Makes system calls of a running process fail, by strace: `injectFault(pid, 'fsync,fdatasync', 'EIO')`.
 *
 * @param from the first call that fails, counted from 1
 * @param trace other calls to log
 */
export async function injectFault(
  pid: number,
  calls: string,
  error: string,
  { from = 1, trace = [] }: { from?: number; trace?: readonly string[] } = {},
): Promise<Fault> {
  const traced = [calls, ...trace].join(',')
  const child = spawn(
    'strace',
    [
      '-f',
      '-y',
      '-s',
      '0',
      '-p',
      String(pid),
      '-e',
      `trace=${traced}`,
      '-e',
      `inject=${calls}:error=${error}:when=${from}+`,
    ],
    { stdio: ['ignore', 'ignore', 'pipe'] },
  )
  let output = ''
  const ended = once(child, 'close')
  await new Promise<void>((resolve, reject) => {
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      output += text
      if (output.includes('attached')) resolve()
    })
    child.once('error', reject)
    child.once('close', () => reject(new Error(`strace ended: ${output}`)))
  })
  return {
    log: () => output,
    end: async () => {
      child.kill('SIGINT')
      await ended
    },
  }
}
