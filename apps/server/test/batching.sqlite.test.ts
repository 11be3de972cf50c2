import Database from 'better-sqlite3'
import { expect, it, vi } from 'vitest'
import { batchingContract } from './batching.contract.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { useSqlite } from './support/useSqlite.ts'

const createDatabase = useSqlite()

batchingContract('a SQLite file', createDatabase)

it('looks at no table as a whole for a merge, nor for an erasure', async () => {
  const databaseUrl = await createDatabase()
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9', demo: true })
  try {
    const email = 'ann@shop.example'
    await test.ciclo.ingest.submit([test.item('public', { type: 'page', anonymousId: 'a1' })])
    await test.ciclo.ingest.submit([
      test.item('secret', { type: 'track', name: 'Subscribed', userId: 'u1', properties: { email } }),
    ])
    prepared.mockClear()
    await test.ciclo.ingest.submit([
      test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1', traits: { email } }),
    ])
    await test.request('/api/erasures', { method: 'POST', body: JSON.stringify({ email }) })
    const texts = new Set(prepared.mock.calls.map(([text]) => text))
    const handle = new Database(databaseUrl.slice('file:'.length), { readonly: true })
    const plans = [...texts].flatMap((text) => {
      const values = Array.from(text.matchAll(/\?/g), () => null)
      const steps = handle.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
      return steps.map(({ detail }) => ({ detail, text }))
    })
    handle.close()
    expect(plans.length).toBeGreaterThan(20)
    // What grows with the workspace is only ever found by more than the workspace.
    const large = /^(SCAN|SEARCH) (customers|events|messages|receipts|orders|transitions|identities)\b/
    const slow = plans.filter(
      ({ detail }) =>
        large.test(detail) && (detail.startsWith('SCAN') || detail.endsWith('(workspace_id=?)')),
    )
    expect(slow).toEqual([])
  } finally {
    prepared.mockRestore()
    await test.stop()
  }
})
