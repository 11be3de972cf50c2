import type { BaseSQLiteDatabase } from 'drizzle-orm/sqlite-core'

/**
 * The part of Drizzle's query builder that both databases have, typed as SQLite's. PostgreSQL's handle is cast to it.
 *
 * Await every query: `.run()`, `.all()` and `.get()` exist on SQLite only. A change resolves to nothing, since the two
 * drivers report differently: use `.returning()`.
 */
export type Db = Pick<
  BaseSQLiteDatabase<'async', void>,
  'select' | 'selectDistinct' | 'insert' | 'update' | 'delete' | '$with' | 'with'
>
