import { afterAll } from 'vitest'
import { join } from 'node:path'
import { settingsContract } from './settings.contract.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const folder = createTestFolder()
let databases = 0

settingsContract('a SQLite file', async () => {
  databases += 1
  return `file:${join(folder.path, `${databases}.db`)}`
})

afterAll(() => folder.remove())
