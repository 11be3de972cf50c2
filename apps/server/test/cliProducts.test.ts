import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { saveProducts } from '../src/store/queries/products.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

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
    const nothing = {
      sku: null,
      brand: null,
      category: null,
      url: null,
      imageUrl: null,
      price: null,
      currency: null,
    }
    const words = Array.from({ length: 201 }, (_, n) => ({
      facts: { ...nothing, id: `p${n}`, name: `Name ${n}` },
      trusted: n > 0,
      at: 1,
    }))
    await saveProducts(tx, workspaceId, words)
  })
  await store.close()
  expect((await cli('products', 'list')).said).toHaveLength(201)
  expect((await cli('products', 'list', '--trusted')).said).toHaveLength(200)
  expect((await cli('products', 'list', '--no-trusted')).said).toEqual(['p0  browser  Name 0'])
  expect(JSON.parse((await cli('products', 'show', 'p7')).said.join('\n'))).toMatchObject({ name: 'Name 7' })
  expect(await cli('products', 'show', 'none')).toMatchObject({
    code: 1,
    warned: ['There is no product none'],
  })
})
