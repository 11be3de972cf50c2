import { fileURLToPath } from 'node:url'
import Database from 'better-sqlite3'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import pg from 'pg'

export interface MigrationState {
  /** When the last migration was written that the database has got, epoch milliseconds; null where it has none. */
  applied: number | null
  /** The last that this program knows. */
  known: number
}

/** What is said of a database that a later version of this program has written. */
export const MADE_BY_NEWER = 'it was made by a newer Ciclo; install that one first'

const newestIn = (folder: string) => {
  const migrationsFolder = fileURLToPath(new URL(`../../migrations/${folder}`, import.meta.url))
  return Math.max(...readMigrationFiles({ migrationsFolder }).map(({ folderMillis }) => folderMillis))
}

const numberOf = (value: unknown) => (value === null || value === undefined ? null : Number(value))

/** How far a SQLite file's tables are. Throws when it is no database. */
export function sqliteMigrations(path: string): MigrationState {
  const handle = new Database(path, { readonly: true, fileMustExist: true, timeout: 2_000 })
  try {
    const exists = handle.prepare(`select 1 from sqlite_schema where name = '__drizzle_migrations'`).get()
    const applied = exists && handle.prepare('select max(created_at) from __drizzle_migrations').pluck().get()
    return { applied: numberOf(applied), known: newestIn('sqlite') }
  } finally {
    handle.close()
  }
}

/** How far a PostgreSQL database's tables are, and its clock (epoch milliseconds). Throws when it cannot be reached. */
export async function postgresMigrations(url: string): Promise<MigrationState & { clock: number }> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 5_000,
    query_timeout: 5_000,
  })
  // An error of the connection is also thrown by the query that meets it.
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows: found } = await client.query<{ table: string | null; clock: number }>(
      `select to_regclass('drizzle.__drizzle_migrations')::text as table,
        (extract(epoch from clock_timestamp()) * 1000)::float8 as clock`,
    )
    const clock = found[0]?.clock ?? 0
    const known = newestIn('pg')
    if (!found[0]?.table) return { applied: null, known, clock }
    const { rows } = await client.query<{ at: string | null }>(
      'select max(created_at) as at from drizzle.__drizzle_migrations',
    )
    return { applied: numberOf(rows[0]?.at), known, clock }
  } finally {
    await client.end()
  }
}
