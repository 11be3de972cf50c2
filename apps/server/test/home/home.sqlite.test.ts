import Database from 'better-sqlite3'
import { DAY } from '@ciclo/engine'
import { expect, it, vi } from 'vitest'
import { readHomeMail } from '../../src/home/readHomeMail.ts'
import { readHomeMap } from '../../src/home/readHomeMap.ts'
import { createTestCiclo } from '../support/createTestCiclo.ts'
import { useSqlite } from '../support/useSqlite.ts'
import { homeContract } from './home.contract.ts'

const createDatabase = useSqlite()

homeContract('a SQLite file', createDatabase)

it('finds stages, moves, clicks and mails along indexes, whatever else there is', async () => {
  const databaseUrl = await createDatabase()
  const test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
  const prepared = vi.spyOn(Database.prototype, 'prepare')
  try {
    const input = { workspaceId: test.workspaceId, now: test.clock.now() + DAY }
    await readHomeMap(test.store, input)
    await readHomeMail(test.store, input)
    const texts = new Set(prepared.mock.calls.map(([text]) => text))
    const handle = new Database(databaseUrl.slice('file:'.length), { readonly: true })
    const steps = [...texts].flatMap((text) => {
      const values = Array.from(text.matchAll(/\?/g), () => null)
      return handle.prepare(`explain query plan ${text}`).all(...values) as { detail: string }[]
    })
    handle.close()
    const details = steps.map(({ detail }) => detail)
    const ofTable = (name: string) =>
      details.filter((detail) => new RegExp(`^(SCAN|SEARCH) ${name}\\b`).test(detail))
    for (const detail of ofTable('transitions')) expect(detail).toMatch(/COVERING INDEX transitions_moves \(/)
    for (const detail of ofTable('events')) expect(detail).toMatch(/INDEX events_clicks \(/)
    for (const detail of ofTable('messages')) expect(detail).toMatch(/INDEX messages_due \(/)
    for (const name of ['transitions', 'events', 'messages']) expect(ofTable(name)).not.toEqual([])
    expect(ofTable('customers').some((detail) => detail.includes('COVERING INDEX customers_stage'))).toBe(
      true,
    )
    expect(
      details.filter((detail) =>
        /^SCAN (customers|orders|transitions|events|messages|listings)\b/.test(detail),
      ),
    ).toEqual([])
  } finally {
    prepared.mockRestore()
    await test.stop()
  }
})
