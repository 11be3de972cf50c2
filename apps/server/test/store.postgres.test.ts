import { eq } from 'drizzle-orm'
import pg from 'pg'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import type { Store, Tx } from '../src/store/store.ts'
import { storeContract } from './store.contract.ts'
import { claimMessages, customerOf, messageOf } from './store.fixtures.ts'
import { startPostgres, type TestPostgres } from './support/postgres.ts'

let postgres: TestPostgres

beforeAll(async () => {
  postgres = await startPostgres()
}, 60_000)
afterAll(async () => {
  await postgres?.stop()
})

storeContract('PostgreSQL', () => postgres.createDatabase())

describe('the PostgreSQL store', () => {
  let url: string
  let store: Store
  beforeEach(async () => {
    url = await postgres.createDatabase()
    store = await openStore(url)
  })
  afterEach(async () => {
    await store?.close()
  })

  const query = async (statement: string, values: unknown[] = []) => {
    const client = new pg.Client({ connectionString: url })
    await client.connect()
    try {
      return (await client.query<Record<string, unknown>>(statement, values)).rows
    } finally {
      await client.end()
    }
  }

  it('is opened by many processes at once, of which one makes the tables', async () => {
    url = await postgres.createDatabase()
    const stores = await Promise.all([1, 2, 3, 4].map(() => openStore(url, { connections: 2 })))
    await Promise.all(stores.map((opened) => opened.close()))
    const [row] = await query(
      'select count(*)::int as all, count(distinct hash)::int as distinct from drizzle.__drizzle_migrations',
    )
    expect(row?.['all']).toBe(row?.['distinct'])
  })

  it('claims around the rows that another claimer holds, without waiting for it', async () => {
    const ids = ['m1', 'm2', 'm3', 'm4', 'm5']
    await store.write(async (tx) => {
      await tx.insert(tx.tables.messages).values(ids.map((id, place) => messageOf('w', id, place)))
    })
    const claimed = Promise.withResolvers<string[]>()
    const release = Promise.withResolvers<void>()
    const claim = async (tx: Tx) =>
      (await claimMessages(tx, 'w', 2, 1)).map((message) => message.id).toSorted()
    const first = store.write(async (tx) => {
      claimed.resolve(await claim(tx))
      await release.promise
    })
    await Promise.race([claimed.promise, first])
    expect(await store.write(claim)).toEqual(['m3', 'm4'])
    release.resolve()
    await first
    expect(await claimed.promise).toEqual(['m1', 'm2'])
    expect(await store.write(claim)).toEqual(['m5'])
  })

  it('runs a write again when it had to give way in a deadlock', async () => {
    await store.write(async (tx) => {
      await tx.insert(tx.tables.customers).values([customerOf('w', 'c1'), customerOf('w', 'c2')])
    })
    let runs = 0
    let waiting = 0
    const both = Promise.withResolvers<void>()
    const lockInOrder = async (tx: Tx, order: string[]) => {
      runs++
      const { customers } = tx.tables
      for (const id of order) {
        await tx.update(customers).set({ orderCount: runs }).where(eq(customers.id, id))
        if (++waiting === 2) both.resolve()
        await both.promise
      }
      return order
    }
    const results = await Promise.all([
      store.write((tx) => lockInOrder(tx, ['c1', 'c2'])),
      store.write((tx) => lockInOrder(tx, ['c2', 'c1'])),
    ])
    expect(results).toEqual([
      ['c1', 'c2'],
      ['c2', 'c1'],
    ])
    expect(runs).toBe(3)
  })

  it('reports a connection that is cut off in a write, commits nothing of it, and goes on', async () => {
    const insert = async (tx: Tx, messageId: string) => {
      await tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId, receivedAt: 1 })
    }
    const cut = store.write(async (tx) => {
      await insert(tx, 'm1')
      await query(
        `select pg_terminate_backend(pid) from pg_stat_activity
         where application_name = 'ciclo' and datname = current_database()`,
      )
      await insert(tx, 'm2')
    })
    const error = await cut.catch((thrown: unknown) => thrown)
    expect(store.dialect.classifyError(error)).toBe('connection')
    await store.write((tx) => insert(tx, 'm3'))
    expect(await query('select message_id from receipts')).toEqual([{ message_id: 'm3' }])
  })

  it.each([
    ['nobody listens', (given: URL) => void (given.port = '1')],
    ['the password is wrong', (given: URL) => void (given.password = 'wrong-secret')],
    ['there is no such database', (given: URL) => void (given.pathname = '/absent')],
  ])('says that it cannot open when %s, without the password', async (_, change) => {
    const given = new URL(url)
    given.password ||= 'secret'
    change(given)
    const error = (await openStore(given.href).catch((thrown: unknown) => thrown)) as Error
    expect(error.message).toContain(
      `Cannot open the PostgreSQL database ${given.pathname.slice(1)} on ${given.host}: `,
    )
    expect(error.message).not.toContain(given.password)
    expect(store.dialect.classifyError(error)).toBe('connection')
  })
})
