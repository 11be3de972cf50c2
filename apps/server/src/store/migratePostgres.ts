import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import { readMigrationFiles } from 'drizzle-orm/migrator'
import type { Pool } from 'pg'
import { MADE_BY_NEWER } from './migrationState.ts'

const migrationsFolder = fileURLToPath(new URL('../../migrations/pg', import.meta.url))

// Any number that no other program uses on the same database: 'ciclo' in base 36.
const lock = Number.parseInt('ciclo', 36)

/**
 * Brings the tables up to date. Of many processes that start together one does the work while the others wait.
 * Throws where a newer Ciclo has been at the tables.
 */
export const migratePostgres = async (pool: Pool) => {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    const table = 'drizzle.__drizzle_migrations'
    const { rows: found } = await client.query<{ exists: boolean }>(
      'select to_regclass($1) is not null as exists',
      [table],
    )
    if (found[0]?.exists) {
      const { rows } = await client.query<{ at: string | null }>(`select max(created_at) as at from ${table}`)
      const known = readMigrationFiles({ migrationsFolder }).at(-1)?.folderMillis ?? 0
      // What a newer version has made of the tables, this one would misread.
      if (Number(rows[0]?.at) > known) throw new Error(MADE_BY_NEWER)
    }
    await migrate(drizzle({ client }), { migrationsFolder })
    await client.query('select pg_advisory_unlock($1)', [lock])
    broken = false
  } finally {
    // Closing the connection gives the lock back.
    client.release(broken)
  }
}
