import { JourneySchema, type Journey } from '@ciclo/engine'
import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { z } from 'zod'
import { createFrozenClock } from '../../src/clock.ts'
import type { Ingest } from '../../src/ingest/ingest.ts'
import { INSIGHT_TASKS, type InsightResult } from '../../src/insight/insightTasks.ts'
import type { InsightRunner } from '../../src/insight/runInsight.ts'
import { createJourneyOpeningJob } from '../../src/journeys/opening.ts'
import { createJourneyScheduleJob, JOURNEY_SCHEDULE } from '../../src/journeys/schedule.ts'
import { requestJourneyJobs } from '../../src/journeys/requestJourneyJobs.ts'
import { createJobsLoop } from '../../src/loops/jobs.ts'
import { readJobs } from '../../src/store/queries/jobs.ts'
import { renewRules } from '../../src/store/queries/workspaces.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
const WARSAW = { shop: { timeZone: 'Europe/Warsaw' } }

type Written = z.input<typeof JourneySchema>

const note = (traits: Record<string, unknown>): Written['steps'][number] => ({
  kind: 'update',
  id: 'note',
  traits: traits as Record<string, string>,
})
const journey = (words: Partial<Written> & Pick<Written, 'id' | 'trigger'>): Journey =>
  JourneySchema.parse({
    name: words.id,
    reentry: { kind: 'never' },
    steps: [note({ let_in: true }), { kind: 'delay', id: 'rest', duration: '300d' }],
    ...words,
  })

const UNUSED = journey({ id: 'unused', trigger: { kind: 'api' } })
const OPENED = journey({ id: 'opened', trigger: { kind: 'transition', region: 'stage', to: 'new' } })
const PRO = { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'pro' } } as const
const DAILY = journey({
  id: 'daily',
  trigger: { kind: 'schedule', every: { unit: 'day' }, at: '09:00', rule: PRO },
  reentry: { kind: 'always' },
  steps: [{ kind: 'update', id: 'note', traits: { seen: true } }],
})

/** Journeys that are opened to those already there, and those that begin by the clock. */
export function journeyJobsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Journeys on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      const databaseUrl = await createDatabase()
      test = await createTestCiclo({ databaseUrl, smtpUrl: 'smtp://127.0.0.1:9', journeys: [UNUSED] })
      await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(WARSAW) })
    })
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    const buyers = async (count: number, from = 0) => {
      const items = Array.from({ length: count }, (_, index) =>
        test.item('secret', {
          type: 'track',
          name: 'Order Completed',
          userId: `u${from + index}`,
          properties: { order_id: `o${from + index}`, total: 10, currency: 'EUR' },
        }),
      )
      await test.ciclo.ingest.submit(items)
    }
    const identify = async (userId: string, traits: Record<string, unknown>) =>
      await test.ciclo.ingest.submit([test.item('secret', { type: 'identify', userId, traits })])
    /** Takes the place of every other version of it. */
    const goLive = async (
      definition: Journey,
      {
        version = 1,
        opening = null,
        at = now(),
      }: { version?: number; opening?: Record<string, unknown> | null; at?: number } = {},
    ) =>
      await test.store.write(async (tx) => {
        const { journeys } = tx.tables
        await tx.update(journeys).set({ status: 'archived' }).where(eq(journeys.id, definition.id))
        const { workspaceId } = test
        await tx.insert(journeys).values({
          workspaceId,
          id: definition.id,
          version,
          status: 'live',
          definition,
          hash: `${version}`,
          createdAt: at,
          publishedAt: at,
          opening,
        })
        await renewRules(tx, workspaceId)
        await requestJourneyJobs(tx, workspaceId, at)
      })
    const setStatus = async (id: string, status: 'live' | 'paused', isTold = true) =>
      await test.store.write(async (tx) => {
        const { journeys } = tx.tables
        await tx.update(journeys).set({ status }).where(eq(journeys.id, id))
        await renewRules(tx, test.workspaceId)
        if (isTold) await requestJourneyJobs(tx, test.workspaceId, now())
      })
    const runs = async () => await test.store.read((tx) => tx.select().from(tx.tables.enrolments))
    const requests = async () =>
      (await test.store.read((tx) => tx.select().from(tx.tables.events))).filter(
        ({ name }) => name === 'Journey Requested',
      )
    const jobOf = async (name: string) =>
      (await test.store.read((tx) => readJobs(tx, test.workspaceId))).find((job) => job.name === name)
    const openingOf = async (id: string) =>
      (await test.store.read((tx) => tx.select().from(tx.tables.journeys))).find((one) => one.id === id)
        ?.opening
    const passTime = async (to: number) =>
      await test.request('/api/test/clock', { method: 'POST', body: JSON.stringify({ now: to }) })
    /** Timers still fire each at its own time. */
    const sleep = async (duration: number) => {
      test.clock.set(now() + duration)
      await test.ciclo.settle()
    }
    /** Of another server. */
    const insightOf = (): InsightRunner => ({
      run: async (name, input) =>
        (await INSIGHT_TASKS[name](test.store, input as never, async () => {})) as InsightResult<typeof name>,
      close: async () => {},
    })
    /** Passes pages on until one is committed that its process does not live to hear of. */
    const dyingAfter = (pages: number) => {
      const died = vi.fn()
      let left = pages
      const ingest: Ingest = {
        ...test.ciclo.ingest,
        submit: async (items) => {
          const verdicts = await test.ciclo.ingest.submit(items)
          left -= 1
          if (left > 0) return verdicts
          died()
          return await new Promise<never>(() => {})
        },
      }
      return { ingest, died }
    }
    /** A server that is killed while it is at a journey job. */
    const killDuring = async (make: typeof createJourneyOpeningJob, pages: number) => {
      const { ingest, died } = dyingAfter(pages)
      const clock = createFrozenClock(now())
      const job = make({ store: test.store, ingest, insight: insightOf(), now: () => clock.now() })
      void createJobsLoop({ store: test.store, clock, jobs: [job], onError: () => {} }).drain()
      await vi.waitFor(() => expect(died).toHaveBeenCalled(), { timeout: 10_000 })
    }

    describe('that are opened', () => {
      it('let in who is there already, spread over the days, and nobody who has moved on meanwhile', async () => {
        await buyers(40)
        await goLive(OPENED, { opening: { days: 4, state: 'waiting' } })
        await test.ciclo.settle()
        expect(await runs()).toEqual([])
        expect(await openingOf('opened')).toMatchObject({ state: 'done', customers: 40 })
        // A second order: active, not new.
        await test.ciclo.ingest.submit([
          test.item('secret', {
            type: 'track',
            name: 'Order Completed',
            userId: 'u0',
            properties: { order_id: 'second', total: 10, currency: 'EUR' },
          }),
        ])
        await sleep(5 * DAY)
        const started = (await runs()).map(({ startedAt }) => startedAt - (now() - 5 * DAY))
        expect(started).toHaveLength(39)
        expect(started.every((after) => after > 0 && after < 4 * DAY)).toBe(true)
        for (const day of [0, 1, 2, 3])
          expect(started.filter((after) => Math.floor(after / DAY) === day).length).toBeGreaterThan(2)
      })

      it('let in at once where no days are given, and those by segment and RFM group as well', async () => {
        await buyers(3)
        await identify('pro', { plan: 'pro' })
        await test.request('/api/segments/pro', {
          method: 'PUT',
          body: JSON.stringify({ name: 'Pro', rule: PRO }),
        })
        await test.ciclo.runJobs()
        await goLive(OPENED, { opening: { days: 0, state: 'waiting' } })
        await goLive(journey({ id: 'pros', trigger: { kind: 'segment', segment: 'pro', to: 'in' } }), {
          opening: { days: 0, state: 'waiting' },
        })
        await goLive(journey({ id: 'others', trigger: { kind: 'segment', segment: 'pro', to: 'out' } }), {
          opening: { days: 0, state: 'waiting' },
        })
        await goLive(journey({ id: 'champions', trigger: { kind: 'rfm', to: 'champions' } }), {
          opening: { days: 0, state: 'waiting' },
        })
        // What is asked for in one millisecond is due a millisecond apart.
        test.clock.set(now() + 10)
        await test.ciclo.settle()
        const counted = Map.groupBy(await runs(), ({ journeyId }) => journeyId)
        expect(Object.fromEntries([...counted].map(([id, all]) => [id, all.length]))).toEqual({
          opened: 3,
          others: 3,
          pros: 1,
        })
        expect(await openingOf('champions')).toMatchObject({ state: 'done', customers: 0 })
      })

      it('ask nobody twice and forget nobody where a process is killed between two pages', async () => {
        await buyers(450)
        await goLive(OPENED, { opening: { days: 2, state: 'waiting' } })
        await killDuring(createJourneyOpeningJob, 2)
        expect(await openingOf('opened')).toMatchObject({ state: 'running', customers: 200 })
        expect(await requests()).toHaveLength(400)
        test.clock.set(now() + 2 * 60_000)
        await test.ciclo.settle()
        expect(await openingOf('opened')).toMatchObject({ state: 'done', customers: 450 })
        expect(await requests()).toHaveLength(450)
        await sleep(3 * DAY)
        const started = await runs()
        expect(started).toHaveLength(450)
        expect(new Set(started.map(({ customerId }) => customerId)).size).toBe(450)
      })

      it('go on where they were when they are paused in between', async () => {
        await buyers(250)
        await goLive(OPENED, { opening: { days: 0, state: 'waiting' } })
        const pausing: Ingest = {
          ...test.ciclo.ingest,
          submit: async (items) => {
            const verdicts = await test.ciclo.ingest.submit(items)
            // Nobody tells the job: it has to look.
            await setStatus('opened', 'paused', false)
            return verdicts
          },
        }
        const clock = createFrozenClock(now())
        const { store } = test
        const job = createJourneyOpeningJob({ store, ingest: pausing, insight: insightOf(), now })
        await createJobsLoop({ store, clock, jobs: [job], onError: () => {} }).drain()
        await test.ciclo.settle()
        expect(await runs()).toHaveLength(200)
        test.clock.set(now() + 10)
        await setStatus('opened', 'live')
        await test.ciclo.settle()
        expect(await runs()).toHaveLength(250)
      })
    })

    describe('by the clock', () => {
      it('ask in at 9:00 in the shop’s zone whoever the rule is true of then, each day once', async () => {
        await identify('ann', { plan: 'pro' })
        await identify('bob', { plan: 'free' })
        await goLive(DAILY)
        await passTime(now() + DAY)
        await identify('bob', { plan: 'pro' })
        await passTime(now() + DAY)
        const started = (await runs()).map(({ startedAt }) => new Date(startedAt).toISOString())
        expect(started.toSorted()).toEqual([
          '2026-01-02T08:00:00.000Z',
          '2026-01-03T08:00:00.000Z',
          '2026-01-03T08:00:00.000Z',
        ])
      })

      it('are at 9:00 also after the clocks were put forward', async () => {
        await passTime(Date.UTC(2026, 2, 27, 12))
        await identify('ann', { plan: 'pro' })
        await goLive(DAILY)
        await passTime(Date.UTC(2026, 2, 30, 12))
        expect((await runs()).map(({ startedAt }) => new Date(startedAt).toISOString()).toSorted()).toEqual([
          '2026-03-28T08:00:00.000Z',
          '2026-03-29T07:00:00.000Z',
          '2026-03-30T07:00:00.000Z',
        ])
      })

      it('make up for what was missed in the last day, and say what was skipped', async () => {
        await identify('ann', { plan: 'pro' })
        await goLive(DAILY)
        await test.ciclo.settle()
        // The server was down for four days.
        test.clock.set(now() + 4 * DAY)
        await test.ciclo.settle()
        expect((await runs()).map(({ startedAt }) => new Date(startedAt).toISOString())).toEqual([
          '2026-01-05T08:00:00.000Z',
        ])
        expect(await jobOf(JOURNEY_SCHEDULE)).toMatchObject({
          dueAt: Date.UTC(2026, 0, 6, 8),
          result: {
            occurrences: 1,
            customers: 1,
            skipped: 3,
            skippedFirst: [{ journey: 'daily', at: '2026-01-02T08:00:00.000Z' }, {}, {}],
          },
        })
      })

      it('make up for nothing that was before they went live, nor in a pause', async () => {
        await identify('ann', { plan: 'pro' })
        await goLive(DAILY)
        await passTime(now() + 2 * HOUR)
        await setStatus('daily', 'paused')
        await passTime(now() + DAY)
        await setStatus('daily', 'live')
        await passTime(now() + HOUR)
        expect(await runs()).toEqual([])
        const at18 = JourneySchema.parse({ ...DAILY, trigger: { ...DAILY.trigger, at: '18:00' } })
        await passTime(Date.UTC(2026, 0, 2, 20))
        await goLive(at18, { version: 2 })
        await passTime(now() + HOUR)
        expect(await runs()).toEqual([])
        await passTime(now() + DAY)
        expect((await runs()).map(({ startedAt }) => new Date(startedAt).toISOString())).toEqual([
          '2026-01-03T17:00:00.000Z',
        ])
      })

      it('ask nobody twice and forget nobody where a process is killed between two pages', async () => {
        const items = Array.from({ length: 450 }, (_, index) =>
          test.item('secret', { type: 'identify', userId: `u${index}`, traits: { plan: 'pro' } }),
        )
        await test.ciclo.ingest.submit(items)
        await goLive(DAILY)
        await test.ciclo.settle()
        test.clock.set(Date.UTC(2026, 0, 2, 8))
        await killDuring(createJourneyScheduleJob, 2)
        expect(await jobOf(JOURNEY_SCHEDULE)).toMatchObject({ progress: { customers: 200 } })
        expect(await requests()).toHaveLength(400)
        test.clock.set(now() + 2 * 60_000)
        await test.ciclo.settle()
        expect(await requests()).toHaveLength(450)
        const started = await runs()
        expect(new Set(started.map(({ customerId }) => customerId)).size).toBe(450)
        expect(started).toHaveLength(450)
        expect(new Set(started.map(({ startedAt }) => startedAt))).toEqual(new Set([Date.UTC(2026, 0, 2, 8)]))
        expect(await jobOf(JOURNEY_SCHEDULE)).toMatchObject({
          progress: null,
          leaseUntil: null,
          dueAt: Date.UTC(2026, 0, 3, 8),
        })
      })
    })
  })
}
