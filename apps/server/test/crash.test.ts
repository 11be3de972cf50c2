import { afterAll, beforeAll, describe } from 'vitest'
import { crashContract } from './crash.contract.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres
beforeAll(async () => {
  postgres = await startPostgres()
})
afterAll(() => postgres.stop())

describe('a server that is killed', () => {
  crashContract('SQLite', {
    orders: 1_200,
    subscribers: 80,
    // After a crash the next process waits for the lease of the loops: one kill while mails are sent is enough here.
    kills: ['mails', 'events'],
    timeout: 180_000,
  })
  crashContract('PostgreSQL', {
    orders: 700,
    subscribers: 60,
    kills: ['mails'],
    createDatabase: () => postgres.createDatabase(),
    timeout: 180_000,
  })
})
