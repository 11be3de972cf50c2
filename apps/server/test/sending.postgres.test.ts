import { expect, it } from 'vitest'
import type { RulesCache } from '../src/ingest/rulesCache.ts'
import { openStore } from '../src/store/openStore.ts'
import { crashedMailsContract } from './crashedMails.contract.ts'
import { addCustomer, addMessage, claim, rulesOf, sendingContract } from './sending.contract.ts'
import { usePostgres } from './support/usePostgres.ts'

const createDatabase = usePostgres()

sendingContract('PostgreSQL', createDatabase)
crashedMailsContract('PostgreSQL', createDatabase)

it('two processes that claim mails to one customer at once send only what the cap allows', async () => {
  const url = await createDatabase()
  const stores = await Promise.all([openStore(url), openStore(url)])
  const [store] = stores
  await addCustomer(store, 'ann')
  for (const id of ['m1', 'm2']) await addMessage(store, id)
  const rules = rulesOf({ cap: { perDay: 1 } })
  let claiming = 0
  const both = Promise.withResolvers<void>()
  // Each has claimed its mail by then, and neither has looked at the customer.
  const cache: RulesCache = {
    rulesFor: async () => {
      claiming += 1
      if (claiming === 2) both.resolve()
      await both.promise
      return () => rules
    },
  }
  const claims = await Promise.all(stores.map((one) => claim(one, cache, { limit: 1 })))
  expect(claims.map(({ taken }) => taken)).toEqual([1, 1])
  expect(claims.flatMap(({ dispatches }) => dispatches)).toHaveLength(1)
  for (const one of stores) await one.close()
})
