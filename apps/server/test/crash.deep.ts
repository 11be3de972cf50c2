import { afterAll, beforeAll, describe } from 'vitest'
import { crashContract } from './crash.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

const kills = Array.from({ length: 24 }, (_, place) => (place % 2 === 0 ? 'mails' : 'events'))

describe('a server that is killed again and again', () => {
  const figures = { orders: 6_919, subscribers: 1_000, kills, timeout: 1_200_000 }
  crashContract('SQLite', figures)
  crashContract('PostgreSQL', { ...figures, createDatabase: () => postgres.createDatabase() })
})
