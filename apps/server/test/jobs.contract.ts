import type { TransitionReason } from '@ciclo/engine'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrozenClock } from '../src/clock.ts'
import type { Ingest } from '../src/ingest/ingest.ts'
import { createRejudgeJob } from '../src/insight/rejudgeJob.ts'
import { createJobsLoop, type Job, type JobContext } from '../src/loops/jobs.ts'
import { releaseAllClaims } from '../src/store/queries/claims.ts'
import { readJobs, REJUDGE, requestJob, UNASKED } from '../src/store/queries/jobs.ts'
import { addRulesVersion, readCurrentRules } from '../src/store/queries/rulesVersions.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

const MINUTE = 60_000
const DAY = 86_400_000

/** Several processes and one list of jobs, whatever the database. */
export function jobsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Jobs on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const now = () => test.clock.now()
    const errors: unknown[] = []
    /** A process with one job, by a clock of its own. */
    const processWith = (run: Job['run'], clock = createFrozenClock(now()), name = 'count') => {
      const jobs = [{ name, every: null, run }]
      const loop = createJobsLoop({ store: test.store, clock, jobs, onError: (error) => errors.push(error) })
      return { clock, loop }
    }
    const request = async (name = 'count') =>
      await test.store.write((tx) => requestJob(tx, test.workspaceId, name, now()))
    const jobOf = async (name = 'count') =>
      (await test.store.read((tx) => readJobs(tx, test.workspaceId))).find((job) => job.name === name)
    /** A run that saves its progress once, and then never comes to its end: its process was killed. */
    const killed = (saved: () => void) => async (context: JobContext) => {
      await context.save({ pages: 3 })
      saved()
      return await new Promise<Record<string, unknown>>(() => {})
    }

    it('are taken by one process, and by another where that was killed, which goes on where it stopped', async () => {
      await request()
      const saved = vi.fn()
      const first = processWith(killed(saved))
      void first.loop.drain()
      await vi.waitFor(() => expect(saved).toHaveBeenCalled())
      const run = vi.fn(({ progress }: JobContext) => Promise.resolve({ began: progress }))
      const second = processWith(run)
      await second.loop.drain()
      expect(run).not.toHaveBeenCalled()
      second.clock.set(now() + 2 * MINUTE)
      await second.loop.drain()
      expect(await jobOf()).toMatchObject({
        result: { began: { pages: 3 } },
        progress: null,
        dueAt: UNASKED,
        leaseUntil: null,
      })
    })

    it('need not wait for a process that is known to be dead', async () => {
      await request()
      const saved = vi.fn()
      void processWith(killed(saved)).loop.drain()
      await vi.waitFor(() => expect(saved).toHaveBeenCalled())
      await test.store.write(releaseAllClaims)
      await processWith(({ progress }) => Promise.resolve({ began: progress })).loop.drain()
      expect(await jobOf()).toMatchObject({ result: { began: { pages: 3 } } })
    })

    it('begin anew where they are asked for during their run, also in the same millisecond', async () => {
      const began: unknown[] = []
      await request()
      const { loop } = processWith(async ({ progress, save }) => {
        began.push(progress)
        await save({ pages: 1 })
        if (began.length === 1) await request()
        await save({ pages: 2 })
        return { runs: began.length }
      })
      await loop.drain()
      // What the second request asks for is due a millisecond later.
      expect(await jobOf()).toMatchObject({ progress: null, leaseUntil: null })
      const later = processWith(
        ({ progress }) => Promise.resolve({ began: progress }),
        createFrozenClock(now() + 1),
      )
      await later.loop.drain()
      expect(began).toEqual([null])
      expect(await jobOf()).toMatchObject({ result: { began: null }, dueAt: UNASKED })
    })

    it('stop at once with their process, and the next one need not wait', async () => {
      await request()
      const saved = vi.fn()
      const { loop } = processWith(async ({ save, signal }) => {
        await save({ pages: 3 })
        saved()
        return await new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error))
        })
      })
      const running = loop.drain()
      await vi.waitFor(() => expect(saved).toHaveBeenCalled())
      await loop.stop()
      await running
      expect(await jobOf()).toMatchObject({
        progress: { pages: 3 },
        leaseUntil: null,
        error: null,
        result: null,
      })
      expect(errors).toEqual([])
      const next = processWith(({ progress }) => Promise.resolve({ began: progress }))
      await next.loop.drain()
      expect(await jobOf()).toMatchObject({ result: { began: { pages: 3 } } })
    })

    it('judge nobody twice, and forget nobody, where a process is killed between two pages', async () => {
      const buyers = Array.from({ length: 450 }, (_, index) =>
        test.item(
          'secret',
          {
            type: 'track',
            name: 'Order Completed',
            userId: `u${index}`,
            properties: { order_id: `o${index}`, total: 10, currency: 'USD' },
          },
          { at: now() - 50 * DAY },
        ),
      )
      await test.ciclo.ingest.submit(buyers)
      await test.store.write(async (tx) => {
        const before = await readCurrentRules(tx, test.workspaceId)
        const limits = { atRisk: 10 * DAY, lapsed: 20 * DAY, lost: 90 * DAY }
        const settings = { ...before.settings, limits }
        await addRulesVersion(tx, test.workspaceId, before, { from: now(), settings })
        await requestJob(tx, test.workspaceId, REJUDGE, now())
      })
      let pages = 0
      // Its second page is committed, and it is killed before it can write that down.
      const dying = vi.fn()
      const ingest: Ingest = {
        ...test.ciclo.ingest,
        submit: async (items) => {
          const verdicts = await test.ciclo.ingest.submit(items)
          pages += 1
          if (pages < 2) return verdicts
          dying()
          return await new Promise<never>(() => {})
        },
      }
      const rejudge = createRejudgeJob({ store: test.store, ingest, now })
      void processWith((context) => rejudge.run(context), undefined, REJUDGE).loop.drain()
      await vi.waitFor(() => expect(dying).toHaveBeenCalled())
      expect(await jobOf(REJUDGE)).toMatchObject({ progress: { customers: 200 } })
      test.clock.set(now() + 2 * MINUTE)
      await test.ciclo.runJobs()
      expect(await jobOf(REJUDGE)).toMatchObject({ result: { customers: 450 }, dueAt: UNASKED })
      const moves = await test.store.read((tx) => tx.select().from(tx.tables.transitions))
      const judged = moves.filter(
        ({ region, to, reason }) =>
          region === 'stage' && to === 'lapsed' && (reason as TransitionReason).cause.id === '2',
      )
      expect(judged).toHaveLength(450)
      expect(new Set(judged.map(({ customerId }) => customerId)).size).toBe(450)
    })
  })
}
