import { afterAll, beforeAll, describe } from 'vitest'
import { journeyKillsContract } from './journeyKills.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('journeys on a server that is killed', () => {
  // On SQLite crash.test does it, and journeyKills.deep on both.
  journeyKillsContract('PostgreSQL', {
    kills: 3,
    people: 20,
    rounds: 6,
    timeout: 120_000,
    createDatabase: () => postgres.createDatabase(),
  })
})
