import { constants, copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import { syncPath } from './backupSqlite.ts'
import { checkSqlite } from './checkSqlite.ts'
import { isSqliteInUse } from './isSqliteInUse.ts'
import { MADE_BY_NEWER, sqliteMigrations } from './migrationState.ts'

/** Why a file is no backup that can be restored here, or undefined where it is one. */
export function whyNoBackup(file: string): string | undefined {
  if (!existsSync(file)) return 'there is no such file'
  try {
    const problems = checkSqlite(file)
    if (problems.length > 0) return `it is damaged (${problems.slice(0, 3).join('; ')})`
    const { applied, known } = sqliteMigrations(file)
    if (applied === null) return 'it is a database, but not one of Ciclo'
    if (applied > known) return MADE_BY_NEWER
    return undefined
  } catch (error) {
    return `it is no SQLite database (${(error as Error).message})`
  }
}

/**
 * Puts a checked backup in the place of a database that nobody uses. What was there before is kept beside it.
 *
 * @returns the path of what was there before, if anything was
 * Throws when a process uses the database, or when there is one and `force` is not given.
 */
export async function restoreSqlite(
  file: string,
  path: string,
  { force, now }: { force: boolean; now: number },
): Promise<string | undefined> {
  const exists = existsSync(path)
  if (exists && isSqliteInUse(path)) throw new Error(`${path}: a server or command uses it; stop that first`)
  if (exists && !force) throw new Error(`${path}: there is a database already; --force puts it aside`)
  mkdirSync(dirname(path), { recursive: true })
  const partial = `${path}.restoring`
  copyFileSync(file, partial, constants.COPYFILE_FICLONE)
  await syncPath(partial)
  const aside = `${path}.before-${new Date(now).toISOString().replace(/[:.]/g, '-')}`
  // A log that stayed belongs to the old file: beside the new one it would be read as if it were its own.
  for (const suffix of ['', '-wal', '-shm'])
    if (existsSync(`${path}${suffix}`)) renameSync(`${path}${suffix}`, `${aside}${suffix}`)
  renameSync(partial, path)
  await syncPath(dirname(path))
  return exists ? aside : undefined
}
