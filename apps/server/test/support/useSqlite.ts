import { copyFileSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createTestFolder } from './createTestFolder.ts'

/** Where Linux keeps files in memory. */
const MEMORY = '/dev/shm'
/** Containers often have 64 MB there: bytes. */
const ROOM = 2 ** 30

/** Nothing here has to outlive a loss of power: as on the tests' PostgreSQL, no commit waits for a disk. */
function fastFolder(): string {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize > ROOM ? MEMORY : tmpdir()
  } catch {
    return tmpdir()
  }
}

/** SQLite files for the tests of a file; the answer tells the url of a new one, with all tables and no rows. */
export function useSqlite(): () => Promise<string> {
  const folder = createTestFolder(fastFolder())
  let databases = 0
  afterAll(() => folder.remove())
  return async () => {
    databases += 1
    const file = join(folder.path, `${databases}.db`)
    const template = process.env['CICLO_TEST_SQLITE_TEMPLATE']
    if (template !== undefined) copyFileSync(template, file)
    return `file:${file}`
  }
}
