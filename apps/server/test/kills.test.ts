import { afterAll, beforeAll, describe } from 'vitest'
import { killsContract } from './kills.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a server that is killed at any moment', () => {
  killsContract('SQLite', { kills: 3, timeout: 120_000 })
  killsContract('PostgreSQL', { kills: 3, createDatabase: () => postgres.createDatabase(), timeout: 120_000 })
})
