import Database from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { readReport } from '../../src/reports/readReport.ts'
import { createTestCiclo } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { generatedReportsContract } from './generatedReports.contract.ts'
import { reportsContract } from './reports.contract.ts'

const createDatabase = useSqlite()

reportsContract('a SQLite file', createDatabase)
generatedReportsContract('a SQLite file', createDatabase, 40)

it('finds mails and what came back of them along indexes, whatever else there is', async () => {
  const databaseUrl = await createDatabase()
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9', journeys: 'shipped' })
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  try {
    const { workspaceId, store } = test
    const now = test.clock.now()
    for (const [kind, id] of [
      ['journeys', 'welcome'],
      ['templates', 'welcome'],
    ] as const)
      expect(await readReport(store, { workspaceId, kind, id, days: 28, now })).toBeDefined()
    const texts = new Set(prepared.mock.calls.map(([text]) => text))
    const handle = new Database(databaseUrl.slice('file:'.length), { readonly: true })
    const details = [...texts].flatMap((text) => {
      const values = Array.from(text.matchAll(/\?/g), () => null)
      return (handle.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]).map(
        ({ detail }) => detail,
      )
    })
    handle.close()
    const ofTable = (name: string) =>
      details.filter((detail) => new RegExp(`^(SCAN|SEARCH) ${name}\\b`).test(detail))
    expect(ofTable('messages').join('\n')).toMatch(/INDEX messages_journey \(/)
    expect(ofTable('messages').join('\n')).toMatch(/INDEX messages_template \(/)
    expect(ofTable('events').join('\n')).toMatch(/INDEX events_clicks \(/)
    expect(ofTable('events').join('\n')).toMatch(/INDEX events_answers \(/)
    expect(details.filter((detail) => /^SCAN (customers|orders|events|messages)\b/.test(detail))).toEqual([])
  } finally {
    prepared.mockRestore()
    await test.stop()
  }
})
