import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { markBuilt, readBuilding, saveMemberships } from '../src/store/queries/segments.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const ORDERED = { kind: 'orders', figure: 'count', condition: { operator: 'atLeast', value: 2 } }

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

/** What the job of a server does. */
async function build(customerIds: (ids: string[]) => string[]) {
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(async (tx) => {
    const workspaceId = (await firstWorkspaceId(tx)) ?? ''
    const ids = (await tx.select({ id: tx.tables.customers.id }).from(tx.tables.customers)).map(
      ({ id }) => id,
    )
    const members = customerIds(ids).map((id) => ({ id, segments: { loyal: 1 } }))
    const changes = members.map((customer) => ({ customer, stored: null, isRebuilt: true }))
    await saveMemberships(tx, workspaceId, changes, [])
    await markBuilt(tx, workspaceId, await readBuilding(tx, workspaceId))
  })
  await store.close()
}

it('previews, saves, lists, exports and deletes segments where no server runs', async () => {
  const cli = (...argv: string[]) => runCliIn(folder.path, argv)
  const said = async (...argv: string[]) => {
    const run = await cli(...argv)
    expect(run).toMatchObject({ code: 0, warned: [] })
    return run.said
  }
  const rows = [
    'o1,2024-01-01,10.00,ann@x.org',
    'o2,2024-02-01,10.00,ann@x.org',
    'o3,2024-02-01,10.00,bob@x.org',
  ]
  const orders = writeIn(folder.path, 'orders.csv', ['order_id,date,total,email', ...rows].join('\n'))
  const rule = writeIn(folder.path, 'loyal.json', JSON.stringify(ORDERED))
  await cli('import', 'orders', orders)

  expect(await said('segments', 'list')).toEqual(['No segment is saved.'])
  expect(await said('segments', 'preview', rule, '--at', '2025-01-01')).toEqual([
    '1 customers at 2025-01-01T00:00:00.000Z',
    '  rule (orders): 1 by itself, 2 without it',
    expect.stringMatching(/^\S+ {2}"ann@x.org" {2}-$/),
  ])

  expect(await said('segments', 'save', 'loyal', rule, '--name', 'Loyal ones')).toEqual([
    'loyal: saved, and live when the server has looked at everybody once',
  ])
  expect(await cli('segments', 'export', 'loyal')).toMatchObject({
    code: 1,
    warned: ['The segment loyal is still being built: its members are not complete yet'],
  })
  await build((ids) => ids.slice(0, 1))
  expect(await said('segments', 'list')).toEqual(['loyal         1  live      "Loyal ones"'])

  expect(await said('segments', 'export', 'loyal')).toEqual([
    expect.stringMatching(/^id,email,userId,since/),
    expect.stringContaining('ann@x.org'),
  ])
  await cli('segments', 'export', 'loyal', '--format', 'jsonl', '--output', 'loyal.jsonl')
  const file = join(folder.path, 'loyal.jsonl')
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ email: 'ann@x.org', orders: { count: 2 } })
  expect((statSync(file).mode & 0o777).toString(8)).toBe('600')

  expect(await said('segments', 'delete', 'loyal')).toEqual(['loyal: deleted'])
  expect(await cli('segments', 'delete', 'loyal')).toMatchObject({
    code: 1,
    warned: ['There is no segment loyal'],
  })
  // Each command that looks at everybody starts a process of its own.
}, 60_000)

it.each<[content: string, message: RegExp]>([
  ['{', /rule\.json: expected a rule as JSON: /],
  ['{"kind":"order"}', /^rule\.kind: given "order", expected one of /],
])('refuses a file with %s', async (content, message) => {
  const orders = writeIn(
    folder.path,
    'orders.csv',
    'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org',
  )
  await runCliIn(folder.path, ['import', 'orders', orders])
  const file = writeIn(folder.path, 'rule.json', content)
  expect(await runCliIn(folder.path, ['segments', 'preview', file])).toEqual({
    code: 1,
    said: [],
    warned: [expect.stringMatching(message)],
  })
  expect((await runCliIn(folder.path, ['segments', 'preview', 'none.json'])).warned.join()).toContain(
    'cannot be read',
  )
})
