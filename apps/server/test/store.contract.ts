import { and, asc, count, eq } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { excluded } from '../src/store/excluded.ts'
import { acquireLease, releaseLease } from '../src/store/leases.ts'
import { openStore } from '../src/store/openStore.ts'
import type { Store, Tx } from '../src/store/store.ts'
import { at, claimMessages, countReceipts, customerOf, eventOf, messageOf } from './store.fixtures.ts'
import { storeQueriesContract } from './store.queries.contract.ts'

/** A promise and the function that resolves it. */
const makeGate = () => Promise.withResolvers<void>()

/** What every store must do, whichever database is behind it. `createDatabase` returns the url of a new, empty one. */
export const storeContract = (name: string, createDatabase: () => Promise<string>) => {
  describe(name, () => {
    let url: string
    let store: Store
    // A workspace each keeps the tests apart in one database.
    let workspaceId = ''
    let workspaces = 0

    beforeAll(async () => {
      url = await createDatabase()
      store = await openStore(url)
    })
    afterAll(async () => {
      await store?.close()
    })
    const newWorkspace = () => {
      workspaceId = `w${++workspaces}`
      return workspaceId
    }

    describe('keeps values as they are', () => {
      it.each<[string, unknown]>([
        [
          'an object with null, nesting and unicode',
          { a: null, b: [1, [2, { c: 'Zoë 🛒 \u2028 "\\' }]], '': 0 },
        ],
        ['an empty array', []],
        ['a text', 'plain'],
        ['a text that reads like a number', '123'],
        ['a text that reads like JSON', '{"a":1}'],
        ['a fraction with all its digits', 0.1 + 0.2],
        ['a large number', Number.MAX_SAFE_INTEGER],
        ['true', true],
        ['false', false],
      ])('json: %s', async (_, body) => {
        newWorkspace()
        await store.write(async (tx) => {
          await tx.insert(tx.tables.events).values(eventOf(workspaceId, 'm1', body))
        })
        const rows = await store.read(async (tx) => {
          const { events } = tx.tables
          return await tx.select().from(events).where(eq(events.workspaceId, workspaceId))
        })
        expect(rows).toEqual([eventOf(workspaceId, 'm1', body)])
      })

      it('times at both ends of what a date can be, booleans, defaults and nulls', async () => {
        newWorkspace()
        const order = { workspaceId, customerId: 'c1', currency: 'USD', total: 2_997, trusted: true }
        const leftOut = { told: true, discount: null, coupon: null, refunds: null }
        const customer = {
          ...customerOf(workspaceId, 'c1'),
          wakeAt: 8_640_000_000_000_000,
          firstOrderAt: -at,
        }
        const [savedOrders, savedCustomers] = await store.write(async (tx) => {
          await tx.insert(tx.tables.orders).values([
            { ...order, id: 'o1', at: 8_640_000_000_000_000 },
            { ...order, id: 'o2', at: -8_640_000_000_000_000, refunded: -5, cancelled: true, trusted: false },
          ])
          await tx.insert(tx.tables.customers).values(customer)
          const { orders, customers } = tx.tables
          return [
            await tx.select().from(orders).where(eq(orders.workspaceId, workspaceId)).orderBy(asc(orders.id)),
            await tx.select().from(customers).where(eq(customers.workspaceId, workspaceId)),
          ] as const
        })
        expect(savedOrders).toEqual([
          { ...order, ...leftOut, id: 'o1', at: 8_640_000_000_000_000, refunded: 0, cancelled: false },
          {
            ...order,
            ...leftOut,
            id: 'o2',
            at: -8_640_000_000_000_000,
            refunded: -5,
            cancelled: true,
            trusted: false,
          },
        ])
        const empty = [
          'mergedInto',
          'email',
          'userId',
          'claimedEmail',
          'claimedUserId',
          'lastOrderAt',
          'parked',
        ]
        expect(savedCustomers).toEqual([
          { ...customer, orderCount: 0, ...Object.fromEntries(empty.map((column) => [column, null])) },
        ])
      })
    })

    it('tells by returning which rows an insert that does nothing on conflict has made', async () => {
      newWorkspace()
      const insert = async (ids: string[]) =>
        await store.write(
          async (tx) =>
            await tx
              .insert(tx.tables.receipts)
              .values(ids.map((messageId) => ({ workspaceId, messageId, receivedAt: at })))
              .onConflictDoNothing()
              .returning({ messageId: tx.tables.receipts.messageId }),
        )
      expect(await insert(['m1', 'm2'])).toEqual([{ messageId: 'm1' }, { messageId: 'm2' }])
      expect(await insert(['m2', 'm3', 'm3', 'm1'])).toEqual([{ messageId: 'm3' }])
    })

    it('updates many rows at once by what the conflicting rows would have been', async () => {
      newWorkspace()
      const upsert = async (rows: [id: string, state: unknown, wakeAt: number | null][]) =>
        await store.write(async (tx) => {
          const { customers } = tx.tables
          return await tx
            .insert(customers)
            .values(rows.map(([id, state, wakeAt]) => ({ ...customerOf(workspaceId, id), state, wakeAt })))
            .onConflictDoUpdate({
              target: [customers.workspaceId, customers.id],
              set: { state: excluded(customers.state), wakeAt: excluded(customers.wakeAt) },
            })
            .returning({ id: customers.id, state: customers.state, wakeAt: customers.wakeAt })
        })
      await upsert([['c1', { n: 1 }, 5], ['c2', { n: 2 }, 6]]) // prettier-ignore
      expect(
        await upsert([
          ['c2', { n: 3 }, null],
          ['c3', { n: 4 }, 8],
        ]),
      ).toEqual([
        { id: 'c2', state: { n: 3 }, wakeAt: null },
        { id: 'c3', state: { n: 4 }, wakeAt: 8 },
      ])
    })

    describe('write', () => {
      const insertReceipt = async (tx: Tx, workspace: string, messageId: string) => {
        await tx.insert(tx.tables.receipts).values({ workspaceId: workspace, messageId, receivedAt: at })
      }

      it('leaves nothing behind when its function throws, and the next write works', async () => {
        newWorkspace()
        const failure = new Error('after the insert')
        await expect(
          store.write(async (tx) => {
            await insertReceipt(tx, workspaceId, 'm1')
            throw failure
          }),
        ).rejects.toBe(failure)
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(0)
        await store.write((tx) => insertReceipt(tx, workspaceId, 'm1'))
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
      })

      it('leaves nothing behind when a query failed, even when the error was caught', async () => {
        newWorkspace()
        const write = store.write(async (tx) => {
          await insertReceipt(tx, workspaceId, 'm1')
          await insertReceipt(tx, workspaceId, 'm1').catch(() => {})
          await insertReceipt(tx, workspaceId, 'm2').catch(() => {})
        })
        await expect(write).rejects.toThrow()
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(0)
      })

      it('throws inside a write and inside a read, while one left behind by an ended write works', async () => {
        newWorkspace()
        const nested = async () => await store.write((tx) => insertReceipt(tx, workspaceId, 'm1'))
        await expect(store.write(nested)).rejects.toThrow('A write was started inside a write')
        await expect(store.read(nested)).rejects.toThrow('A write was started inside a read')

        const gate = makeGate()
        const leftBehind = await store.write(async () => ({ later: gate.promise.then(nested) }))
        gate.resolve()
        await leftBehind.later
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
      })

      it('has a tx that throws once the write has ended', async () => {
        newWorkspace()
        const tx = await store.write(async (inner) => ({ inner }))
        await expect(insertReceipt(tx.inner, workspaceId, 'm1')).rejects.toSatisfy((error: Error) =>
          [error.message, (error.cause as Error | undefined)?.message].some((message) =>
            message?.includes('on the tx of a write that has ended'),
          ),
        )
        expect(await store.read((reader) => countReceipts(reader, workspaceId))).toBe(0)
      })

      it('serialises those that lock the same row', async () => {
        newWorkspace()
        await store.write(async (tx) => {
          await tx.insert(tx.tables.customers).values(customerOf(workspaceId, 'c1'))
        })
        const addOrder = async (tx: Tx) => {
          const { customers } = tx.tables
          const mine = and(eq(customers.workspaceId, workspaceId), eq(customers.id, 'c1'))
          const [row] = await tx.dialect.forUpdate(tx.select().from(customers).where(mine))
          await new Promise((resolve) => setImmediate(resolve))
          await tx
            .update(customers)
            .set({ orderCount: (row?.orderCount ?? NaN) + 1 })
            .where(mine)
        }
        await Promise.all(Array.from({ length: 20 }, () => store.write(addOrder)))
        const rows = await store.read(async (tx) => {
          const { customers } = tx.tables
          return await tx
            .select({ orderCount: customers.orderCount })
            .from(customers)
            .where(eq(customers.workspaceId, workspaceId))
        })
        expect(rows).toEqual([{ orderCount: 20 }])
      })

      it('shows a read outside nothing before it has committed', async () => {
        newWorkspace()
        const [inserted, checked] = [makeGate(), makeGate()]
        const write = store.write(async (tx) => {
          await insertReceipt(tx, workspaceId, 'm1')
          inserted.resolve()
          await checked.promise
        })
        await Promise.race([inserted.promise, write])
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(0)
        checked.resolve()
        await write
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
      })
    })

    describe('read', () => {
      it('sees one snapshot, however many commits there are between its queries', async () => {
        newWorkspace()
        const [first, written] = [makeGate(), makeGate()]
        const read = store.read(async (tx) => {
          const before = await countReceipts(tx, workspaceId)
          first.resolve()
          await written.promise
          // A read inside it sees the same.
          return [
            before,
            await countReceipts(tx, workspaceId),
            await store.read((inner) => countReceipts(inner, workspaceId)),
          ]
        })
        await Promise.race([first.promise, read])
        await store.write(async (tx) => {
          await tx.insert(tx.tables.receipts).values({ workspaceId, messageId: 'm1', receivedAt: at })
        })
        written.resolve()
        expect(await read).toEqual([0, 0, 0])
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
      })

      it('throws inside a write', async () => {
        const nested = store.write(async () => await store.read(async () => 1))
        await expect(nested).rejects.toThrow('A read was started inside a write')
      })

      it('cannot change anything, whatever its type is cast to', async () => {
        newWorkspace()
        const read = store.read(async (tx) => {
          await (tx as Tx).insert(tx.tables.receipts).values({ workspaceId, messageId: 'm1', receivedAt: at })
        })
        await expect(read).rejects.toThrow()
        expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(0)
      })

      it('serves many more at a time than it has connections', async () => {
        const reads = Array.from({ length: 40 }, (_, place) =>
          store.read(async (tx) => {
            await countReceipts(tx, 'none')
            await new Promise((resolve) => setImmediate(resolve))
            return place
          }),
        )
        expect(await Promise.all(reads)).toEqual(reads.map((_, place) => place))
      })
    })

    it('gives every due message to one claimer only, and never more than it asked for', async () => {
      newWorkspace()
      const ids = Array.from({ length: 50 }, (_, place) => `m${String(place).padStart(2, '0')}`)
      await store.write(async (tx) => {
        await tx
          .insert(tx.tables.messages)
          .values(ids.map((id, place) => messageOf(workspaceId, id, at + place)))
      })
      const claimAll = async () => {
        const claims: { id: string; fence: number }[][] = []
        for (;;) {
          const claim = await store.write((tx) => claimMessages(tx, workspaceId, 7, at + 60_000))
          if (claim.length === 0) return claims
          claims.push(claim)
        }
      }
      const claims = (await Promise.all([claimAll(), claimAll(), claimAll()])).flat()
      expect(Math.max(...claims.map((claim) => claim.length))).toBe(7)
      expect(
        claims
          .flat()
          .map((message) => message.id)
          .toSorted(),
      ).toEqual(ids)
      expect(new Set(claims.flat().map((message) => message.fence))).toEqual(new Set([1]))
    })

    it('takes more rows than a statement can bind values for, in chunks', async () => {
      newWorkspace()
      const rows = Array.from({ length: 8_000 }, (_, place) => eventOf(workspaceId, `m${place}`))
      const columns = Object.keys(eventOf('', '')).length
      expect(rows.length * columns).toBeGreaterThan(store.dialect.maxVariables)
      const chunks = store.dialect.inChunks(rows, columns)
      expect(chunks.flat()).toEqual(rows)
      expect((chunks[0]?.length ?? 0) * columns).toBeGreaterThan(store.dialect.maxVariables - columns)
      await store.write(async (tx) => {
        for (const chunk of chunks) await tx.insert(tx.tables.events).values(chunk)
      })
      const [row] = await store.read(async (tx) => {
        const { events } = tx.tables
        return await tx.select({ rows: count() }).from(events).where(eq(events.workspaceId, workspaceId))
      })
      expect(row?.rows).toBe(8_000)
    })

    describe('a lease', () => {
      const acquire = (holder: string, now: number, lease = 'sender') =>
        store.write((tx) => acquireLease(tx, { name: `${workspaceId} ${lease}`, holder, now, ttl: 100 }))
      const release = (holder: string) =>
        store.write((tx) => releaseLease(tx, { name: `${workspaceId} sender`, holder }))

      it('has one holder, who keeps its fence while prolonging in time', async () => {
        newWorkspace()
        expect(await acquire('a', 1_000)).toBe(1)
        expect(await acquire('b', 1_050)).toBeUndefined()
        expect(await acquire('a', 1_099)).toBe(1)
        expect(await acquire('b', 1_150)).toBeUndefined()
        expect(await acquire('b', 1_150, 'wake')).toBe(1)
      })

      it('passes on when it has run out, with a higher fence', async () => {
        newWorkspace()
        expect(await acquire('a', 1_000)).toBe(1)
        expect(await acquire('b', 1_100)).toBe(2)
        expect(await acquire('a', 1_150)).toBeUndefined()
        expect(await acquire('b', 1_300)).toBe(3)
      })

      it('passes on when its holder gives it back, and nobody else can', async () => {
        newWorkspace()
        expect(await acquire('a', 1_000)).toBe(1)
        await release('b')
        expect(await acquire('b', 1_001)).toBeUndefined()
        await release('a')
        expect(await acquire('b', 1_002)).toBe(2)
      })

      it('goes to one of many who ask at the same time', async () => {
        newWorkspace()
        const holders = ['a', 'b', 'c', 'd', 'e']
        const fences = await Promise.all(holders.map((holder) => acquire(holder, 1_000)))
        expect(fences.filter((fence) => fence !== undefined)).toEqual([1])
      })
    })

    storeQueriesContract(() => store)

    describe('opening', () => {
      it('finds what was there, and migrates nothing a second time', async () => {
        const reopened = await createDatabase()
        const first = await openStore(reopened)
        await first.write(async (tx) => {
          await tx.insert(tx.tables.receipts).values({ workspaceId: 'w', messageId: 'm1', receivedAt: at })
        })
        await first.close()
        const second = await openStore(reopened)
        expect(await second.read((tx) => countReceipts(tx, 'w'))).toBe(1)
        await second.close()
      })

      it('read-only reads what is there and refuses to write', async () => {
        newWorkspace()
        await store.write(async (tx) => {
          await tx.insert(tx.tables.receipts).values({ workspaceId, messageId: 'm1', receivedAt: at })
        })
        const reader = await openStore(url, { readOnly: true })
        expect(await reader.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
        await expect(reader.write(async () => 1)).rejects.toThrow('opened read-only')
        await reader.close()
      })
    })

    it('closes after the transactions that have begun, and refuses later ones', async () => {
      const closing = await openStore(url)
      newWorkspace()
      const [inserted, gate] = [makeGate(), makeGate()]
      const write = closing.write(async (tx) => {
        await tx.insert(tx.tables.receipts).values({ workspaceId, messageId: 'm1', receivedAt: at })
        inserted.resolve()
        await gate.promise
      })
      await Promise.race([inserted.promise, write])
      const closed = closing.close()
      await expect(closing.write(async () => 1)).rejects.toThrow(
        'A write was started on a store that is closed',
      )
      await expect(closing.read(async () => 1)).rejects.toThrow(
        'A read was started on a store that is closed',
      )
      gate.resolve()
      await Promise.all([write, closed, closing.close()])
      expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(1)
    })
  })
}
