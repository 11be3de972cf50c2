import { describe, expect, it, onTestFinished } from 'vitest'
import { createCampaignJob, type CampaignJobOptions } from '../../src/campaigns/campaignJob.ts'
import { freezePage } from '../../src/campaigns/freezePage.ts'
import { createRulesCache } from '../../src/ingest/rulesCache.ts'
import { createInsightRunner } from '../../src/insight/runInsight.ts'
import type { Store } from '../../src/store/store.ts'
import { hashAddress } from '../../src/tokens.ts'
import { seededRandom } from '../crash.random.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { campaignOf, EVERYBODY, expectToAddUp, useCampaigns } from './campaignWorld.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

/** A store whose process is killed when it has written so often: it never hears of it. */
function killedAfter(store: Store, writes: number): { store: Store; killed: Promise<void> } {
  let left = writes
  const forever = new Promise<never>(() => {})
  const { promise: killed, resolve } = Promise.withResolvers<void>()
  return {
    killed,
    store: {
      ...store,
      read: (work) => (left <= 0 ? forever : store.read(work)),
      write: async (work) => {
        const result = await store.write(work)
        left -= 1
        if (left > 0) return result
        resolve()
        return await forever
      },
    },
  }
}

/** What may happen to a campaign between any two of its pages, whatever the database. */
export function campaignLifeContract(
  database: string,
  createDatabase: () => Promise<string>,
  { steps }: { steps: number },
): void {
  const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000)

  describe(`A campaign's life on ${database}`, () => {
    const world = useCampaigns(createDatabase)
    const { people, launch, figures, recipients, act } = world
    const names = (count: number, from = 0) =>
      Array.from({ length: count }, (_, place) => `person${from + place}`)

    /** A run of the job in pages of a few, in a process that may be killed when it has written so often. */
    const run = async (
      writes = Infinity,
      more: Partial<CampaignJobOptions> = {},
      wakeAt: (at: number) => void = () => {},
    ): Promise<'killed' | 'done'> => {
      const { test, databaseUrl } = world
      const { store, killed } = killedAfter(test.store, writes)
      const insight = createInsightRunner({ databaseUrl })
      const job = createCampaignJob({
        store,
        insight,
        rules: createRulesCache(),
        hashAddress: (workspaceId, address) => hashAddress(SECRET, workspaceId, address),
        now: world.now,
        onQueued: () => {},
        onError: (error) => {
          throw error
        },
        recipientsAtOnce: 3,
        mostInOutbox: 5,
        ...more,
      })
      try {
        return await Promise.race([
          killed.then(() => 'killed' as const),
          job
            .run({
              workspaceId: test.workspaceId,
              dueAt: world.now(),
              progress: null,
              last: null,
              wakeAt,
              save: () => Promise.resolve(),
              signal: new AbortController().signal,
            })
            .then(() => 'done' as const),
        ])
      } finally {
        await insight.close()
      }
    }

    it('has everybody once, in the same variant, wherever its process is killed', async () => {
      await people(names(14))
      await people(['no1', 'no2'], { subscribed: false })
      await launch(campaignOf({ variants: [{ id: 'one' }, { id: 'two' }] }), 'whole')
      await run()
      const expected = (await recipients('whole')).map(({ name, variant, reason }) => [name, variant, reason])
      expect(expected).toHaveLength(16)

      // Ids of campaigns decide who gets which variant: the same one, in another workspace as it were.
      await world.test.store.write(async (tx) => {
        for (const table of [tx.tables.campaigns, tx.tables.recipients, tx.tables.messages, tx.tables.jobs])
          await tx.delete(table)
      })
      await launch(campaignOf({ variants: [{ id: 'one' }, { id: 'two' }] }), 'whole')
      // Six pages of the freezing, its end, and two pages of the queueing: killed after each, or after two.
      for (let kills = 0; kills < 9; kills += 1) {
        expect(await run(1 + (kills % 2))).toBe('killed')
        await figures('whole')
      }
      await run()
      const found = (await recipients('whole')).map(({ name, variant, reason }) => [name, variant, reason])
      expect(found).toEqual(expected)
      expect(await figures('whole')).toMatchObject({ queued: { total: 5 }, waiting: 9 })
      // Every mail is there once, however often it was put into the outbox.
      for (let round = 0; round < 3; round += 1) {
        await world.settle()
        await run(2)
        await run()
      }
      expect(await figures('whole')).toMatchObject({ sent: 14, waiting: 0, status: 'done' })
      expect(world.smtp.mails).toHaveLength(14)
    })

    it('asks for the morning where it is night for more of them than the outbox takes', async () => {
      const none = { queued: { total: 0 }, sent: 0 }
      await world.set({ quietHours: { from: '20:00', to: '08:00' } })
      await people(names(8))
      await world.passTime(11 * HOUR)
      await launch(campaignOf({ expiresAfter: '3d' }))
      const asked: number[] = []
      await run(Infinity, {}, (at) => asked.push(at))
      expect(await figures()).toMatchObject({ status: 'sending', waiting: 8, ...none })
      expect(asked).toEqual([world.now() + 9 * HOUR])
      await world.settle()
      await world.passTime(10 * HOUR)
      await world.passTime(MINUTE)
      expect(await figures()).toMatchObject({ status: 'done', sent: 8 })
    })

    it('lets a mail go as late as it says after its own time, however many nights it has waited', async () => {
      await world.set({ quietHours: { from: '20:00', to: '08:00' } })
      await people(names(8))
      const startedAt = world.now()
      await launch(campaignOf({ expiresAfter: '2d' }))
      // The outbox takes five, and nobody empties it.
      await run()
      for (const hours of [11, 35, 45]) {
        world.test.clock.set(startedAt + hours * HOUR)
        await run(Infinity, { mostInOutbox: 8 })
        expect(await figures()).toMatchObject({ waiting: hours === 45 ? 0 : 3 })
      }
      const messages = await world.test.store.read((tx) => tx.select().from(tx.tables.messages))
      expect(messages).toHaveLength(8)
      for (const { causeAt, expiresAt } of messages)
        expect([causeAt, expiresAt]).toEqual([startedAt, startedAt + 48 * HOUR])
    })

    /** Somebody of whom only the address is known, so that a later word may say who it is. */
    const twin = async (name: string) => {
      const known = { anonymousId: `browser-${name}`, properties: { email: `${name}@example.com` } }
      await world.submit(
        world.test.item('secret', {
          type: 'identify',
          anonymousId: known.anonymousId,
          traits: { ...known.properties, member: true },
        }),
        world.test.item('secret', { type: 'track', name: 'Subscribed', ...known }),
      )
      return (await world.test.customer(`email=${name}@example.com`))?.id ?? ''
    }
    const isReally = async (name: string, userId: string) => {
      const traits = { email: `${name}@example.com` }
      await world.submit(world.test.item('secret', { type: 'identify', userId, traits }))
    }

    it('writes once to two who turn out to be one while it is frozen', async () => {
      await people(names(4))
      await twin('twin')
      await launch(campaignOf(), 'first')
      // Its beginning, and the first page, which the twin is not on.
      expect(await run(2)).toBe('killed')
      expect(await figures('first')).toMatchObject({ status: 'freezing', audience: 3 })
      await isReally('twin', 'person0')
      await run()
      await world.settle()
      await run()
      await world.settle()
      const { audience, skipped, sent } = await figures('first')
      expect([sent, audience - skipped.total]).toEqual([4, 4])
      expect(world.smtp.mails).toHaveLength(4)
    })

    it('takes whoever was merged away between being found and being frozen for who that is now', async () => {
      await people(names(2))
      const [personId, twinId] = [await world.idOf('person0'), await twin('twin')]
      await launch(campaignOf(), 'first')
      await isReally('twin', 'person0')
      const { test } = world
      const page = async (ids: readonly string[]) =>
        await test.store.write((tx) =>
          freezePage(tx, { workspaceId: test.workspaceId, campaignId: 'first' }, ids, {
            rules: createRulesCache(),
            hashAddress: (workspaceId, address) => hashAddress(SECRET, workspaceId, address),
            now: world.now(),
          }),
        )
      const ids = [personId, twinId].toSorted()
      expect(await page(ids)).toBe(true)
      expect(await figures('first')).toMatchObject({
        audience: 2,
        waiting: 1,
        skipped: { reasons: { merged: 1 } },
      })
      // Another process was at the same page, and is late.
      expect(await page(ids)).toBe(true)
      expect(await figures('first')).toMatchObject({ audience: 2 })
      await act('pause', 'first')
      expect(await page([await world.idOf('person1')])).toBe(false)
      expect(await figures('first')).toMatchObject({ audience: 2 })
    })

    it('takes who was in the segment when it began, and waits for a rule that nobody was asked yet', async () => {
      const segment = async (rule: unknown) =>
        await world.test.request('/api/segments/members', {
          method: 'PUT',
          body: JSON.stringify({ name: 'Members', rule }),
        })
      await segment(EVERYBODY.rule)
      await people(['ada'])
      await world.passTime(MINUTE)
      const at = new Date(world.now() + HOUR).toISOString()
      const audience = { segment: 'members' }
      await launch(campaignOf({ audience, schedule: { kind: 'at', at } }), 'first')
      await run()
      // It was to begin an hour ago, and nothing ran.
      world.test.clock.set(world.now() + 2 * HOUR)
      await people(['ben'])
      await segment({ kind: 'and', rules: [EVERYBODY.rule, EVERYBODY.rule] })
      await run()
      expect(await figures('first')).toMatchObject({ status: 'scheduled', audience: 0 })
      // Jobs that are asked for in one millisecond are due a millisecond apart.
      world.test.clock.set(world.now() + 10)
      await world.test.ciclo.runJobs()
      await run()
      expect((await recipients('first')).map(({ name }) => name)).toEqual(['ada'])
    })

    it('puts no more than its bound into the outbox, and what waits for its customer does not count', async () => {
      await world.set({ cap: { perDay: 1 } })
      await people(names(12))
      await launch(campaignOf(), 'first')
      for (let round = 0; round < 3; round += 1) {
        await run()
        // What is there already counts.
        await run()
        expect((await figures('first')).queued.total).toBeLessThanOrEqual(5)
        await world.settle()
      }
      expect(await figures('first')).toMatchObject({ sent: 12 })
      // Everybody has had one today: the next waits for each by itself, and all are in the outbox.
      await launch(campaignOf({ expiresAfter: '30d' }), 'second')
      for (let round = 0; round < 4; round += 1) {
        await run()
        await world.settle()
      }
      expect(await figures('second')).toMatchObject({
        waiting: 0,
        sent: 0,
        queued: { total: 12, reasons: { 'frequency-cap': 12 } },
      })
    })

    it(`adds up at every moment of it, SEED=${seed}`, async () => {
      const random = seededRandom(seed)
      const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
      const upTo = (most: number) => Math.floor(random() * most)
      let known = 12
      let launched = 1
      let twins = 0
      const ids = () => Array.from({ length: launched }, (_, place) => `life${place}`)
      const anybody = () => `person${upTo(known)}`
      await people(names(known))
      await people(['no1', 'no2'], { subscribed: false })
      await people(names(4, 100), { traits: { timezone: 'Asia/Tokyo' } })
      await launch(
        campaignOf({
          schedule: { kind: 'local', time: '12:30' },
          variants: [{ id: 'one' }, { id: 'two', weight: 3 }],
        }),
        'life0',
      )
      const deeds: Record<string, () => Promise<unknown>> = {
        'a page': () => run(1 + upTo(3)),
        'a run': () => run(),
        mails: () => world.settle(),
        time: () => world.passTime(pick([MINUTE, HOUR / 2, 3 * HOUR])),
        unsubscribed: () => world.unsubscribe(anybody()),
        pause: () => act('pause', pick(ids())),
        resume: () => act('resume', pick(ids())),
        erased: () =>
          world.test.request('/api/erasures', {
            method: 'POST',
            body: JSON.stringify({ userId: anybody() }),
          }),
        refused: () => {
          const reply = pick(['451 4.3.0 Later', '550 5.1.1 No such user', '554 5.7.1 No'])
          world.smtp.answer(`${anybody()}@example.com`, [{ at: 'RCPT TO', reply }])
          return Promise.resolve()
        },
        clicked: async () => {
          const customerId = await world.idOf(anybody())
          if (customerId === '') return
          const message = `campaign/${pick(ids())}/${customerId}`
          const properties = { message, class: pick(['human', 'human', 'machine']) }
          const own = world.test.item('own', { type: 'track', name: 'Email Link Clicked', properties })
          await world.test.ciclo.ingest.submit([{ ...own, customerId }])
        },
        newcomers: async () => {
          await people(names(2, known))
          known += 2
        },
        merged: async () => {
          twins += 1
          await twin(`twin${twins}`)
          if (random() < 0.5) await run(1 + upTo(3))
          await isReally(`twin${twins}`, anybody())
        },
        'another campaign': async () => {
          launched += 1
          await launch(campaignOf(), `life${launched - 1}`)
        },
        cancelled: () => (random() < 0.3 ? act('cancel', pick(ids())) : Promise.resolve()),
      }
      const done: string[] = []
      onTestFinished(({ task }) => {
        if (task.result?.state === 'fail') process.stderr.write(`SEED=${seed}: ${done.join(', ')}\n`)
      })
      for (let step = 0; step < steps; step += 1) {
        const deed = pick(Object.keys(deeds))
        done.push(deed)
        await deeds[deed]?.()
        for (const id of ids()) await figures(id)
      }
      // Whatever is paused goes on, and all of it comes to an end.
      for (const id of ids()) await act('resume', id)
      await world.passTime(3 * 24 * HOUR)
      for (const id of ids()) {
        const found = await figures(id)
        expectToAddUp(found)
        expect([id, found.status, found.waiting, found.queued.total, found.sending]).toEqual([
          id,
          expect.stringMatching(/^(done|cancelled)$/),
          0,
          0,
          0,
        ])
        const mails = (await recipients(id)).filter(({ state }) => state === 'sent').length
        expect(mails).toBeLessThanOrEqual(found.sent)
      }
    })
  })
}
