import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'
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

  it('does not take a database that a newer version has written', async () => {
    await query(
      `insert into drizzle.__drizzle_migrations (hash, created_at) values ('newer', 99999999999999)`,
    )
    await expect(openStore(url)).rejects.toThrow(/it was made by a newer Ciclo; install that one/)
  })

  it('is opened by many processes at once, of which one makes the tables', async () => {
    url = await postgres.createEmptyDatabase()
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

  it('gives up on a server that the network has lost without a word, and goes on when it is back', async () => {
    const target = new URL(url)
    let isFrozen = false
    const proxy = createServer((socket) => {
      const upstream = connect({ host: target.hostname, port: Number(target.port || 5432) })
      const pass = (from: Socket, to: Socket) =>
        from.on('data', (chunk) => void (isFrozen || to.write(chunk)))
      pass(socket, upstream)
      pass(upstream, socket)
      for (const one of [socket, upstream]) one.on('error', () => {}).on('close', () => upstream.destroy())
    }).listen(0, '127.0.0.1')
    await once(proxy, 'listening')
    const way = new URL(url)
    way.hostname = '127.0.0.1'
    way.port = String((proxy.address() as AddressInfo).port)
    const far = await openStore(way.href, { patience: 300, connections: 1 })
    const insert = (messageId: string) =>
      far.write(async (tx) => {
        await tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId, receivedAt: 1 })
      })
    try {
      await insert('before')
      isFrozen = true
      const error = await insert('lost').catch((thrown: unknown) => thrown)
      expect(far.dialect.classifyError(error)).toBe('connection')
      isFrozen = false
      await insert('after')
      expect(await query("select message_id from receipts where message_id <> 'lost' order by 1")).toEqual([
        { message_id: 'after' },
        { message_id: 'before' },
      ])
    } finally {
      await far.close()
      proxy.close()
    }
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
