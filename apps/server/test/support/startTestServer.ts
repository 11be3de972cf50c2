import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createApiClient, type ApiClient } from './createApiClient.ts'
import { createTestFolder } from './createTestFolder.ts'

/** How a server ended: `code` is null where a signal ended it. `duration` is since the signal, in milliseconds. */
export interface ServerExit {
  code: number | null
  signal: NodeJS.Signals | null
  duration: number
}

export interface TestServer {
  /** http://127.0.0.1:port */
  url: string
  pid: number
  /** Holds the database and what lies beside it. */
  folder: string
  writeKey: string
  secretKey: string
  /** With the secret key. */
  api: ApiClient
  /** What it has printed so far, on both streams. */
  output(): string
  /** SIGTERM, and waits for the end. Has no further effect once the server has ended. */
  stop(): Promise<ServerExit>
  /** SIGKILL, as a crash. */
  kill(): Promise<ServerExit>
}

export interface TestServerOptions {
  /** The demo's workspace and shop; else a shop's own. */
  demo?: boolean
  /** What a new database begins with: all that Ciclo ships, or one mail for each milestone of a life. */
  journeys?: 'shipped' | 'life'
  /** For a server that is started again on the same data. Made and removed by the server itself when left out. */
  folder?: string
  /** On top of what every test server gets; undefined takes a variable away. */
  environment?: Record<string, string | undefined>
}

export const WRITE_KEY = 'test-write-key-0001'
const SECRET_KEY = 'test-secret-key-0001'

const entry = fileURLToPath(new URL('testServerEntry.ts', import.meta.url))
/** A machine that tests with two cores and a browser is slow; a start takes about a second on an idle one. */
const START_LIMIT = 30_000

/** Spawns the real server, without waiting for anything. */
export function spawnTestServer({
  demo = false,
  journeys = 'shipped',
  folder,
  environment = {},
}: TestServerOptions & { folder: string }) {
  const args = [entry, ...(demo ? ['--demo'] : []), ...(journeys === 'life' ? ['--life'] : [])]
  const child = spawn(process.execPath, args, {
    // A relative path that slips through lands in the folder, not in the repository.
    cwd: folder,
    stdio: ['pipe', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      DATABASE_URL: `file:${join(folder, 'ciclo.db')}`,
      CICLO_CLOCK: 'test',
      CICLO_WRITE_KEY: WRITE_KEY,
      CICLO_SECRET_KEY: SECRET_KEY,
      LOG_LEVEL: 'error',
      // A start compiles the same files again and again: this saves two fifths of its time.
      NODE_COMPILE_CACHE: join(tmpdir(), 'ciclo-test-compiled'),
      ...environment,
    },
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text
    })
  }
  // Of both streams as well, so that nothing printed is missed.
  const ended = once(child, 'close')
  return { child, ended, output: () => output }
}

/**
 * Starts the real server in a process of its own, on a free port of 127.0.0.1, with an embedded database in a
 * temporary folder, a clock that tests may move, and the keys above. Rejects with all output where it does not start.
 */
export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const ownFolder = options.folder === undefined ? createTestFolder() : undefined
  const folder = options.folder ?? ownFolder?.path ?? ''
  const { child, ended, output } = spawnTestServer({ ...options, folder })
  const url = await new Promise<string>((resolve, reject) => {
    const fail = (why: string) => {
      child.kill('SIGKILL')
      ownFolder?.remove()
      reject(new Error(`The server ${why}. Its output: ${output()}`))
    }
    const timeout = setTimeout(fail, START_LIMIT, `did not start in ${START_LIMIT} ms`)
    child.stdout.on('data', () => {
      const found = /^Ciclo is running on (\S+)$/m.exec(output())?.[1]
      if (found === undefined) return
      clearTimeout(timeout)
      resolve(found)
    })
    child.on('close', (code) => {
      clearTimeout(timeout)
      fail(`ended with code ${code} instead of starting`)
    })
  })

  const end = async (signal: NodeJS.Signals): Promise<ServerExit> => {
    const start = performance.now()
    child.kill(signal)
    await ended
    ownFolder?.remove()
    return { code: child.exitCode, signal: child.signalCode, duration: performance.now() - start }
  }
  const writeKey = options.environment?.['CICLO_WRITE_KEY'] ?? WRITE_KEY
  const secretKey = options.environment?.['CICLO_SECRET_KEY'] ?? SECRET_KEY
  return {
    url,
    pid: child.pid ?? 0,
    folder,
    writeKey,
    secretKey,
    api: createApiClient(url, secretKey),
    output,
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  }
}
