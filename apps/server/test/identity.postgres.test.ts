import { afterAll, beforeAll } from 'vitest'
import { identityContract } from './identity.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
})

identityContract('PostgreSQL', () => postgres.createDatabase())
