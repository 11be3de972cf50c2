import { afterAll, beforeAll } from 'vitest'
import { settingsContract } from './settings.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
})

settingsContract('PostgreSQL', () => postgres.createDatabase())
