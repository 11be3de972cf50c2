import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importCodes } from '../../src/coupons/importCodes.ts'
import { takeCoupons } from '../../src/ingest/takeCoupons.ts'
import { openStore } from '../../src/store/openStore.ts'
import {
  deleteFreeCoupons,
  forgetCouponHolders,
  giveCoupons,
  pageOfCoupons,
  readGivenCodes,
  readPools,
} from '../../src/store/queries/coupons.ts'
import type { Store } from '../../src/store/store.ts'

const NOW = Date.UTC(2026, 0, 1)
const W = 'w1'

export const claimOf = (claim: string, pool = 'spring') => ({ claim, pool, customerId: `c-${claim}` })
const range = (count: number, prefix = '') =>
  Array.from({ length: count }, (_, place) => `${prefix}${String(place).padStart(4, '0')}`)
export const importAll = (store: Store, codes: readonly unknown[], pool = 'spring', now = NOW) =>
  importCodes(store, W, { pool, codes: codes.map((code, place) => ({ line: place + 1, code })), now })
export const give = async (store: Store, claims: readonly string[], pool = 'spring') => {
  const { given, missing } = await store.write((tx) =>
    giveCoupons(
      tx,
      W,
      claims.map((claim) => claimOf(claim, pool)),
      NOW,
    ),
  )
  return {
    given: given.map(({ asked: { claim }, code }) => [claim, code] as const),
    missing: missing.map(({ claim }) => claim),
  }
}

/** Pools of codes on a database, whichever it is. */
export function couponsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`coupons on ${database}`, () => {
    let store: Store
    let url: string
    beforeEach(async () => {
      url = await createDatabase()
      store = await openStore(url)
    })
    afterEach(() => store.close())

    const pools = () => store.read((tx) => readPools(tx, W))
    const stored = (pool = 'spring') =>
      store.read((tx) => pageOfCoupons(tx, W, { pool, state: undefined, after: undefined, limit: 1_000 }))

    it('are given in the order of their lists, each once', async () => {
      await importAll(store, ['z', 'b'])
      await importAll(store, ['a', 'y'], 'spring', NOW + 1)
      expect(await give(store, ['1', '2', '3'])).toEqual({
        given: [
          ['1', 'z'],
          ['2', 'b'],
          ['3', 'a'],
        ],
        missing: [],
      })
      expect(await give(store, ['4'])).toEqual({ given: [['4', 'y']], missing: [] })
      expect(await pools()).toEqual([{ pool: 'spring', free: 0, taken: 4 }])
    })

    it('stay with the claim that has them, however often it asks', async () => {
      await importAll(store, ['a', 'b', 'c'])
      await give(store, ['1', '1'])
      expect(await give(store, ['2', '1'])).toEqual({ given: [['2', 'b']], missing: [] })
      expect(await store.read((tx) => readGivenCodes(tx, W, ['1', '2', '3']))).toEqual(
        new Map([
          ['1', 'a'],
          ['2', 'b'],
        ]),
      )
      expect(await pools()).toEqual([{ pool: 'spring', free: 1, taken: 2 }])
      const [first] = await stored()
      expect(first).toMatchObject({ code: 'a', claim: '1', customerId: 'c-1', takenAt: NOW })
    })

    it('are in the pool as before when the transaction is rolled back', async () => {
      await importAll(store, ['a', 'b'])
      await expect(
        store.write(async (tx) => {
          expect((await giveCoupons(tx, W, [claimOf('1')], NOW)).given).toHaveLength(1)
          throw new Error('a crash')
        }),
      ).rejects.toThrow('a crash')
      expect(await pools()).toEqual([{ pool: 'spring', free: 2, taken: 0 }])
      expect((await give(store, ['2'])).given).toEqual([['2', 'a']])
    })

    it('are given to one only, whoever asks at the same time', async () => {
      const codes = range(200, 'code-')
      await importAll(store, codes)
      // SQLite has one writer; PostgreSQL as many processes as somebody starts.
      const stores = database === 'PostgreSQL' ? [store, await openStore(url)] : [store]
      const given = (
        await Promise.all(
          range(16).map((turn, place) =>
            give(
              stores[place % stores.length] ?? store,
              range(15).map((claim) => `${turn}/${claim}`),
            ),
          ),
        )
      ).flatMap((answer) => answer.given)
      expect(given).toHaveLength(200)
      expect(new Set(given.map(([claim]) => claim)).size).toBe(200)
      expect(given.map(([, code]) => code).toSorted()).toEqual(codes)
      const rows = await stored()
      expect(new Map(rows.map(({ claim, code }) => [claim, code]))).toEqual(new Map(given))
      for (const other of stores.slice(1)) await other.close()
    })

    it('give nothing of an empty or unknown pool, and say so', async () => {
      await importAll(store, ['a', 'b'])
      expect(await give(store, ['1', '2', '3'])).toMatchObject({ missing: ['3'] })
      expect(await give(store, ['4'], 'summer')).toEqual({ given: [], missing: ['4'] })
      // Once there are codes again, whoever asks anew gets one.
      await importAll(store, ['c'])
      expect(await give(store, ['3'])).toEqual({ given: [['3', 'c']], missing: [] })
    })

    it('of several pools are given in one transaction, with an event for each customer', async () => {
      await importAll(store, range(500, 'a'), 'autumn')
      await importAll(store, ['s'], 'spring')
      const asked = [
        ...range(499).map((claim) => ({
          ...claimOf(claim, 'autumn'),
          enrolmentId: `run-${claim}`,
          at: NOW - 5,
        })),
        { ...claimOf('x', 'spring'), enrolmentId: 'run-x', at: NOW - 5 },
        { ...claimOf('y', 'spring'), enrolmentId: 'run-y', at: NOW - 5 },
      ]
      const { events, missing } = await store.write((tx) => takeCoupons(tx, W, asked, NOW))
      expect(missing.map(({ claim }) => claim)).toEqual(['y'])
      expect(events).toHaveLength(500)
      expect(events.at(-1)).toEqual({
        customerId: 'c-x',
        input: {
          kind: 'event',
          id: 'ciclo:coupon/x',
          at: NOW - 5,
          receivedAt: NOW - 5,
          source: 'own',
          event: {
            type: 'track',
            name: 'Coupon Given',
            properties: { pool: 'spring', code: 's', enrolment: 'run-x' },
            traits: {},
            context: {},
          },
        },
      })
      // A second time they have theirs already: no second event.
      expect((await store.write((tx) => takeCoupons(tx, W, asked, NOW))).events).toEqual([])
    })

    it('are imported as often as one likes, and are there once', async () => {
      const list = range(2_500, 'c')
      expect(await importAll(store, list)).toEqual({ added: 2_500, duplicates: 0, refused: 0, refusals: [] })
      await give(store, ['1'])
      expect(await importAll(store, [...list, 'new', ' new '])).toEqual({
        added: 1,
        duplicates: 2_501,
        refused: 0,
        refusals: [],
      })
      // Whoever has one keeps it.
      expect(await pools()).toEqual([{ pool: 'spring', free: 2_500, taken: 1 }])
      expect((await give(store, ['2'])).given).toEqual([['2', 'c0001']])
    })

    it('that another pool has are refused: nobody else is to get them', async () => {
      await importAll(store, ['a'], 'autumn')
      expect(await importAll(store, ['b', 'a'], 'spring')).toEqual({
        added: 1,
        duplicates: 0,
        refused: 1,
        refusals: [{ line: 2, reason: expect.stringContaining('the pool autumn has it already') as string }],
      })
    })

    it('are no codes without anything that a shop’s form would take', async () => {
      const refused: [code: unknown, reason: string][] = [
        ['  ', 'expected a code'],
        [7, 'given number'],
        [null, 'given null'],
        [['a'], 'given object'],
        ['x'.repeat(101), 'given 101 characters, expected at most 100'],
        ['a\u0000b', 'control'],
        ['a\nb', 'control'],
        ['a\u001b[31m', 'control'],
        ['a\u202Eb', 'control'],
        ['a\ud800', 'control'],
        ['a\u200Bb', 'control'],
      ]
      const { refusals, ...counts } = await importAll(store, [
        'ok',
        ...refused.map(([code]) => code),
        'ż 100 %',
        'x'.repeat(100),
      ])
      expect(counts).toEqual({ added: 3, duplicates: 0, refused: refused.length })
      expect(refusals).toEqual(
        refused.map(([, reason], place) => ({
          line: place + 2,
          reason: expect.stringContaining(reason) as string,
        })),
      )
    })

    it('that are free can be deleted; those that somebody has stay', async () => {
      await importAll(store, ['a', 'b', 'c'])
      await give(store, ['1'])
      expect(await store.write((tx) => deleteFreeCoupons(tx, W, 'spring', 1))).toBe(1)
      expect(await store.write((tx) => deleteFreeCoupons(tx, W, 'spring', 9))).toBe(1)
      expect(await pools()).toEqual([{ pool: 'spring', free: 0, taken: 1 }])
    })

    it('of somebody erased are nobody’s, and are given to nobody again', async () => {
      await importAll(store, ['a', 'b'])
      await give(store, ['1', '2'])
      await store.write((tx) => forgetCouponHolders(tx, W, ['c-1', 'c-2']))
      await importAll(store, ['a', 'b'])
      expect(await give(store, ['3'])).toEqual({ given: [], missing: ['3'] })
      expect((await stored()).map(({ claim, customerId }) => [claim, customerId])).toEqual([
        [null, null],
        [null, null],
      ])
    })

    it('of other workspaces are not touched', async () => {
      await importCodes(store, 'w2', { pool: 'spring', codes: [{ line: 1, code: 'a' }], now: NOW })
      expect(await give(store, ['1'])).toEqual({ given: [], missing: ['1'] })
      expect(await importAll(store, ['a'])).toMatchObject({ added: 1 })
      expect((await give(store, ['1'])).given).toEqual([['1', 'a']])
      expect(await store.read((tx) => readPools(tx, 'w2'))).toEqual([{ pool: 'spring', free: 1, taken: 0 }])
    })
  })
}
