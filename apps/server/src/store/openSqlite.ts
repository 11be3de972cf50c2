import { mkdirSync } from 'node:fs'
import { stat, statfs } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import Database from 'better-sqlite3'
import { drizzle } from 'drizzle-orm/better-sqlite3'
import type { Db } from './db.ts'
import { type Driver, makeStore, type Transact } from './makeStore.ts'
import { makePool } from './pool.ts'
import { migrateSqlite } from './migrateSqlite.ts'
import { runsOf } from './rowBatch.ts'
import { sqliteSchema } from './schema.sqlite.ts'
import type { Scope } from './scope.ts'
import { makeSerialQueue } from './serialQueue.ts'
import { sqliteDialect } from './sqliteDialect.ts'
import { makeStatementCache } from './statementCache.ts'
import type { Store } from './store.ts'

// Statements are synchronous, so more handles bring no more speed: they only let reads that wait for something else
// between their queries keep a snapshot each.
const readers = 4

// Waiting for another process, such as a backup, blocks the event loop.
const busyTimeout = 2_000

// Another process that reads, such as a backup, keeps the log: it is asked again for this long.
const purgeTries = 40
const purgePause = 250

const openHandle = (path: string, readonly: boolean) => {
  try {
    if (!readonly) mkdirSync(dirname(path), { recursive: true })
    const handle = new Database(path, { readonly, timeout: busyTimeout })
    // None of these is kept in the file except the journal mode: without them the default `synchronous=NORMAL` of
    // better-sqlite3 in WAL mode loses acknowledged commits when the power fails.
    if (!readonly) handle.pragma('journal_mode = WAL')
    handle.pragma('synchronous = FULL')
    handle.pragma('foreign_keys = ON')
    // What is deleted or overwritten is gone from the file as well; without a figure to be seen in the throughput.
    handle.pragma('secure_delete = ON')
    // Pages of 4 KB: what is written again and again goes from the log to the file once in 16 MB instead of in 4.
    handle.pragma('wal_autocheckpoint = 4000')
    // While a backup reads, the log grows; afterwards it gives the space back.
    handle.pragma('journal_size_limit = 67108864')
    return handle
  } catch (error) {
    throw new Error(`Cannot open the SQLite database ${path}: ${(error as Error).message}`, { cause: error })
  }
}

type Handle = {
  readonly database: Database.Database
  readonly statement: ReturnType<typeof makeStatementCache>
}

const withStatements = (database: Database.Database): Handle => ({
  database,
  statement: makeStatementCache(database),
})

/** 0 where there is no such file. */
const sizeOf = async (file: string) => (await stat(file).catch(() => ({ size: 0 }))).size

/** The handle as Drizzle sees it, with every statement under the scope's watch. */
const connect = ({ statement }: Handle, scope: Scope): Db => {
  const attempt = <T>(action: () => T): T => {
    scope.check()
    try {
      return action()
    } catch (error) {
      scope.fail(error)
      throw error
    }
  }
  const watch = (source: string, rowsAs: 'objects' | 'arrays') => {
    const prepared = attempt(() => statement(source, rowsAs))
    return {
      run: (...values: unknown[]) => {
        for (const run of runsOf(values)) attempt(() => prepared.run(...run))
      },
      all: (...values: unknown[]) => runsOf(values).flatMap((run) => attempt(() => prepared.all(...run))),
      get: (...values: unknown[]) => attempt(() => prepared.get(...values)),
      raw: () => watch(source, 'arrays'),
    }
  }
  const client = { prepare: (source: string) => watch(source, 'objects') }
  return drizzle({ client: client as unknown as Database.Database }) as unknown as Db
}

const transact = async <T>(handle: Handle, begin: string, body: Parameters<Transact>[0]): Promise<T> => {
  const { database } = handle
  // Left open by a rollback that failed.
  if (database.inTransaction) database.exec('rollback')
  database.exec(begin)
  try {
    const result = await body((scope) => connect(handle, scope))
    database.exec('commit')
    return result as T
  } catch (error) {
    // A full disk and its like have rolled back already. After a failed sync it is right to go on with this very handle:
    // it writes the same part of the log again, which a kernel that has dropped the pages would not do by itself.
    if (database.inTransaction) database.exec('rollback')
    throw error
  }
}

/**
 * The store in a SQLite file, created with its folders when missing.
 * With `readOnly` it changes nothing, not even by migrating: for processes next to the one that writes.
 * Throws when the file cannot be opened or is not a database.
 */
export const openSqlite = async (path: string, options: { readOnly: boolean }): Promise<Store> => {
  const writer = options.readOnly ? undefined : openHandle(path, false)
  try {
    // What a process left in the log after a failed sync can be read back and yet not be on the disk; commits behind it
    // would be lost with it. This writes it into the file, and syncs.
    writer?.pragma('wal_checkpoint(TRUNCATE)')
    if (writer !== undefined) migrateSqlite(writer)
  } catch (error) {
    writer?.close()
    throw error
  }
  const queue = makeSerialQueue()
  const pool = makePool(readers, () => withStatements(openHandle(path, true)))
  const writing = writer && withStatements(writer)

  const driver: Driver = {
    dialect: sqliteDialect,
    schema: sqliteSchema,
    read: (body) => pool.use((handle) => transact(handle, 'begin', body)),
    write: (body) => {
      if (writing === undefined) throw new Error(`A write was started on ${path}, which was opened read-only`)
      return queue.run(() => transact(writing, 'begin immediate', body))
    },
    purge: async () => {
      if (writer === undefined) throw new Error(`A purge was started on ${path}, which was opened read-only`)
      for (let attempt = 1; ; attempt += 1) {
        const [result] = await queue.run(() =>
          pool.whileUnused(() => {
            // Waiting for another process in here would stop everything.
            writer.pragma('busy_timeout = 0')
            try {
              return writer.pragma('wal_checkpoint(TRUNCATE)') as { busy: number }[]
            } finally {
              writer.pragma(`busy_timeout = ${busyTimeout}`)
            }
          }),
        )
        if (result?.busy === 0) return true
        if (attempt === purgeTries) return false
        await wait(purgePause)
      }
    },
    space: async () => {
      const { bavail, bsize } = await statfs(dirname(path))
      return { database: await sizeOf(path), log: await sizeOf(`${path}-wal`), free: bavail * bsize }
    },
    close: async () => {
      for (const { database } of pool.items()) database.close()
      writer?.close()
    },
  }
  return makeStore(driver)
}
