import { join } from 'node:path'
import { afterAll } from 'vitest'
import { createTestFolder } from './createTestFolder.ts'

/** SQLite files for the tests of a file; the answer tells the url of a new one. */
export function useSqlite(): () => Promise<string> {
  const folder = createTestFolder()
  let databases = 0
  afterAll(() => folder.remove())
  return async () => {
    databases += 1
    return `file:${join(folder.path, `${databases}.db`)}`
  }
}
