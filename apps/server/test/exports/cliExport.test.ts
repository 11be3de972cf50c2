import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { EXPORTED } from '../../src/exports/exported.ts'
import { runCliIn, writeIn } from '../cli.support.ts'
import { createTestFolder } from '../support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>
beforeEach(async () => {
  folder = createTestFolder()
  const rows = ['order_id,date,total,email', 'o1,2024-01-01,10.00,ann@x.org', 'o2,2024-02-01,10.00,bob@x.org']
  writeIn(folder.path, 'orders.csv', rows.join('\n'))
  expect(await cli('import', 'orders', 'orders.csv')).toMatchObject({ code: 0 })
})
afterEach(() => folder.remove())

const cli = async (...argv: string[]) => await runCliIn(folder.path, argv)

it('writes everything into a folder of files that nobody else can read', async () => {
  const run = await cli('export', 'all', '--out', 'away')
  expect(run).toMatchObject({ code: 0 })
  const away = join(folder.path, 'away')
  const files = readdirSync(away)
  for (const what of EXPORTED) expect(files.some((file) => file.startsWith(`${what}.`))).toBe(true)
  expect(files.filter((file) => file.endsWith('.part'))).toEqual([])
  expect(statSync(join(away, 'customers.csv')).mode & 0o077).toBe(0)
  expect(readFileSync(join(away, 'orders.csv'), 'utf8').match(/@x\.org/g)).toHaveLength(2)
  // Journeys come as the files that are pushed.
  expect(readdirSync(join(away, 'journeys')).every((file) => file.endsWith('.yaml'))).toBe(true)
})

it('writes one kind of thing into one file, and refuses what there is not', async () => {
  expect(await cli('export', 'customers', '--format', 'json')).toMatchObject({ code: 0 })
  const people = readFileSync(join(folder.path, 'customers.jsonl'), 'utf8').trim().split('\n')
  expect(people.map((line) => (JSON.parse(line) as { email: string }).email).toSorted()).toEqual([
    'ann@x.org',
    'bob@x.org',
  ])
  for (const [argv, why] of [
    [['passwords'], 'Given passwords, expected one of customers'],
    [['customers', '--format', 'xml'], '--format: given xml, expected csv or json'],
    [['journeys', '--format', 'csv'], '--format: given csv for journeys, expected json'],
    [['customers', '--email', 'a@x.org'], 'Given customers and a customer, expected one of them'],
  ] as const) {
    const { code, warned } = await cli('export', ...argv)
    expect(code).toBe(1)
    expect(warned.join('\n')).toContain(why)
  }
})
