import { afterAll, beforeAll, describe } from 'vitest'
import { killsContract } from './kills.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a server that is killed at any moment', () => {
  killsContract('SQLite', { kills: 100, timeout: 900_000 })
  killsContract('PostgreSQL', {
    kills: 100,
    createDatabase: () => postgres.createDatabase(),
    timeout: 900_000,
  })
})
