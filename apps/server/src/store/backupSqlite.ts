import { rmSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { checkSqlite } from './checkSqlite.ts'

/** Pages of 4 KB between two looks at the event loop. */
const PAGES_PER_STEP = 2_000

/** Until a file, or a name in a folder, is on the disk. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r')
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Copies a SQLite database while others write to it: the copy is what was committed when the copying began. It is
 * checked, and stands at `target` only when it is whole.
 *
 * @param onProgress told of the pages copied and the pages in all
 * Throws when the database cannot be read, the copy cannot be written, or the copy is damaged.
 */
export async function backupSqlite(
  path: string,
  target: string,
  onProgress: (done: number, total: number) => void = () => {},
): Promise<void> {
  const partial = `${target}.partial`
  const source = new Database(path, { readonly: true, fileMustExist: true, timeout: 10_000 })
  try {
    // One snapshot for the whole copy: each write of another process would make it begin anew.
    source.exec('begin')
    source.prepare('select count(*) from sqlite_schema').get()
    rmSync(partial, { force: true })
    await source.backup(partial, {
      progress: ({ totalPages, remainingPages }) => {
        onProgress(totalPages - remainingPages, totalPages)
        return PAGES_PER_STEP
      },
    })
  } finally {
    source.close()
  }
  const copy = new Database(partial, { timeout: 1_000 })
  try {
    // One file, without a log beside it, that can be copied on as it is.
    copy.pragma('journal_mode = DELETE')
  } finally {
    copy.close()
  }
  const problems = checkSqlite(partial)
  if (problems.length > 0) {
    throw new Error(`${path}: its copy is damaged (${problems.slice(0, 3).join('; ')})`)
  }
  await syncPath(partial)
  await rename(partial, target)
  await syncPath(dirname(target))
}
