import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ExportSchema } from '../src/routes/exportSchema.ts'
import { openStore } from '../src/store/openStore.ts'
import { runCliIn, writeIn, type CliRun } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

const cli = async (...argv: string[]): Promise<CliRun> => await runCliIn(folder.path, argv)

const importOrders = async (...rows: string[]) => {
  const file = writeIn(folder.path, 'orders.csv', ['order_id,date,total,email', ...rows].join('\n'))
  return await cli('import', 'orders', file)
}

/** Writes to the database as no command does. */
const inStore = async (
  write: (tx: Parameters<Parameters<Awaited<ReturnType<typeof openStore>>['write']>[0]>[0]) => Promise<void>,
) => {
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(write)
  await store.close()
}

it('exports, erases and audits by itself where no server runs', async () => {
  await importOrders('o1,2024-01-01,10.00,ann@x.org', 'o2,2024-02-01,10.00,bob@x.org')
  const exported = await cli('export', '--email', 'Ann@x.org', '--output', 'ann.json')
  expect(exported).toMatchObject({ code: 0, warned: [] })
  const path = join(folder.path, 'ann.json')
  const { customers } = ExportSchema.parse(JSON.parse(readFileSync(path, 'utf8')))
  expect(customers.map(({ orders }) => orders.map(({ id }) => id))).toEqual([['o1']])
  expect(statSync(path).mode & 0o077).toBe(0)

  const preview = await cli('erase', '--email', 'ann@x.org')
  expect(preview.said.join('\n')).toContain('Nothing was removed')
  const erased = await cli('erase', '--email', 'ann@x.org', '--yes')
  expect(erased).toMatchObject({ code: 0, warned: [] })
  expect(erased.said.join('\n')).toMatch(/events +1/)
  expect((await cli('export', '--email', 'ann@x.org')).code).toBe(1)
  for (const file of ['ciclo.db', 'ciclo.db-wal']) {
    const bytes = readFileSync(join(folder.path, file), { flag: 'a+' }).toString('latin1')
    expect(bytes).not.toContain('ann@x.org')
  }
  const again = await importOrders('o3,2024-03-01,10.00,ann@x.org', 'o4,2024-03-01,10.00,bob@x.org')
  expect(again.code).toBe(2)
  expect(again.said.join('\n')).toMatch(/erased +1/)

  const { said } = await cli('audit')
  expect(said.map((line) => line.split('  ').slice(1, 3))).toEqual([
    ['cli', 'customer.erased'],
    ['cli', 'customer.exported'],
  ])
})

it('does nothing for a file that cannot be written', async () => {
  await importOrders('o1,2024-01-01,10.00,ann@x.org')
  const nowhere = join(folder.path, 'none', 'ann.json')
  const why = 'expected a file in a folder that exists and can be written to'
  for (const argv of [
    ['export', '--email', 'ann@x.org', '--output', nowhere],
    ['backup', nowhere],
  ])
    expect(await cli(...argv)).toEqual({ code: 1, said: [], warned: [`${nowhere}: ${why}`] })
  expect(await cli('export', '--email', 'ann@x.org', '--output', folder.path)).toMatchObject({
    code: 1,
    warned: [`${folder.path}: given a folder, expected a file`],
  })
  expect((await cli('audit')).said).toEqual(['No entries.'])
})

it('wants one name, and says what is wrong', async () => {
  await importOrders('o1,2024-01-01,10.00,ann@x.org')
  for (const argv of [['export'], ['erase', '--email', 'a@x.org', '--id', '1', '--yes']]) {
    const { code, warned } = await cli(...argv)
    expect(code).toBe(1)
    expect(warned.join('\n')).toContain('expected one of --email, --user-id, --id')
  }
  const wrong = await cli('erase', '--email', 'nonsense', '--yes')
  expect(wrong.warned).toEqual(['email: expected an e-mail address'])
})

it('lists, shows, retries, drops and un-parks', async () => {
  await importOrders('o1,2024-01-01,10.00,ann@x.org')
  let id = ''
  await inStore(async (tx) => {
    const { customers } = tx.tables
    const [row] = await tx.select().from(customers)
    if (!row) throw new Error('nobody was imported')
    id = row.id
    const changes = { parked: 'RangeError: a test' }
    await tx
      .insert(customers)
      .values(row)
      .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: changes })
  })
  expect((await importOrders('o2,2024-02-01,10.00,ann@x.org', 'o3,2024-02-02,9.00,ann@x.org')).code).toBe(2)
  const listed = await cli('parked', 'list')
  expect(listed.said).toHaveLength(3)
  expect(listed.said[0]).toBe(`customer  ${id}  "RangeError: a test"`)
  const [first, second] = ['ciclo:import/order/o2', 'ciclo:import/order/o3']
  expect(listed.said.slice(1).join('\n')).toContain(first)
  expect((await cli('parked', 'show', first)).said.join('\n')).toContain('"total": "10.00"')
  expect(await cli('parked', 'retry', first)).toMatchObject({ code: 2 })
  expect((await cli('parked', 'retry')).said).toEqual(['2 tried, 0 applied, 2 parked again'])
  expect((await cli('parked', 'drop', second)).said).toEqual(['Dropped.'])
  const unparked = await cli('customer', 'unpark', id)
  expect(unparked).toMatchObject({ code: 0, said: ['Un-parked: 1 inputs tried, 1 applied, 0 parked'] })
  expect((await cli('parked', 'list')).said).toEqual(['Nothing is parked.'])
  expect(await cli('parked', 'show', first)).toMatchObject({
    code: 1,
    warned: ['Nothing is parked under this id'],
  })
})
