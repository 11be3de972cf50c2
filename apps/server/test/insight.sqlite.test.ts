import Database from 'better-sqlite3'
import { DAY } from '@ciclo/engine'
import { expect, it, vi } from 'vitest'
import { readAttribution, readFunnel } from '../src/insight/readInsight.ts'
import { insightContract } from './insight.contract.ts'
import { createTestCiclo } from './support/createTestCiclo.ts'
import { useSqlite } from './support/useSqlite.ts'

const createDatabase = useSqlite()

insightContract('a SQLite file', createDatabase, 200)

it('finds the events of the funnel and of attribution by customer and time', async () => {
  const databaseUrl = await createDatabase()
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
  const { workspaceId, store } = test
  await test.ciclo.ingest.submit([
    test.item('secret', {
      type: 'track',
      name: 'Order Completed',
      userId: 'u1',
      properties: { order_id: 'o1', total: 1 },
    }),
  ])
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  try {
    const period = { from: 0, to: test.clock.now() + DAY }
    await readFunnel(store, { workspaceId, period })
    await readAttribution(store, { workspaceId, period })
    const texts = new Set(prepared.mock.calls.map(([text]) => text))
    const handle = new Database(databaseUrl.slice('file:'.length), { readonly: true })
    const steps = [...texts].flatMap((text) => {
      const values = Array.from(text.matchAll(/\?/g), () => null)
      return handle.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
    })
    handle.close()
    const ofEvents = steps.filter(({ detail }) => /^(SCAN|SEARCH) events\b/.test(detail))
    expect(ofEvents.length).toBeGreaterThanOrEqual(2)
    for (const { detail } of ofEvents)
      expect(detail).toMatch(/\(workspace_id=\? AND customer_id=\? AND at>\? AND at<\?\)$/)
  } finally {
    prepared.mockRestore()
    await test.stop()
  }
})
