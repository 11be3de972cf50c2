import { fileURLToPath } from 'node:url'
import { drizzle } from 'drizzle-orm/node-postgres'
import { migrate } from 'drizzle-orm/node-postgres/migrator'
import type { Pool } from 'pg'

const migrationsFolder = fileURLToPath(new URL('../../migrations/pg', import.meta.url))

// Any number that no other program uses on the same database: 'ciclo' in base 36.
const lock = Number.parseInt('ciclo', 36)

/** Brings the tables up to date. Of many processes that start together one does the work while the others wait. */
export const migratePostgres = async (pool: Pool) => {
  const client = await pool.connect()
  let broken = true
  try {
    await client.query('select pg_advisory_lock($1)', [lock])
    await migrate(drizzle({ client }), { migrationsFolder })
    await client.query('select pg_advisory_unlock($1)', [lock])
    broken = false
  } finally {
    // Closing the connection gives the lock back.
    client.release(broken)
  }
}
