import { and, asc, eq } from 'drizzle-orm'
import { beforeEach, describe, expect, it } from 'vitest'
import { excluded } from '../src/store/excluded.ts'
import { insertRows } from '../src/store/insertRows.ts'
import type { Store, Tx } from '../src/store/store.ts'
import { at, countReceipts, customerOf, eventOf } from './store.fixtures.ts'

/** The part of the contract that is about statements made for one dialect. Called inside the suite that opens the store. */
export const storeQueriesContract = (opened: () => Store) => {
  // A workspace each keeps the tests apart in one database.
  let workspaceId = ''
  let workspaces = 0
  let store: Store
  beforeEach(() => {
    store = opened()
    workspaceId = `q${++workspaces}`
  })

  describe('insertRows', () => {
    it('keeps every kind of value, defaults and nulls', async () => {
      const bodies = [
        { a: null, 'Zoë "\\\' 🛒': [1, {}] },
        '123',
        '{"a":1}',
        'NULL',
        '',
        0.1 + 0.2,
        true,
        false,
        [],
      ]
      const events = bodies.map((body, place) => ({
        ...eventOf(workspaceId, `m${place}`, body),
        name: [null, '', 'null', 'a "b" \\ {c},\n'][place % 4] ?? null,
        at: place % 2 === 0 ? 8_640_000_000_000_000 : -8_640_000_000_000_000,
      }))
      const order = { workspaceId, customerId: 'c1', currency: 'USD', at, total: 2_997, trusted: true }
      const leftOut = { told: true, discount: null, coupon: null, refunds: null }
      const saved = await store.write(async (tx) => {
        await insertRows(tx, tx.tables.events, events)
        await insertRows(tx, tx.tables.orders, [
          { ...order, id: 'o1' },
          { ...order, id: 'o2', refunded: 7, cancelled: true, trusted: false },
        ])
        const { events: table, orders } = tx.tables
        return {
          events: await tx
            .select()
            .from(table)
            .where(eq(table.workspaceId, workspaceId))
            .orderBy(asc(table.messageId)),
          orders: await tx
            .select()
            .from(orders)
            .where(eq(orders.workspaceId, workspaceId))
            .orderBy(asc(orders.id)),
        }
      })
      expect(saved).toEqual({
        events,
        orders: [
          { ...order, ...leftOut, id: 'o1', refunded: 0, cancelled: false },
          { ...order, ...leftOut, id: 'o2', refunded: 7, cancelled: true, trusted: false },
        ],
      })
    })

    it('ends like any insert: does nothing on conflict, updates, and tells what it has made', async () => {
      const insert = async (tx: Tx, ids: string[]) =>
        await insertRows(
          tx,
          tx.tables.receipts,
          ids.map((messageId) => ({ workspaceId, messageId, receivedAt: at })),
        )
          .onConflictDoNothing()
          .returning({ messageId: tx.tables.receipts.messageId })
      expect(await store.write((tx) => insert(tx, ['m1', 'm2']))).toEqual([
        { messageId: 'm1' },
        { messageId: 'm2' },
      ])
      expect(await store.write((tx) => insert(tx, ['m2', 'm3', 'm3']))).toEqual([{ messageId: 'm3' }])
      expect(await store.write((tx) => insert(tx, []))).toEqual([])

      const updated = await store.write(async (tx) => {
        const { customers } = tx.tables
        await insertRows(tx, customers, [{ ...customerOf(workspaceId, 'c1'), wakeAt: 5 }])
        return await insertRows(tx, customers, [{ ...customerOf(workspaceId, 'c1'), state: { n: [null] } }])
          .onConflictDoUpdate({
            target: [customers.workspaceId, customers.id],
            set: { state: excluded(customers.state), wakeAt: excluded(customers.wakeAt) },
          })
          .returning({ state: customers.state, wakeAt: customers.wakeAt })
      })
      expect(updated).toEqual([{ state: { n: [null] }, wakeAt: null }])
    })

    it('takes more rows than a statement can bind values for', async () => {
      const rows = Array.from({ length: 70_000 }, (_, place) => ({
        workspaceId,
        messageId: `m${place}`,
        receivedAt: at,
      }))
      await store.write(async (tx) => {
        await insertRows(tx, tx.tables.receipts, rows)
      })
      expect(await store.read((tx) => countReceipts(tx, workspaceId))).toBe(70_000)
    })
  })

  it.each<[string, string[], string[]]>([
    ['some', ['m1', 'm3', 'absent'], ['m1', 'm3']],
    ['none', [], []],
    ['odd ones', ['a "b" \\ {c},\n', "'", 'NULL'], ["'", 'NULL', 'a "b" \\ {c},\n']],
    [
      'more than a statement can bind',
      Array.from({ length: 70_000 }, (_, place) => `m${place + 2}`),
      ['m2', 'm3'],
    ],
  ])('isOneOf finds what is among %s', async (_, wanted, expected) => {
    const ids = ['m1', 'm2', 'm3', 'a "b" \\ {c},\n', "'", 'NULL']
    const found = await store.write(async (tx) => {
      const { receipts } = tx.tables
      await tx.insert(receipts).values(ids.map((messageId) => ({ workspaceId, messageId, receivedAt: at })))
      return await tx
        .select({ messageId: receipts.messageId })
        .from(receipts)
        .where(and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.messageId, wanted)))
    })
    expect(found.map(({ messageId }) => messageId).toSorted()).toEqual(expected)
  })

  it('isOneOf compares numbers as numbers', async () => {
    const found = await store.write(async (tx) => {
      const { receipts } = tx.tables
      await tx
        .insert(receipts)
        .values([9, 10, at].map((time) => ({ workspaceId, messageId: `${time}`, receivedAt: time })))
      return await tx
        .select({ receivedAt: receipts.receivedAt })
        .from(receipts)
        .where(
          and(eq(receipts.workspaceId, workspaceId), tx.dialect.isOneOf(receipts.receivedAt, [10, at, 11])),
        )
        .orderBy(asc(receipts.receivedAt))
    })
    expect(found).toEqual([{ receivedAt: 10 }, { receivedAt: at }])
  })

  describe('jsonText', () => {
    const body = {
      properties: { title: 'Zoë "x"', total: 0.1 + 0.2, count: 3, gift: true, kept: false, none: null },
      list: ['a', { b: 'c' }],
      'odd "key\\ .$[0]\'': 'found',
      zero: 0,
      blank: '',
    }
    it.each<[(string | number)[], string | null]>([
      [['properties', 'title'], 'Zoë "x"'],
      [['properties', 'total'], '0.30000000000000004'],
      [['properties', 'count'], '3'],
      [['properties', 'gift'], 'true'],
      [['properties', 'kept'], 'false'],
      [['properties', 'none'], null],
      [['properties', 'missing', 'deeper'], null],
      [['list', 0], 'a'],
      [['list', 1, 'b'], 'c'],
      [['list', 2], null],
      [['odd "key\\ .$[0]\''], 'found'],
      [['zero'], '0'],
      [['blank'], ''],
    ])('of %j is %j', async (path, expected) => {
      const found = await store.write(async (tx) => {
        const { events } = tx.tables
        await tx.insert(events).values(eventOf(workspaceId, 'm1', body))
        return await tx
          .select({ text: tx.dialect.jsonText(events.body, path) })
          .from(events)
          .where(eq(events.workspaceId, workspaceId))
      })
      expect(found).toEqual([{ text: expected }])
    })
  })
}
