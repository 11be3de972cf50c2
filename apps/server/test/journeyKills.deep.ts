import { afterAll, beforeAll, describe } from 'vitest'
import { journeyKillsContract } from './journeyKills.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('journeys on a server that is killed again and again', () => {
  const figures = { kills: 100, people: 40, rounds: 30, timeout: 1_200_000 }
  journeyKillsContract('SQLite', figures)
  journeyKillsContract('PostgreSQL', { ...figures, createDatabase: () => postgres.createDatabase() })
})
