import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { computePopulation } from '../src/insight/computePopulation.ts'
import { createInsightRunner } from '../src/insight/runInsight.ts'
import { ordersByCustomer } from '../src/store/queries/orderPages.ts'
import { saveOrders } from '../src/store/queries/orders.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

/** What a workspace's buyers together say, from the orders in the database, whichever it is. */
export function populationContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The population on ${database}`, () => {
    let databaseUrl: string
    let test: TestCiclo

    beforeEach(async () => {
      databaseUrl = await createDatabase()
      test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    const compute = async (workspaceId = test.workspaceId, at = now()) =>
      await computePopulation(test.store, { workspaceId, at, withFit: false })

    const stored = (customerId: string, id: string, day: number, total: number) => ({
      customerId,
      id,
      at: now() + day * DAY,
      currency: 'USD',
      total,
      refunded: 0,
      cancelled: false,
      trusted: true,
      told: true,
      discount: null,
      coupon: null,
      refunds: [],
    })
    /** 150 buyers: the n-th spends 100 n in all, in two orders n days apart. */
    const buyers = () =>
      Array.from({ length: 150 }, (_, index) => {
        const customer = `c${String(index).padStart(3, '0')}`
        const total = 50 * (index + 1)
        return [stored(customer, 'a', -800, total), stored(customer, 'b', -799 + index, total)]
      }).flat()
    const save = async (orders: ReturnType<typeof buyers>, workspaceId = test.workspaceId) =>
      await test.store.write((tx) => saveOrders(tx, workspaceId, orders))

    it('of a shop without orders says nothing, and of no shop is an error', async () => {
      const nothing = { buyers: 0, at: now(), gaps: null, vipLine: null, rfm: null, fit: null }
      expect(await compute()).toEqual(nothing)
      await expect(compute('nobody')).rejects.toThrow('There is no workspace nobody')
    })

    it('is that of the orders that are stored, and of this workspace’s alone', async () => {
      await save(buyers())
      await save(
        buyers().map((order) => ({ ...order, total: 9_999_999 })),
        'another',
      )
      const population = await compute()
      expect(population).toMatchObject({
        buyers: 150,
        at: now(),
        gaps: { gaps: 150, openGaps: 150, basis: 'returning', returning: 0.5 },
        // The top 15 of 150: those who spent more than 13,500.
        vipLine: 13_600,
        rfm: { buyers: 150, frequency: { middle: 3, top: 3 }, monetary: { middle: 5_100, top: 10_100 } },
        fit: null,
      })
      // Gaps of 1 ... 150 days: p % of them have ended after 1.5 p days.
      expect([50, 75, 95].map((p) => (population.gaps?.percentiles[p - 1] as number) / DAY)).toEqual([
        75, 113, 143,
      ])
    })

    it('has the fit of the predictions where it is asked for, and there is enough for one', async () => {
      const fitted = async () =>
        (await computePopulation(test.store, { workspaceId: test.workspaceId, at: now(), withFit: true })).fit
      await save(buyers().slice(0, 2 * 99))
      expect(await fitted()).toBeNull()
      await save(buyers())
      expect(await fitted()).toMatchObject({
        at: now(),
        customers: 150,
        repeaters: 150,
        firstAt: now() - 800 * DAY,
        lastAt: now() - 650 * DAY,
        gammaGamma: { customers: 150 },
      })
      expect(await compute()).toMatchObject({ fit: null })
    })

    it('knows nothing of what comes after its time', async () => {
      await save(buyers())
      const early = await compute(test.workspaceId, now() - 700 * DAY)
      // By then 100 have returned.
      expect(early).toMatchObject({ buyers: 150, gaps: { gaps: 100, openGaps: 150 } })
      expect(await compute(test.workspaceId, now() - 701 * DAY)).toMatchObject({ buyers: 150, gaps: null })
    })

    const track = (
      source: 'secret' | 'public',
      who: { userId: string } | { anonymousId: string },
      name: string,
      properties: Record<string, unknown>,
      day: number,
    ) =>
      test.item(
        source,
        { type: 'track', name, properties: { currency: 'USD', ...properties }, ...who },
        { at: now() + day * DAY },
      )
    const order = (who: string, id: string, total: number, day: number) =>
      track('secret', { userId: who }, 'Order Completed', { order_id: id, total }, day)

    it('counts what is an order, of whoever it is in the end', async () => {
      await save(buyers())
      await test.ciclo.ingest.submit([
        // Two purchases of 1,000.00 and one of a day before, cancelled.
        order('two', 't1', 1_000, -20),
        order('two', 't2', 1_000, -10),
        order('two', 't3', 1_000, -11),
        track('secret', { userId: 'two' }, 'Order Cancelled', { order_id: 't3' }, -9),
        // No purchase at all.
        order('cancelled', 'c1', 1_000, -20),
        track('secret', { userId: 'cancelled' }, 'Order Cancelled', { order_id: 'c1' }, -19),
        track('secret', { userId: 'refund' }, 'Order Refunded', { order_id: 'unheard-of', total: 5 }, -19),
        // A buyer without an order of any value: all is given back, or in a currency that draws no line.
        order('refunded', 'r1', 1_000, -20),
        track('secret', { userId: 'refunded' }, 'Order Refunded', { order_id: 'r1' }, -19),
        track(
          'secret',
          { userId: 'euro' },
          'Order Completed',
          { order_id: 'e1', total: 7, currency: 'EUR' },
          -20,
        ),
        // What a browser says of itself is no revenue.
        track('public', { anonymousId: 'browser' }, 'Order Completed', { order_id: 'b1', total: 1_000 }, -20),
      ])
      const population = await compute()
      expect(population).toMatchObject({
        buyers: 154,
        // t1 to t2 is a gap that has ended; each of the four has an open one.
        gaps: { gaps: 151, openGaps: 154 },
        // Of 151 who spent anything the top 15.
        vipLine: 13_700,
        // `two` and `euro` have orders of a positive value.
        rfm: { buyers: 152, frequency: { middle: 3, top: 3 }, monetary: { middle: 5_100, top: 10_200 } },
      })
      await test.request('/api/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ browserOrdersAreRevenue: true }),
      })
      expect(await compute()).toMatchObject({ buyers: 154, rfm: { buyers: 153 }, vipLine: 13_800 })
    })

    it('counts two who turn out to be one as one buyer', async () => {
      await save(buyers())
      const browser = { anonymousId: 'phone' }
      await test.ciclo.ingest.submit([
        track('secret', browser, 'Order Completed', { order_id: 'o1', total: 10 }, -30),
        order('ana', 'o2', 10, -10),
      ])
      expect(await compute()).toMatchObject({ buyers: 152, gaps: { gaps: 150, openGaps: 152 } })
      await test.ciclo.ingest.submit([
        test.item('secret', { type: 'identify', userId: 'ana', ...browser }, { at: now() }),
      ])
      expect(await compute()).toMatchObject({ buyers: 151, gaps: { gaps: 151, openGaps: 151 } })
    })

    describe('is shown by /api/insight/gaps', () => {
      const gaps = async () => await test.request('/api/insight/gaps')
      const publish = async (settings: Record<string, unknown>) => {
        const population = await compute()
        const version = { number: 2, from: now(), settings, population }
        await test.store.write((tx) =>
          tx.insert(tx.tables.rulesVersions).values({ workspaceId: test.workspaceId, ...version }),
        )
      }

      it('as a cold start, with what is missing', async () => {
        await save(buyers().slice(0, 2 * 60))
        expect(await gaps()).toEqual({
          basis: 'cold-start',
          mode: 'curve',
          gaps: 60,
          openGaps: 60,
          needed: 100,
          missing: 40,
          returning: null,
          percentiles: [],
          curve: [],
          limits: { basis: 'cold-start', atRisk: 90, lapsed: 180, lost: 365, expectedGap: null },
          computedAt: null,
          version: 1,
          validFrom: null,
        })
      })

      it('as the curve that was published last', async () => {
        await save(buyers())
        await publish({})
        const shown = await gaps()
        expect(shown).toMatchObject({
          basis: 'returning',
          gaps: 150,
          openGaps: 150,
          missing: 0,
          returning: 0.5,
          limits: { basis: 'shop', atRisk: 113, lapsed: 143, lost: 286, expectedGap: 75 },
          computedAt: new Date(now()).toISOString(),
          version: 2,
          validFrom: new Date(now()).toISOString(),
        })
        expect(shown['percentiles']).toHaveLength(99)
        expect((shown['percentiles'] as unknown[])[49]).toEqual({ percentile: 50, days: 75 })
        expect((shown['curve'] as unknown[]).at(-1)).toEqual({ days: 150, open: 0.5 })
      })

      it('with the limits of the settings, where those want them fixed', async () => {
        await save(buyers())
        await publish({ gaps: { mode: 'fixed' } })
        expect(await gaps()).toMatchObject({
          basis: 'returning',
          mode: 'fixed',
          limits: { basis: 'settings', atRisk: 90, lapsed: 180, lost: 365 },
        })
      })
    })

    it('is read in pages that may end within a customer', async () => {
      await save(buyers())
      const sizes = async (page: number) =>
        await test.store.read(async (tx) => {
          const customers: number[] = []
          for await (const orders of ordersByCustomer(tx, test.workspaceId, page)) {
            customers.push(orders.length)
          }
          return customers
        })
      const all = Array.from({ length: 150 }, () => 2)
      for (const page of [1, 3, 100, 299, 300, 301]) expect(await sizes(page)).toEqual(all)
    })

    it('is computed in a process, which ends at once when nobody waits any more', async () => {
      await save(buyers())
      const runner = createInsightRunner({ databaseUrl })
      try {
        const input = { workspaceId: test.workspaceId, at: now(), withFit: false }
        expect(await runner.run('population', input)).toEqual(await compute())
        const nobodys = { ...input, workspaceId: 'nobody' }
        await expect(runner.run('population', nobodys)).rejects.toMatchObject({
          cause: expect.objectContaining({ message: 'There is no workspace nobody' }) as unknown,
        })
        const aborting = new AbortController()
        const running = runner.run('population', input, { signal: aborting.signal })
        aborting.abort(new Error('The server stops'))
        await expect(running).rejects.toThrow('The server stops')
      } finally {
        await runner.close()
      }
    })
  })
}
