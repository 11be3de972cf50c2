import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it, onTestFinished } from 'vitest'
import { backupSqlite } from '../src/store/backupSqlite.ts'
import { createTestFolder } from './support/createTestFolder.ts'

it('a backup is one moment of a database, however often others write meanwhile', async () => {
  const { path, remove } = createTestFolder()
  onTestFinished(remove)
  const [source, target] = [join(path, 'source.db'), join(path, 'target.db')]
  const writer = new Database(source)
  onTestFinished(() => void writer.close())
  writer.pragma('journal_mode = WAL')
  writer.pragma('synchronous = OFF')
  writer.exec('create table rows (id integer primary key, weight blob)')
  const insert = writer.prepare('insert into rows (weight) values (zeroblob(4000))')
  const insertMany = writer.transaction((count: number) => {
    for (let row = 0; row < count; row += 1) insert.run()
  })
  insertMany(10_000)
  let steps = 0
  await backupSqlite(source, target, () => {
    steps += 1
    if (steps > 50) throw new Error('The backup begins anew with each write')
    insertMany(10)
  })
  expect(steps).toBeGreaterThan(2)
  const copy = new Database(target, { readonly: true })
  onTestFinished(() => void copy.close())
  expect(copy.prepare('select count(*) from rows').pluck().get()).toBe(10_000)
})
