import { afterAll, beforeAll } from 'vitest'
import { startPostgres, type TestPostgres } from './postgres.ts'

/** A PostgreSQL server for the tests of a file; the answer makes a database with all tables and no rows, and tells its url. */
export function usePostgres(): () => Promise<string> {
  let postgres: TestPostgres | undefined
  beforeAll(async () => {
    postgres = await startPostgres()
  }, 60_000)
  afterAll(async () => {
    await postgres?.stop()
  })
  return async () => {
    if (!postgres) throw new Error('A database was asked for before the tests began')
    return await postgres.createDatabase()
  }
}
