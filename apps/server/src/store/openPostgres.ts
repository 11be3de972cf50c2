import { setTimeout as wait } from 'node:timers/promises'
import { getTableName } from 'drizzle-orm'
import { drizzle } from 'drizzle-orm/node-postgres'
import pg from 'pg'
import { isLostRace } from './classifyError.ts'
import type { Db } from './db.ts'
import { makeStore, type Transact } from './makeStore.ts'
import { migratePostgres } from './migratePostgres.ts'
import { postgresDialect } from './postgresDialect.ts'
import { pgSchema } from './schema.pg.ts'
import type { Scope } from './scope.ts'
import type { Store } from './store.ts'

const attempts = 5

/** How long an answer is waited for, as node-postgres takes it with each query. */
interface Patience {
  query_timeout: number
}

/** The client as Drizzle sees it, with every query under the scope's watch. */
const connect = (client: pg.PoolClient, patience: Patience, scope: Scope): Db => {
  const query = async (config: pg.QueryArrayConfig, values: unknown[]) => {
    scope.check()
    try {
      return await client.query({ ...config, ...patience }, values)
    } catch (error) {
      scope.fail(error)
      throw error
    }
  }
  return drizzle({ client: { query } as unknown as pg.PoolClient }) as unknown as Db
}

const transact = async <T>(
  pool: pg.Pool,
  patience: Patience,
  begin: string,
  body: Parameters<Transact>[0],
): Promise<T> => {
  const client = await pool.connect()
  let broken = false
  try {
    await client.query({ text: begin, ...patience })
    const result = await body((scope) => connect(client, patience, scope))
    const { command } = await client.query({ text: 'commit', ...patience })
    // The answer to committing what has failed, as by a query that nobody awaited, is not an error but this.
    if (command !== 'COMMIT')
      throw new Error(`PostgreSQL answered commit with ${command}: a query was not awaited, and failed`)
    return result as T
  } catch (error) {
    await client.query({ text: 'rollback', ...patience }).catch(() => {
      broken = true
    })
    throw error
  } finally {
    // A connection that could not roll back is closed, never given to the next.
    client.release(broken)
  }
}

/**
 * The store in a PostgreSQL database, whose tables are brought up to date first.
 * With `readOnly` it changes nothing, not even by migrating.
 * Throws when the server cannot be reached or refuses.
 */
export const openPostgres = async (
  url: string,
  options: { readOnly: boolean; connections: number; patience: number },
): Promise<Store> => {
  const patience = { query_timeout: options.patience }
  const pool = new pg.Pool({
    connectionString: url,
    max: options.connections,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    // A process that hangs or loses its network must not keep its locks.
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'ciclo',
  })
  // A connection that breaks is reported by the query that meets it; unheard, these events would end the process.
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))

  try {
    if (!options.readOnly) await migratePostgres(pool)
    else await pool.query('select 1')
  } catch (error) {
    await pool.end()
    const { host, pathname } = new URL(url)
    throw new Error(
      `Cannot open the PostgreSQL database ${pathname.slice(1)} on ${host}: ${(error as Error).message}`,
      {
        cause: error,
      },
    )
  }

  const write: Transact = async (body) => {
    for (let attempt = 1; ; attempt++) {
      try {
        return await transact(pool, patience, 'begin isolation level read committed', body)
      } catch (error) {
        if (attempt === attempts || !isLostRace(error)) throw error
        // Spread, so that those who met do not meet again.
        await wait(Math.random() * 20 * attempt)
      }
    }
  }

  return makeStore({
    dialect: postgresDialect,
    schema: pgSchema,
    read: (body) => transact(pool, patience, 'begin isolation level repeatable read, read only', body),
    write: (body) => {
      if (options.readOnly)
        throw new Error('A write was started on a PostgreSQL database that was opened read-only')
      return write(body)
    },
    purge: async () => {
      for (const table of Object.values(pgSchema)) await pool.query(`vacuum "${getTableName(table)}"`)
      return true
    },
    space: async () => {
      const { rows } = await pool.query<{ size: string }>(
        'select pg_database_size(current_database()) as size',
      )
      return { database: Number(rows[0]?.size), log: null, free: null }
    },
    close: () => pool.end(),
  })
}
