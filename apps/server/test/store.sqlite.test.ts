import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import Database from 'better-sqlite3'
import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import type { ReadTx } from '../src/store/store.ts'
import { storeContract } from './store.contract.ts'

let folder: string
let databases = 0
const newPath = () => join(folder, 'made', 'when missing', `${++databases}.db`)

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'ciclo-store-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

storeContract('a SQLite file', async () => `file:${newPath()}`)

describe('the SQLite store', () => {
  const pragma = async (tx: ReadTx, name: string) => {
    const [row] = await tx
      .select({ value: sql<unknown>`${sql.identifier(name)}` })
      .from(sql`${sql.identifier(`pragma_${name}`)}`)
    return row?.value
  }

  it('syncs every commit to disk, on the first open as on each later one', async () => {
    const url = `file:${newPath()}`
    for (const open of ['first', 'second', 'third']) {
      const store = await openStore(url)
      const settings = await store.write(async (tx) => [
        await pragma(tx, 'synchronous'),
        await pragma(tx, 'journal_mode'),
        await pragma(tx, 'foreign_keys'),
      ])
      await store.close()
      // 2 is FULL (https://www.sqlite.org/pragma.html#pragma_synchronous).
      expect([open, ...settings]).toEqual([open, 2, 'wal', 1])
    }
  })

  it('lets timers and requests have their turn between queued writes', async () => {
    const store = await openStore(`file:${newPath()}`)
    const order: string[] = []
    setImmediate(() => order.push('something else'))
    await Promise.all([1, 2, 3].map((place) => store.write(async () => order.push(`write ${place}`))))
    await store.close()
    expect(order).toEqual(['write 1', 'something else', 'write 2', 'write 3'])
  })

  it('does not take a database that a newer version has written', async () => {
    const path = newPath()
    await (await openStore(`file:${path}`)).close()
    const handle = new Database(path)
    handle.exec(`insert into __drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`)
    handle.close()
    await expect(openStore(`file:${path}`)).rejects.toThrow(/it was made by a newer Ciclo; install that one/)
  })

  it('is opened by many processes at once, of which one makes the tables', { timeout: 30_000 }, async () => {
    const path = newPath()
    const source = `
      import { openStore } from ${JSON.stringify(new URL('../src/store/openStore.ts', pathToFileURL(import.meta.filename)).href)}
      const store = await openStore(${JSON.stringify(`file:${path}`)})
      await store.write(async (tx) => {
        await tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId: String(process.pid), receivedAt: 1 })
      })
      await store.close()`
    const ends = await Promise.all(
      [1, 2, 3].map(async () => {
        const child = spawn(process.execPath, ['--input-type=module', '--eval', source], {
          stdio: ['ignore', 'ignore', 'pipe'],
        })
        let errors = ''
        child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()))
        await once(child, 'close')
        return { code: child.exitCode, errors }
      }),
    )
    expect(ends).toEqual(ends.map(() => ({ code: 0, errors: '' })))
    const handle = new Database(path, { readonly: true })
    expect(handle.prepare('select count(*) from receipts').pluck().get()).toBe(3)
    const migrations = handle.prepare('select count(*) from __drizzle_migrations').pluck().get()
    const distinct = handle.prepare('select count(distinct hash) from __drizzle_migrations').pluck().get()
    handle.close()
    expect(migrations).toBe(distinct)
  })

  it.each([
    [
      'a file that is no database',
      'disk',
      (path: string) => writeFileSync(path, 'not a database, however long it may be'.repeat(50)),
    ],
    ['a folder', 'disk', (path: string) => mkdirSync(path)],
  ])('says so when its path names %s', async (_, kind, make) => {
    const path = join(folder, `broken${++databases}.db`)
    make(path)
    const error = await openStore(`file:${path}`).catch((thrown: unknown) => thrown)
    expect((error as Error).message).toContain(`Cannot open the SQLite database ${path}: `)
    const store = await openStore(`file:${newPath()}`)
    expect(store.dialect.classifyError(error)).toBe(kind)
    await store.close()
  })

  it('reports a lock that another process holds as busy', { timeout: 15_000 }, async () => {
    const path = newPath()
    const store = await openStore(`file:${path}`)
    const other = new Database(path)
    other.exec('begin immediate')
    const error = await store.write(async () => 1).catch((thrown: unknown) => thrown)
    expect(store.dialect.classifyError(error)).toBe('busy')
    other.exec('rollback')
    other.close()
    expect(await store.write(async () => 1)).toBe(1)
    await store.close()
  })

  it('reads an existing file only when told to open nothing new', async () => {
    const path = newPath()
    const store = await openStore(`file:${path}`, { readOnly: true })
    await expect(store.read(async () => 1)).rejects.toThrow(`Cannot open the SQLite database ${path}`)
    await store.close()
  })
})
