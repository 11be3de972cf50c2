import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { importItems } from '../src/importOrders.ts'
import { readDatedRules } from '../src/store/queries/rulesVersions.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000
const CUSTOMERS = 160

/** What the API answers, as far as a test looks into it. */
type Answer = Record<string, unknown> & {
  id: string
  customers: { id: string }[]
  reasons: Record<string, unknown>
}

/** The daily and weekly refresh, and what follows from it for every customer, whatever the database. */
export function populationJobsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The shop's curve and lines on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    /** With what the jobs ask for: a second version of the same millisecond begins in the next one. */
    const runJobs = async () => {
      await test.ciclo.runJobs()
      test.clock.set(now() + 1)
      await test.ciclo.runJobs()
    }
    /** Everybody orders twice, 20 to 40 days apart, and the last time 5 to 84 days ago; the n-th spends 2 n. */
    const shop = async (customers = CUSTOMERS) => {
      const orders = Array.from({ length: customers }, (_, index) => {
        const lastAt = now() - (5 + (index % 80)) * DAY
        const order = { total: `${index + 1}.00`, userId: `u${index}` }
        return [
          { ...order, orderId: `a${index}`, at: lastAt - (20 + (index % 21)) * DAY },
          { ...order, orderId: `b${index}`, at: lastAt },
        ]
      }).flat()
      await test.ciclo.ingest.submit(importItems(test.workspaceId, orders, now()))
    }
    const api = async (path: string) => (await test.request(path)) as Answer
    /** Those that look at everybody: the others are of journeys, of products and of what connects the shop. */
    const OF_POPULATION = ['refresh-curve', 'refresh-predictions', 'rejudge', 'segment-build']
    const ofPopulation = (jobs: unknown) =>
      (jobs as { name: string }[]).filter(({ name }) => OF_POPULATION.includes(name))
    const populationJobs = async () => ofPopulation((await api('/api/insight/jobs'))['jobs'])
    const customer = async (userId: string): Promise<Answer> => {
      const { customers } = await api(`/api/customers?userId=${userId}`)
      return await api(`/api/customers/${customers[0]?.id}`)
    }
    const versions = async () => await test.store.read((tx) => readDatedRules(tx, test.workspaceId))

    it('are not drawn of a handful of buyers', async () => {
      await shop(20)
      await runJobs()
      expect(await versions()).toEqual([])
      const jobs = await populationJobs()
      expect(jobs).toMatchObject([
        { name: 'refresh-curve', isRunning: false, result: { buyers: 20, version: null }, error: null },
        { name: 'refresh-predictions', result: { buyers: 20, version: null } },
        { name: 'rejudge', dueAt: null, endedAt: null },
        { name: 'segment-build' },
      ])
      expect((await customer('u1'))['limits']).toMatchObject({ basis: 'cold-start', atRisk: 90 })
      expect(await api('/api/insight/model')).toMatchObject({
        fit: null,
        missing: { customers: { found: 20, needed: 100 }, repeaters: { found: 20, needed: 30 } },
      })
    })

    it('judge everybody as soon as there are enough, and mail nobody for it', async () => {
      await shop()
      const before = await customer('u70')
      expect(before['lifecycle']).toMatchObject({ stage: 'active', value: 'standard' })
      await runJobs()
      const after = await customer('u70')
      expect(after['lifecycle']).toMatchObject({ stage: 'lapsed' })
      expect(after['limits']).toMatchObject({ basis: 'own', gaps: 1 })
      expect(after['rfm']).toMatchObject({
        scores: expect.stringMatching(/^3\d\d$/) as unknown,
        previous: null,
      })
      expect(after['prediction']).toMatchObject({
        currency: 'USD',
        basis: { orders: 2, fittedOn: CUSTOMERS },
      })
      expect(after['reasons']['stage']).toMatchObject({ cause: { kind: 'rules' } })
      expect((await customer(`u${CUSTOMERS - 1}`))['lifecycle']).toMatchObject({ value: 'vip' })
      const messages = await test.store.read((tx) => tx.select().from(tx.tables.messages))
      expect(messages).toEqual([])
    })

    it('are published as a version only when they have moved, and kept with the day from which they counted', async () => {
      await shop()
      await runJobs()
      const first = await versions()
      expect(first.map(({ number }) => number)).toEqual([1, 2, 3])
      expect(first.map(({ population }) => population?.gaps?.gaps)).toEqual([undefined, CUSTOMERS, CUSTOMERS])
      expect(first.map(({ population }) => population?.fit?.customers)).toEqual([
        undefined,
        undefined,
        CUSTOMERS,
      ])
      test.clock.set(now() + DAY)
      await runJobs()
      expect(await versions()).toEqual(first)
    })

    it('go on where a server stopped', async () => {
      await shop(20)
      await test.store.write(async (tx) => {
        const { customers, jobs } = tx.tables
        const [first] = await tx.select({ id: customers.id }).from(customers).orderBy(customers.id).limit(1)
        const progress = { after: first?.id ?? '', customers: 7 }
        await tx
          .insert(jobs)
          .values({ workspaceId: test.workspaceId, name: 'rejudge', dueAt: now() - 1, progress })
      })
      await runJobs()
      const jobs = await populationJobs()
      expect(jobs[2]).toMatchObject({ name: 'rejudge', result: { customers: 7 + 19 }, progress: null })
    })

    it('try again what has failed, and say why', async () => {
      await test.store.write((tx) =>
        tx.insert(tx.tables.jobs).values({
          workspaceId: test.workspaceId,
          name: 'rejudge',
          dueAt: now(),
          progress: { after: 3 },
        }),
      )
      await runJobs()
      const jobs = await populationJobs()
      expect(jobs[2]).toMatchObject({
        error: expect.stringContaining('ZodError') as unknown,
        isRunning: false,
      })
      await test.store.write((tx) => tx.update(tx.tables.jobs).set({ progress: null }))
      await runJobs()
      const again = await populationJobs()
      expect(again[2]).toMatchObject({ error: expect.stringContaining('ZodError') as unknown })
      test.clock.set(now() + 5 * 60_000)
      await runJobs()
      const last = await populationJobs()
      expect(last[2]).toMatchObject({ error: null, dueAt: null, result: { customers: 0 } })
    })

    it('are drawn when somebody asks', async () => {
      await runJobs()
      await shop()
      await runJobs()
      expect(await versions()).toEqual([])
      const asked = await test.request('/api/insight/refresh', { method: 'POST', body: '{"what":"curve"}' })
      expect(ofPopulation(asked['jobs'])).toMatchObject([{ name: 'refresh-curve' }, {}, {}, {}])
      await runJobs()
      expect((await versions()).map(({ population }) => population?.fit ?? null)).toEqual([null, null])
    })

    it('judge the past as the past was judged, at any instant', async () => {
      await shop()
      await runJobs()
      const { id } = await customer('u70')
      const at = async (when: number) =>
        await api(`/api/customers/${id}/at?at=${new Date(when).toISOString()}`)
      expect(await at(now() - 2)).toMatchObject({
        lifecycle: { stage: 'active' },
        limits: { basis: 'cold-start' },
        rfm: null,
        prediction: null,
        orders: { count: 2 },
      })
      expect(await at(now() - 80 * DAY)).toMatchObject({ lifecycle: { stage: 'new' }, orders: { count: 1 } })
      expect(await at(now() - 900 * DAY)).toMatchObject({ lifecycle: { stage: 'visitor' }, transitions: 0 })
      expect(await at(now())).toMatchObject({ lifecycle: { stage: 'lapsed' } })
    })

    it('keep the past judged by the settings of its time, unless nothing has happened yet', async () => {
      const limits = (days: number) =>
        JSON.stringify({ limits: { atRisk: days * DAY, lapsed: 2 * days * DAY, lost: 3 * days * DAY } })
      const patch = async (days: number) =>
        await test.request('/api/settings', { method: 'PATCH', body: limits(days) })
      await patch(50)
      expect(await versions()).toEqual([])
      await shop(3)
      expect((await customer('u2'))['limits']).toMatchObject({ atRisk: 50 })
      test.clock.set(now() + 1)
      await patch(2)
      expect((await versions()).map(({ settings }) => settings.limits.atRisk / DAY)).toEqual([50, 2])
      await runJobs()
      expect((await customer('u2'))['lifecycle']).toMatchObject({ stage: 'lost' })
      await test.request('/api/settings', { method: 'PATCH', body: '{"shop":{"name":"Other"}}' })
      expect(await versions()).toHaveLength(2)
    })
  })
}
