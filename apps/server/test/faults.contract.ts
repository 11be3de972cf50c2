import { join } from 'node:path'
import { expect } from 'vitest'
import { checkSqlite } from '../src/store/checkSqlite.ts'
import { openStore } from '../src/store/openStore.ts'
import type { Load } from './support/createLoad.ts'
import { readStoredEvents } from './support/readStoredEvents.ts'
import type { TestServer } from './support/startTestServer.ts'

/** What a server answers that cannot store: try again soon, and nothing more is wrong. */
export async function expectUnavailable(server: TestServer, response: Response): Promise<void> {
  expect(response.status).toBe(503)
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThan(0)
  expect(await response.json()).toMatchObject({ code: 'store-unavailable', status: 503 })
  expect((await fetch(`${server.url}/healthz`)).status).toBe(200)
}

/** After a crash, and opened again as a start does: what was acknowledged is there once, and what was not at most once. */
export async function expectNothingLost(server: TestServer, ...loads: readonly Load[]): Promise<void> {
  await server.kill()
  const databaseUrl = `file:${join(server.folder, 'ciclo.db')}`
  await (await openStore(databaseUrl)).close()
  const stored = await readStoredEvents(databaseUrl)
  for (const { acknowledged, sent } of loads) {
    expect([...acknowledged].filter((messageId) => stored.get(messageId) !== 1)).toEqual([])
    expect([...sent].filter((messageId) => (stored.get(messageId) ?? 0) > 1)).toEqual([])
  }
  expect(checkSqlite(join(server.folder, 'ciclo.db'))).toEqual([])
}
