import { afterAll, beforeAll } from 'vitest'
import { ingestFuzz } from './ingestFuzz.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

const folder = createTestFolder()
let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(async () => {
  await postgres?.stop()
  folder.remove()
})

ingestFuzz('a SQLite file', async () => `file:${folder.path}/fuzz.db`, 150)
ingestFuzz('PostgreSQL', () => postgres.createDatabase(), 80)
