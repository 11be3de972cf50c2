import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { giveCoupons } from '../src/store/queries/coupons.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { insertWebhooks } from '../src/store/queries/webhooks.ts'
import type { Tx } from '../src/store/store.ts'
import { runCliIn, writeIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

let folder: ReturnType<typeof createTestFolder>

beforeEach(async () => {
  folder = createTestFolder()
  writeIn(folder.path, 'orders.csv', 'order_id,date,total,email\no1,2024-01-01,10.00,ann@x.org\n')
  await runCliIn(folder.path, ['import', 'orders', 'orders.csv'])
})
afterEach(() => folder.remove())

const cli = (...argv: string[]) => runCliIn(folder.path, argv)
const said = async (...argv: string[]) => {
  const run = await cli(...argv)
  expect(run).toMatchObject({ code: 0, warned: [] })
  return run.said
}
/** What a server's loops and journeys do. */
async function change(work: (tx: Tx, workspaceId: string) => Promise<unknown>): Promise<void> {
  const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`)
  await store.write(async (tx) => await work(tx, (await firstWorkspaceId(tx)) ?? ''))
  await store.close()
}

it('imports, lists and deletes codes where no server runs', async () => {
  expect(await said('coupons', 'list')).toEqual(['No codes were imported.'])
  const file = writeIn(folder.path, 'codes.csv', 'code,amount\nA-1,5\nA-2,5\n')
  expect(await said('coupons', 'import', 'spring', file)).toEqual([
    'spring: 2 added, 0 there already, 0 refused; 2 are free',
  ])
  const worse = writeIn(folder.path, 'worse.txt', `A-2\n\n${'x'.repeat(101)}\n\u001b[31mA-3\nA-4\n`)
  expect(await cli('coupons', 'import', 'spring', worse)).toEqual({
    code: 2,
    said: ['spring: 1 added, 1 there already, 2 refused; 3 are free'],
    warned: [
      'line 3: "given 101 characters, expected at most 100"',
      'line 4: "given a control or an invisible character, expected none"',
    ],
  })
  await change((tx, workspaceId) =>
    giveCoupons(tx, workspaceId, [{ claim: 'x', pool: 'spring', customerId: 'c1' }], 0),
  )
  expect(await said('coupons', 'list')).toEqual(['spring  2 free, 1 taken'])
  expect(await said('coupons', 'codes', 'spring')).toEqual([
    '"A-1"  taken  1970-01-01T00:00:00.000Z  c1',
    '"A-2"  free   -  -',
    '"A-4"  free   -  -',
  ])
  expect(await said('coupons', 'codes', 'spring', '--state', 'taken')).toHaveLength(1)
  expect(await said('coupons', 'delete', 'spring')).toEqual(['spring: 2 deleted, 1 that customers have stay'])
  expect(await cli('coupons', 'delete', 'winter')).toMatchObject({
    code: 1,
    warned: ['There is no pool winter'],
  })
  expect(await cli('coupons', 'import', 'spring', 'none.csv')).toMatchObject({ code: 1 })
})

it('lists webhooks, sends one again, and shows the secret where no server runs', async () => {
  expect(await said('webhooks', 'list')).toEqual(['There is none.'])
  await change(async (tx, workspaceId) => {
    const asked = { enrolmentId: 'e', journeyId: 'j', stepId: 's', url: 'https://hook.example/\u0085', at: 0 }
    await insertWebhooks(tx, workspaceId, [{ ...asked, id: 'one', customerId: 'c1', data: { a: 1 } }], 0)
    await tx.update(tx.tables.webhooks).set({ state: 'dead', reason: 'answered 500: \u009b', endedAt: 1 })
  })
  const [line = ''] = await said('webhooks', 'list', '--state', 'dead')
  expect(line).toMatch(
    /^msg_\S+ {2}1970-01-01T00:00:00.000Z {2}dead {7}0 {2}"https:\/\/hook.example\/\\u0085" {2}"answered 500: \\u009b"$/,
  )
  const [id = ''] = line.split(' ')
  expect(JSON.parse((await said('webhooks', 'show', id)).join('\n'))).toMatchObject({
    body: { data: { a: 1 } },
  })
  expect(await said('webhooks', 'retry', id)).toEqual([`${id}: is sent when a server runs`])
  expect(await cli('webhooks', 'retry', id)).toMatchObject({
    code: 1,
    warned: [`The webhook ${id} is queued, expected refused or dead`],
  })
  const secret = await cli('webhooks', 'secret')
  expect(secret).toMatchObject({ code: 0, said: [expect.stringMatching(/^whsec_/)] })
  expect((await cli('webhooks', 'secret')).said).toEqual(secret.said)
  expect((await cli('webhooks', 'secret', '--renew')).said).not.toEqual(secret.said)
})
