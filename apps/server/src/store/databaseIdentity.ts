import { createHash } from 'node:crypto'
import { realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { sqlitePath } from './openStore.ts'

/** The database that a caller of the API means, where the key alone does not say. */
export const DATABASE_HEADER = 'ciclo-database'

/** The one path of a file, whatever links lead to it; of a file that is still to be made, too. */
function realPath(path: string): string {
  for (const [known, rest] of [
    [path, ''],
    [dirname(path), basename(path)],
  ] as const) {
    try {
      return join(realpathSync(known), rest)
    } catch {
      // Not there yet.
    }
  }
  return path
}

/**
 * Tells databases apart without naming them: a hash of the file's path, or of PostgreSQL's host, port and database. The
 * server and a command that were given the same database make the same of it.
 *
 * @param url as `openStore` takes it
 */
export function databaseIdentity(url: string): string {
  const nameOf = () => {
    if (url.startsWith('file:')) return `file:${realPath(sqlitePath(url))}`
    const { hostname, port, pathname, searchParams } = new URL(url)
    const host = (searchParams.get('host') ?? hostname).toLowerCase()
    const isHere = host === '' || host === 'localhost' || host === '[::1]'
    return `postgres:${isHere ? '127.0.0.1' : host}:${port || (searchParams.get('port') ?? '5432')}${pathname}`
  }
  return createHash('sha256').update(nameOf()).digest('base64url')
}
