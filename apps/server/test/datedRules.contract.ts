import { SettingsSchema, type Customer, type Population } from '@ciclo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importItems } from '../src/importOrders.ts'
import { readCustomer } from '../src/store/queries/customers.ts'
import { readJobs } from '../src/store/queries/jobs.ts'
import { addRulesVersion, readCurrentRules, readDatedRules } from '../src/store/queries/rulesVersions.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

/** Gaps of all lengths up to 80 days are as frequent: at risk after 60 days, lapsed after 76. */
const forty: Population = {
  buyers: 1_000,
  at: 0,
  gaps: {
    gaps: 500,
    openGaps: 1_000,
    returning: 0.5,
    basis: 'returning',
    percentiles: Array.from({ length: 99 }, (_, index) => ((index + 1) / 50) * 40 * DAY),
    curve: [],
  },
  vipLine: 100_000,
  rfm: { buyers: 90, frequency: { middle: 2, top: 4 }, monetary: { middle: 1_000, top: 2_000 } },
  fit: null,
}

/** What customers are judged by from a time on, whatever happens between its being published and its being known. */
export function datedRulesContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Dated rules on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    const publish = async (from: number, change: { population?: Population } = {}) =>
      await test.store.write(async (tx) => {
        const before = await readCurrentRules(tx, test.workspaceId)
        return await addRulesVersion(tx, test.workspaceId, before, { from, ...change })
      })
    const order = (id: string, at: number, userId = 'ann') =>
      test.item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          userId,
          properties: { order_id: id, total: 10, currency: 'USD' },
        },
        { at },
      )
    const submit = async (...items: Parameters<typeof test.ciclo.ingest.submit>[0]) =>
      await test.ciclo.ingest.submit(items)
    const stateOf = async (userId = 'ann'): Promise<Customer> => {
      const id = (await test.customer(`userId=${userId}`))?.id ?? ''
      const record = await test.store.read((tx) => readCustomer(tx, test.workspaceId, id))
      if (!record) throw new Error(`There is no ${userId}`)
      return record.customer
    }
    const stages = async (userId = 'ann') => {
      const { id } = await stateOf(userId)
      const transitions = await test.below(id, 'transitions')
      return transitions
        .filter(({ region }) => region === 'stage')
        .map(({ at, to }) => [(Date.parse(String(at)) - now()) / DAY, to])
        .toReversed()
    }
    const readDated = async () => await test.store.read((tx) => readDatedRules(tx, test.workspaceId))
    const patch = async (settings: object) =>
      await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) })

    it('begin one after the other, also in the same millisecond and when the clock goes back', async () => {
      await submit(order('o1', now() - 70 * DAY))
      const times = [now(), now(), now() - DAY]
      for (const from of times) await publish(from)
      const published = await readDated()
      expect(published.map(({ from }) => from).slice(1)).toEqual([now(), now() + 1, now() + 2])
      await publish(now() - DAY, { population: forty })
      test.clock.set(now() + 10)
      await submit(order('o2', now()))
      expect((await stateOf()).rulesUntil).toBe(now() - 7)
      expect((await stateOf()).rfm?.group).toBe('champions')
    })

    it('judge what another server applied while they were being published', async () => {
      await submit(order('o1', now() - 70 * DAY), order('o2', now()))
      // Valid since a minute ago, and not known until now.
      await publish(now() - 60_000, { population: forty })
      test.clock.set(now() + DAY)
      await submit(order('o3', now()))
      expect(await stages()).toEqual([
        [-71, 'new'],
        [-1 - 60_000 / DAY, 'atRisk'],
        [-1, 'active'],
      ])
    })

    it('judge who is told of something older at once, after everybody has been looked at', async () => {
      await submit(order('o0', now() - DAY, 'bob'))
      await publish(now() - 5 * DAY, { population: forty })
      await test.ciclo.runJobs()
      await submit(order('o1', now() - 62 * DAY))
      await submit(
        ...importItems(
          test.workspaceId,
          [{ orderId: 'i1', at: now() - 61 * DAY, total: '10.00', userId: 'cy' }],
          now(),
        ),
      )
      expect(await stages('ann')).toEqual([
        [-62, 'new'],
        [-2, 'atRisk'],
      ])
      expect(await stages('cy')).toEqual([
        [-61, 'new'],
        [-1, 'atRisk'],
      ])
      expect((await stateOf('cy')).rfm?.group).toBe('recent')
    })

    it('take back who is cold by the old setting alone, also where nothing is due any more', async () => {
      const visit = test.item('public', { type: 'page', anonymousId: 'a1', userId: 'ann' })
      await submit(test.item('secret', { type: 'identify', userId: 'ann', anonymousId: 'a1' }), visit)
      for (let mail = 0; mail < 5; mail += 1) {
        test.clock.set(now() + DAY)
        const { id } = await stateOf()
        const sent = test.item('own', {
          type: 'track',
          name: 'Email Sent',
          properties: { purpose: 'marketing' },
        })
        await submit({ ...sent, customerId: id })
      }
      test.clock.set(now() + 100 * DAY)
      await test.ciclo.settle()
      const cold = await stateOf()
      expect([cold.lifecycle.value.engagement, cold.timers]).toEqual(['cold', {}])
      await patch({ engagement: { coldAfter: 200 * DAY } })
      await test.ciclo.runJobs()
      expect((await stateOf()).lifecycle.value.engagement).toBe('unknown')
    })

    it('have no amounts of another currency, until these are drawn anew', async () => {
      await submit(order('o1', now()))
      await publish(now() - DAY, { population: forty })
      test.clock.set(now() + DAY)
      await patch({ currency: 'JPY' })
      const current = (await readDated()).at(-1)
      expect(current?.settings.currency).toBe('JPY')
      expect(current?.population).toEqual({ ...forty, vipLine: null, rfm: null })
      const jobs = await test.store.read((tx) => readJobs(tx, test.workspaceId))
      expect(jobs.map(({ name, dueAt }) => [name, dueAt])).toEqual([
        ['refresh-predictions', now()],
        ['rejudge', now()],
      ])
      await test.ciclo.runJobs()
      expect((await stateOf()).rfm).toBeNull()
    })

    it('keep the settings of their time', async () => {
      const limits = { limits: { atRisk: 10 * DAY, lapsed: 20 * DAY, lost: 30 * DAY } }
      await patch(limits)
      await submit(order('o1', now()))
      await patch({ limits: null })
      expect((await readDated()).map(({ settings }) => settings.limits)).toEqual([
        limits.limits,
        SettingsSchema.parse({}).limits,
      ])
    })
  })
}
