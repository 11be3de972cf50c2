import { copyFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { createTestFolder } from './support/createTestFolder.ts'

it("what a dead process left in SQLite's log is written into the file before anything is added", async () => {
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  const [before, after] = [join(path, 'before.db'), join(path, 'after.db')]
  const first = await openStore(`file:${before}`)
  await first.write((tx) =>
    tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId: 'm', receivedAt: 1 }),
  )
  // As a crash leaves it: without a last checkpoint.
  for (const suffix of ['', '-wal']) copyFileSync(`${before}${suffix}`, `${after}${suffix}`)
  await first.close()
  expect(statSync(`${after}-wal`).size).toBeGreaterThan(0)

  const second = await openStore(`file:${after}`)
  expect(statSync(`${after}-wal`).size).toBe(0)
  const file = new Database(after, { readonly: true })
  expect(file.prepare('select count(*) from receipts').pluck().get()).toBe(1)
  file.close()
  await second.close()
})
