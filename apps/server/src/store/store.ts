import type { Dialect } from './dialect.ts'
import type { Db } from './db.ts'
import type { Schema } from './schema.ts'

/** What a write transaction works with. Valid only until its `write` returns; using it later throws. */
export type Tx = Db & {
  /** This database's own tables. Drizzle's tables belong to a dialect, so queries take them from here, never by import. */
  readonly tables: Schema
  readonly dialect: Dialect
}

/** What a read works with: a `Tx` that cannot change anything, so that one query function serves both. */
export type ReadTx = Pick<Tx, 'select' | 'selectDistinct' | 'tables' | 'dialect'>

/** Bytes. `log` and `free` are null where they are the database server's own affair. */
export type StoreSpace = {
  readonly database: number
  /** SQLite's write-ahead log. */
  readonly log: number | null
  /** What is left on the disk, for who is not its administrator. */
  readonly free: number | null
}

/**
 * A database with all its tables, reachable through transactions only.
 *
 * Queries are built on the transaction and always awaited before the next one:
 * `store.read(async (tx) => await tx.select().from(tx.tables.customers).where(...))`.
 */
export type Store = {
  readonly dialect: Dialect
  readonly schema: Schema

  /**
   * Runs `fn` on one consistent snapshot of what is committed. A `read` inside a `read` joins it.
   * Throws inside a `write`: there it would not see the transaction's own changes. Read with the `tx` instead.
   */
  read<T>(fn: (tx: ReadTx) => Promise<T>): Promise<T>

  /**
   * Runs `fn` in one transaction: commits, synced to disk, when it resolves, and rolls back when it rejects.
   *
   * On PostgreSQL `fn` runs again (a few times) after a deadlock or a serialization failure, so it must have no effect
   * outside its `tx`. SQLite runs one write at a time, so `fn` must not wait for anything but its queries.
   * Throws inside another `write`.
   */
  write<T>(fn: (tx: Tx) => Promise<T>): Promise<T>

  /**
   * Clears what was deleted out of the database's files: SQLite's log is written into the file, where deleted bytes are
   * zeroed, and cut to nothing; on PostgreSQL every table is vacuumed. False where another process that reads the file
   * did not let go of the log; its own next checkpoint does it then.
   * Throws inside a `read` or `write`.
   */
  purge(): Promise<boolean>

  /** How much room it takes. */
  space(): Promise<StoreSpace>

  /** Waits for the reads and writes that have begun, then closes. Later ones throw. */
  close(): Promise<void>
}
