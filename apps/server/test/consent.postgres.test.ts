import { afterAll, beforeAll } from 'vitest'
import { consentContract } from './consent.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
})

consentContract('PostgreSQL', () => postgres.createDatabase())
