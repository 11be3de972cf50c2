import { readdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, vi } from 'vitest'
import { SECRET_KEY } from './support/createTestCiclo.ts'
import { createTestFolder } from './support/createTestFolder.ts'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { useCiclo } from './support/useCiclo.ts'
import { useSqlite } from './support/useSqlite.ts'

describe('A backup over HTTP', () => {
  let folder = ''
  const createDatabase = useSqlite()
  const { world, item } = useCiclo(async () => {
    const url = await createDatabase()
    folder = dirname(url.slice('file:'.length))
    return url
  })
  const app = () => world.test.ciclo.app

  it('is the whole database as one checked file, and nothing of it is left beside the database', async () => {
    await world.test.ciclo.ingest.submit([item('secret', { type: 'identify', userId: 'u1' })])
    expect(await world.test.request('/api/backup')).toMatchObject({ database: 'sqlite' })
    // The demo is signed in as its owner.
    const answer = await app().request('/api/backup/file')
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-disposition')).toBe('attachment; filename="ciclo-2026-01-01.db"')
    const bytes = Buffer.from(await answer.arrayBuffer())
    expect(bytes.length).toBe(Number(answer.headers.get('content-length')))
    const own = createTestFolder()
    const file = join(own.path, 'copy.db')
    writeFileSync(file, bytes)
    const copy = new Database(file, { readonly: true })
    expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
    expect(copy.prepare('select count(*) as customers from customers').get()).toEqual({ customers: 1 })
    copy.close()
    own.remove()
    await vi.waitFor(() =>
      expect(readdirSync(folder).filter((name) => name.startsWith('.backup-'))).toEqual([]),
    )
    const { entries } = (await world.test.request('/api/audit')) as { entries: object[] }
    expect(entries[0]).toMatchObject({ action: 'database.backed-up', actor: 'user demo' })
  })

  it('is for an owner who has signed in, not for keys', async () => {
    const answer = await app().request('/api/backup/file', {
      headers: { authorization: `Bearer ${SECRET_KEY}` },
    })
    expect(answer.status).toBe(403)
  })
})
