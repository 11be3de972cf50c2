import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openStore } from '../../src/store/openStore.ts'
import { createTestFolder } from './createTestFolder.ts'
import { startPostgres } from './postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** The PostgreSQL server that all test files of a run share. */
    postgresUrl: string
  }
}

/**
 * For vitest's `globalSetup`: one PostgreSQL server for the whole run, which `startPostgres` then finds, and on both
 * databases the tables that tests copy: to make them takes six times as long.
 */
export default async function setup(project: TestProject) {
  const postgres = await startPostgres()
  const template = await postgres.createEmptyDatabase()
  const folder = createTestFolder()
  const file = join(folder.path, 'template.db')
  for (const url of [template, `file:${file}`]) await (await openStore(url)).close()
  const prepared = {
    CICLO_TEST_PG_URL: postgres.url,
    CICLO_TEST_PG_TEMPLATE: new URL(template).pathname.slice(1),
    CICLO_TEST_SQLITE_TEMPLATE: file,
  }
  Object.assign(process.env, prepared)
  project.provide('postgresUrl', postgres.url)
  return async () => {
    for (const name of Object.keys(prepared)) delete process.env[name]
    folder.remove()
    await postgres.stop()
  }
}
