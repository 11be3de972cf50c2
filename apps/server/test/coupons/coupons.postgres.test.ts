import { sql } from 'drizzle-orm'
import { expect, it, vi } from 'vitest'
import { openStore } from '../../src/store/openStore.ts'
import { giveCoupons } from '../../src/store/queries/coupons.ts'
import type { Store } from '../../src/store/store.ts'
import { usePostgres } from '../support/usePostgres.ts'
import { claimOf, couponsContract, give, importAll } from './coupons.contract.ts'

const createDatabase = usePostgres()

couponsContract('PostgreSQL', createDatabase)

/** A transaction that has given a code and stands still until it is told how to end. */
async function holdOne(databaseUrl: string) {
  const store = await openStore(databaseUrl)
  const reached = Promise.withResolvers<void>()
  const gate = Promise.withResolvers<void>()
  const ended = store
    .write(async (tx) => {
      await giveCoupons(tx, 'w1', [claimOf('held')], 0)
      reached.resolve()
      await gate.promise
    })
    .catch(() => {})
    .then(() => store.close())
  await reached.promise
  return { commit: () => gate.resolve(), crash: () => gate.reject(new Error('a crash')), ended }
}

/** Resolves when some transaction of the database waits for a lock. */
const somebodyWaits = (store: Store) =>
  vi.waitFor(
    async () => {
      const waiting = await store.read((tx) =>
        tx.select({ pid: sql<number>`pid` }).from(sql`pg_locks where not granted`),
      )
      expect(waiting).not.toEqual([])
    },
    { timeout: 10_000 },
  )

it('a process passes the codes that another is just taking, and does not wait for it', async () => {
  const databaseUrl = await createDatabase()
  const store = await openStore(databaseUrl)
  await importAll(store, ['a', 'b', 'c'])
  const held = await holdOne(databaseUrl)
  expect((await give(store, ['1'])).given).toEqual([['1', 'b']])
  held.commit()
  await held.ended
  expect((await give(store, ['2'])).given).toEqual([['2', 'c']])
  await store.close()
})

it.each([
  ['is rolled back', true, { given: [['1', 'a']], missing: [] }],
  ['commits', false, { given: [], missing: ['1'] }],
])('the last code is waited for: its taker %s', async (_how, crashes, expected) => {
  const databaseUrl = await createDatabase()
  const store = await openStore(databaseUrl)
  await importAll(store, ['a'])
  const held = await holdOne(databaseUrl)
  const waiting = give(store, ['1'])
  await somebodyWaits(store)
  if (crashes) held.crash()
  else held.commit()
  expect(await waiting).toEqual(expected)
  await held.ended
  await store.close()
})
