import { afterAll, beforeAll, expect, it } from 'vitest'
import { newSenderRow } from '../../src/sending/newSenderRow.ts'
import { createSenders } from '../../src/sending/senders.ts'
import { openStore } from '../../src/store/openStore.ts'
import { saveSender, type SenderRow } from '../../src/store/queries/senders.ts'
import type { ReadTx, Store } from '../../src/store/store.ts'
import { useSqlite } from '../support/useSqlite.ts'

const createDatabase = useSqlite()
const senders = createSenders({
  secret: 'a secret of the tests, long enough',
  smtpUrl: 'smtp://own.example',
  from: () => ({ name: 'Shop', address: 'shop@own.example' }),
})
const row = (id: string, more: Partial<SenderRow> = {}): SenderRow => ({
  ...newSenderRow({ workspaceId: 'w1', id, purpose: 'marketing', now: 0 }),
  fromAddress: `${id}@shop.example`,
  status: 'live',
  ...more,
})

let store: Store
beforeAll(async () => {
  store = await openStore(await createDatabase())
  await store.write(async (tx) => {
    for (const one of [
      row('news', { isMain: true }),
      row('vip'),
      row('old', { status: 'stopped', reason: 'by hand', isMain: false }),
      row('draft', { status: 'draft', isMain: true }),
      row('orders', { purpose: 'transactional' }),
    ])
      await saveSender(tx, one, 0)
    await saveSender(tx, { ...row('news', { isMain: true }), workspaceId: 'w3', status: 'stopped' }, 0)
  })
})
afterAll(() => store.close())

it.each<[string, string, 'marketing' | 'transactional', string | null, object]>([
  ['of whom nothing is said is by the main one', 'w1', 'marketing', null, { id: 'news', stopped: null }],
  ['that names one is by that one', 'w1', 'marketing', 'vip', { id: 'vip' }],
  ['that names one that was stopped waits', 'w1', 'marketing', 'old', { id: 'old', stopped: 'by hand' }],
  ['that names a draft is by the main one', 'w1', 'marketing', 'draft', { id: 'news' }],
  ['that names nobody is by the main one', 'w1', 'marketing', 'gone', { id: 'news' }],
  ['that names one of the other purpose is not by it', 'w1', 'marketing', 'orders', { id: 'news' }],
  [
    'of a purpose without a main one is by the installation',
    'w1',
    'transactional',
    null,
    {
      id: 'transactional',
      smtpUrl: 'smtp://own.example',
      from: { address: 'shop@own.example' },
      stopped: null,
    },
  ],
  ['of another workspace is by none of these', 'w2', 'marketing', 'vip', { id: 'marketing' }],
  ['whose main one was stopped waits', 'w3', 'marketing', null, { id: 'news', stopped: 'by hand' }],
])('a mail %s', async (_sentence, workspaceId, purpose, wanted, expected) => {
  expect(await store.read((tx) => senders.senderOf(tx, workspaceId, purpose, wanted))).toMatchObject({
    workspaceId,
    purpose,
    ...expected,
  })
})

it('a workspace is read once in a transaction, and anew in the next', async () => {
  let queries = 0
  const ask = () =>
    store.read(async (tx) => {
      const counted: ReadTx = {
        ...tx,
        select: ((...given: Parameters<ReadTx['select']>) => (
          queries++,
          tx.select(...given)
        )) as ReadTx['select'],
      }
      for (let turn = 0; turn < 50; turn += 1) {
        await senders.senderOf(counted, 'w1', 'marketing', null)
        await senders.senderOf(counted, 'w1', 'transactional', 'vip')
      }
    })
  await ask()
  expect(queries).toBe(1)
  await ask()
  expect(queries).toBe(2)
})
