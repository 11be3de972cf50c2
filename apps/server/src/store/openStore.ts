import { fileURLToPath } from 'node:url'
import { resolve } from 'node:path'
import type { Store } from './store.ts'

export type StoreOptions = {
  /** Open what exists and change nothing, not even by migrating: for what reads in a process of its own. False by default. */
  readOnly?: boolean
  /** The most PostgreSQL connections at a time, 10 by default. */
  connections?: number
  /**
   * How many milliseconds PostgreSQL may take for an answer, 30,000 by default. When the network loses the server
   * without a word, nothing else would ever end a query: it fails then, and the next asks on a new connection.
   */
  patience?: number
}

/** The file of a `file:` url. */
export const sqlitePath = (url: string) =>
  url.startsWith('file://') ? fileURLToPath(url) : resolve(url.slice('file:'.length))

/**
 * Opens the database, brings its tables up to date and returns the only way to it.
 *
 * @param url `file:./data/ciclo.db` (from the working directory), `file:/var/lib/ciclo.db` or `postgres://...`
 * Throws when the url is none of these, or the database cannot be opened.
 */
export const openStore = async (url: string, options: StoreOptions = {}): Promise<Store> => {
  const { readOnly = false, connections = 10, patience = 30_000 } = options
  // Each loads its driver, and the other's is not needed.
  if (/^postgres(ql)?:\/\//.test(url)) {
    const { openPostgres } = await import('./openPostgres.ts')
    return await openPostgres(url, { readOnly, connections, patience })
  }
  if (/^file:[^?]*[^?/]$/.test(url)) {
    const { openSqlite } = await import('./openSqlite.ts')
    return await openSqlite(sqlitePath(url), { readOnly })
  }
  // Only the scheme is shown, since a database url may hold a password.
  const given = /^[\w+.-]{1,20}:/.exec(url)?.[0] ?? 'no scheme'
  throw new Error(
    `The database url has ${given}, expected file:./path/to/file.db (without a query) or postgres://...`,
  )
}
