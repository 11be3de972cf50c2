import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { saveProducts } from '../src/store/queries/products.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const NOTHING_SAID = {
  sku: null,
  brand: null,
  category: null,
  url: null,
  imageUrl: null,
  price: null,
  currency: null,
}

let folder: ReturnType<typeof createTestFolder>

beforeEach(() => {
  folder = createTestFolder()
})
afterEach(() => folder.remove())

it('lists the catalogue and shows a product by itself where no server runs', async () => {
  const cli = (...argv: string[]) => runCliIn(folder.path, argv)
  const orders = writeIn(
    folder.path,
    'orders.csv',
    'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org',
  )
  await cli('import', 'orders', orders)
  expect(await cli('products', 'list')).toEqual({ code: 0, said: ['No product is known.'], warned: [] })
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(async (tx) => {
    const workspaceId = (await firstWorkspaceId(tx)) ?? ''
    const words = Array.from({ length: 201 }, (_, n) => ({
      facts: { ...NOTHING_SAID, id: `p${n}`, name: `Name ${n}` },
      trusted: n > 0,
      at: 1,
    }))
    await saveProducts(tx, workspaceId, words)
  })
  await store.close()
  expect((await cli('products', 'list')).said).toHaveLength(201)
  expect((await cli('products', 'list', '--trusted')).said).toHaveLength(200)
  expect((await cli('products', 'list', '--no-trusted')).said).toEqual(['"p0"  browser  "Name 0"'])
  expect(JSON.parse((await cli('products', 'show', 'p7')).said.join('\n'))).toMatchObject({ name: 'Name 7' })
  expect(await cli('products', 'show', 'none')).toMatchObject({
    code: 1,
    warned: ['There is no product none'],
  })
})

it('lets nothing act on the terminal that somebody else has written', async () => {
  const file = writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org')
  await runCliIn(folder.path, ['import', 'orders', file])
  const evil = '\u001b]0;title\u0007\u009b2J\u007f\u202eok'
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(async (tx) => {
    const workspaceId = (await firstWorkspaceId(tx)) ?? ''
    await saveProducts(tx, workspaceId, [
      { facts: { ...NOTHING_SAID, id: evil, name: evil }, trusted: false, at: 1 },
    ])
    const event = { type: 'track', name: evil, userId: 'u', properties: {}, traits: {}, context: {} }
    const input = { kind: 'event', id: evil, at: 1, receivedAt: 1, source: 'secret', event }
    await tx
      .insert(tx.tables.parked)
      .values([{ workspaceId, id: evil, customerId: null, error: evil, at: 1, input }])
    const { customers } = tx.tables
    const [row] = await tx.select().from(customers)
    if (!row) throw new Error('nobody was imported')
    await tx
      .insert(customers)
      .values(row)
      .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { parked: evil } })
  })
  await store.close()
  for (const argv of [
    ['products', 'list'],
    ['products', 'show', evil],
    ['parked', 'list'],
    ['parked', 'show', evil],
    ['export', '--email', 'ann@x.org'],
  ]) {
    const { said, warned } = await runCliIn(folder.path, argv)
    const shown = said.join('')
    expect([argv, warned, shown]).toEqual([argv, [], expect.stringContaining('title')])
    expect([argv, shown]).toEqual([argv, expect.not.stringMatching(/[\p{Cc}\u202e]/u)])
  }
})

it('takes a feed over, first to look at it, and says which of its items were refused', async () => {
  const cli = (...argv: string[]) => runCliIn(folder.path, argv)
  await cli(
    'import',
    'orders',
    writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org'),
  )
  const feed = writeIn(
    folder.path,
    'feed.xml',
    `<rss xmlns:g="http://base.google.com/ns/1.0"><channel><item><g:id>a</g:id><g:title>Oil</g:title><g:price>3 EUR</g:price></item>
    <item><g:id>b</g:id><g:price>cheap</g:price></item></channel></rss>`,
  )
  const looked = await cli('products', 'import', feed, '--dry-run')
  expect(looked).toMatchObject({ code: 2 })
  expect(looked.said.slice(0, 4)).toEqual([
    'feed.xml: 1 products, nothing is stored',
    '  changed    1',
    '  unchanged  0',
    '  refused    1',
  ])
  expect((await cli('products', 'list')).said).toEqual(['No product is known.'])
  expect((await cli('products', 'import', feed)).said.at(-1)).toContain('row 2: price: given "cheap"')
  expect((await cli('products', 'list')).said).toEqual(['"a"  shop     "Oil"'])
  expect((await cli('products', 'import', feed, '--dry-run')).said).toContain('  unchanged  1')
})
