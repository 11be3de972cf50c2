import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server that all test files of a run share. */
    postgresUrl: string
  }
}

/** For vitest's `globalSetup`: one PostgreSQL server for the whole run, which `startPostgres` then finds. */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  process.env['CICLO_TEST_PG_URL'] = postgres.url
  project.provide('postgresUrl', postgres.url)
  return async () => {
    delete process.env['CICLO_TEST_PG_URL']
    await postgres.stop()
  }
}
