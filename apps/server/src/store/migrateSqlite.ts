import { fileURLToPath } from 'node:url'
import type { Database } from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import { MADE_BY_NEWER } from './migrationState.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url))

/**
 * Brings the tables up to date, in the format of Drizzle's own migrator and in one transaction.
 * Drizzle's reads what has been applied before its transaction begins, so that of two processes that start together
 * one would apply everything again. Throws where a newer Ciclo has been at the tables.
 */
export const migrateSqlite = (handle: Database) => {
  const apply = handle.transaction(() => {
    handle.exec(`create table if not exists __drizzle_migrations
      (id integer primary key, hash text not null, created_at numeric)`)
    const applied = handle.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
    const migrations = readMigrationFiles({ migrationsFolder })
    // What a newer version has made of the tables, this one would misread.
    if (Number(applied) > (migrations.at(-1)?.folderMillis ?? 0)) throw new Error(MADE_BY_NEWER)
    const record = handle.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)')
    for (const migration of migrations) {
      if (applied !== null && Number(applied) >= migration.folderMillis) continue
      for (const statement of migration.sql) handle.exec(statement)
      record.run(migration.hash, migration.folderMillis)
    }
  })
  apply.immediate()
}
