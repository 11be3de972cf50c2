import Database from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { countOnsiteEvents } from '../../src/store/queries/onsiteFigures.ts'
import { createTestCiclo } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()

it('finds what visitors did with a message along its index, whatever else has happened', async () => {
  const databaseUrl = await createDatabase()
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  try {
    const { workspaceId, store } = test
    await store.read((tx) => countOnsiteEvents(tx, { workspaceId, id: 'welcome', since: 0 }))
    const text = prepared.mock.calls.map(([query]) => query).find((query) => query.includes('On-site'))
    const handle = new Database(databaseUrl.slice('file:'.length), { readonly: true })
    const values = Array.from((text ?? '').matchAll(/\?/g), () => null)
    const steps = handle.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
    handle.close()
    expect(steps.map(({ detail }) => detail)).toContainEqual(
      expect.stringMatching(/^SEARCH events USING INDEX events_onsite \(workspace_id=\? AND at>\?\)/),
    )
  } finally {
    prepared.mockRestore()
    await test.stop()
  }
})
