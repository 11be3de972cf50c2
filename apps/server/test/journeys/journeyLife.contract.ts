import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { DAY, delay, mail, written, useJourneys } from './useJourneys.ts'

/** What a journey counts that nobody has counted. */
const COUNTED = (name: string, days = 30) =>
  ({ kind: 'event', name, within: days * DAY, atLeast: 2 }) as const

/** What becomes of runs when their journey is published, paused, resumed and archived; and what has to be done before. */
export function journeyLifeContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The life of journeys on ${database}`, () => {
    const {
      world,
      audit,
      draft,
      enrol,
      idOf,
      identify,
      jobs,
      live,
      mailsOf,
      newId,
      now,
      pass,
      publish,
      rowsOf,
      runsOf,
      send,
      statusesOf,
      submit,
      track,
    } = useJourneys(createDatabase)

    describe('Runs under way', () => {
      it('stay with their version when another goes live, unasked', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { steps: [delay('pause', '9d'), mail('mail')] }))
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 1, step: 'pause', status: 'running' }])
        await pass(2 * DAY)
        expect(await mailsOf(id)).toHaveLength(1)
        expect((await mailsOf(id))[0]).toMatchObject({ stepId: 'mail' })
      })

      it('are moved in the middle of a delay, and keep its time', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`, `${id}-b`)
        await pass(DAY)
        // Somebody who came in later waits for longer.
        await enrol(id, `${id}-c`)
        await live(written(id, { steps: [delay('pause', '2d'), mail('another')] }), { runs: 'move' })
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2 }, { version: 2 }, { version: 2 }])
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        await pass(DAY)
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['another', 'another'])
        await pass(DAY)
        expect(await mailsOf(id)).toHaveLength(3)
      })

      it('are moved by the mapping alone, and whoever it does not name stays', async () => {
        const id = newId()
        await live(written(id, { steps: [delay('one'), mail('mail'), delay('two'), mail('last')] }))
        await enrol(id, `${id}-a`)
        await pass(2 * DAY)
        await enrol(id, `${id}-b`)
        await live(written(id, { steps: [delay('new', '5d'), mail('mail')] }), {
          runs: { move: { two: 'new' } },
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { version: 1, step: 'one' },
          { version: 2, step: 'new' },
        ])
      })

      it('go on being moved after a restart, from where they were, each once', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`, `${id}-b`, `${id}-c`)
        await live(written(id, { steps: [delay('pause'), mail('another')] }), { runs: 'move' })
        const runs = await world.test.store.read(async (tx) => {
          const { enrolments } = tx.tables
          return await tx.select().from(enrolments).where(eq(enrolments.journeyId, id))
        })
        const [first] = runs.toSorted(
          (one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1),
        )
        // Killed after the first was told.
        const progress = { journey: id, after: { startedAt: first?.startedAt, id: first?.id }, runs: 1 }
        await world.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-runs')),
        )
        await jobs()
        expect((await runsOf(id)).map(({ version }) => version)).toEqual([1, 2, 2])
        // Told of all again: nobody begins anew.
        await pass(DAY)
        await world.test.store.write(async (tx) => {
          const { journeys: table, jobs: all } = tx.tables
          const runsTo = { kind: 'move', to: 2, steps: { pause: 'pause' } }
          await tx.update(table).set({ runsTo }).where(eq(table.id, id))
          await tx.update(all).set({ dueAt: now() }).where(eq(all.name, 'journey-runs'))
        })
        await jobs()
        expect((await runsOf(id)).map(({ version }) => version)).toEqual([2, 2, 2])
        const visits = await world.test.store.read(async (tx) => {
          const { enrolments } = tx.tables
          const rows = await tx.select().from(enrolments).where(eq(enrolments.journeyId, id))
          return rows.map(({ snapshot }) => (snapshot as { visits: unknown }).visits)
        })
        expect(visits).toEqual([{ pause: 2 }, { pause: 2 }, { pause: 2 }])
        await pass(DAY)
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['another', 'another', 'another'])
      })

      it('are held by a pause, which says what became due, and go on after it', async () => {
        const id = newId()
        await live(written(id, { steps: [delay('pause'), mail('mail'), delay('rest'), mail('last')] }))
        await enrol(id, `${id}-a`)
        await pass(DAY)
        await enrol(id, `${id}-b`)
        expect(await send('POST', `/${id}/pause`)).toMatchObject({ version: 1, status: 'paused' })
        await enrol(id, `${id}-c`)
        const heldSince = new Date(now() + DAY).toISOString()
        await pass(1.5 * DAY)
        expect(await mailsOf(id)).toEqual([])
        expect(await send('GET', `/${id}`)).toMatchObject({
          status: 'paused',
          runs: [{ version: 1, step: 'pause', runs: 2, held: 1, heldSince }],
        })
        expect(await send('POST', `/${id}/resume`)).toMatchObject({
          status: 'live',
          due: [{ version: 1, step: 'pause', held: 1, heldSince }],
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { step: expect.any(String) as string, heldSince: null },
          { heldSince: null },
        ])
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mail'])
        // The timer of who was not due yet has kept its time.
        await pass(DAY / 2)
        expect(await mailsOf(id)).toHaveLength(2)
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null])
        expect(await audit(id)).toEqual([
          'journey.draft.saved',
          'journey.published',
          'journey.paused',
          'journey.resumed',
        ])
      })

      it('of a paused journey wait for the version that takes its place', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await send('POST', `/${id}/pause`)
        await pass(3 * DAY)
        expect(
          await live(written(id, { steps: [delay('pause'), mail('mended')] }), { runs: 'move' }),
        ).toMatchObject({
          version: 2,
          status: 'paused',
        })
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2, step: 'pause', status: 'running' }])
        await pass(DAY)
        expect(await mailsOf(id)).toEqual([])
        await send('POST', `/${id}/resume`)
        await jobs()
        expect((await mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mended'])
      })

      it('are finished where the journey is archived, also what a pause has held', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await send('POST', `/${id}/pause`)
        await pass(3 * DAY)
        await send('POST', `/${id}/archive`)
        await enrol(id, `${id}-b`)
        await jobs()
        expect(await mailsOf(id)).toHaveLength(1)
        expect(await runsOf(id)).toHaveLength(1)
      })

      it('are ended where somebody asks for it, in every version', async () => {
        const id = newId()
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { name: 'Next' }))
        await enrol(id, `${id}-b`)
        await send('POST', `/${id}/archive`, { runs: 'end' })
        await jobs()
        expect(await runsOf(id)).toMatchObject([
          { version: 1, status: 'ended', endReason: 'removed' },
          { version: 2, status: 'ended', endReason: 'removed' },
        ])
        await pass(3 * DAY)
        expect(await mailsOf(id)).toEqual([])
        expect((await rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        expect(await send('POST', `/${id}/archive`, { runs: 'kill' })).toMatchObject({ status: 400 })
      })
    })

    describe('A version whose rules count events', () => {
      const EVENTS = 3
      const happen = async (userId: string, name: string) => {
        for (let index = 0; index < EVENTS; index += 1) await submit(track(userId, name))
      }

      it('goes live by itself when everybody has been looked at once', async () => {
        const id = newId()
        const name = `Thing ${id}`
        const user = `${id}-a`
        await happen(user, name)
        const entry = COUNTED(name)
        expect(await live(written(id, { entry }))).toMatchObject({ version: 1, status: 'published' })
        expect(await statusesOf(id)).toEqual({ 1: 'published' })
        expect(await send('POST', `/${id}/pause`)).toMatchObject({
          status: 409,
          detail: expect.stringContaining('version 1 is published and about to go live') as string,
        })
        await enrol(id, user)
        expect(await runsOf(id)).toEqual([])
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'live' })
        // What happened long before it was published counts, and it starts nothing by itself.
        expect(await runsOf(id)).toEqual([])
        world.test.clock.set(now() + 1)
        await enrol(id, user)
        expect(await runsOf(id)).toHaveLength(1)
        // What is counted now is counted for the next version, too, but not more of it.
        const next = written(id, { entry, name: 'Next' })
        expect(await live(next)).toMatchObject({ version: 2, status: 'live' })
        expect(await live({ ...next, entry: { ...entry, atLeast: 3 } })).toMatchObject({
          status: 'published',
        })
        expect(await statusesOf(id)).toEqual({ 1: 'archived', 2: 'live', 3: 'published' })
        // Another one takes its turn, and its place.
        await draft({ ...next, name: 'Last' })
        expect(await publish(id)).toMatchObject({ version: 4, status: 'live' })
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'archived', 2: 'archived', 3: 'archived', 4: 'live' })
      })

      it('goes on looking after a restart, from where it was', async () => {
        const id = newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await happen(`${id}-b`, name)
        await live(written(id, { entry: COUNTED(name) }))
        const [first, second] = (await Promise.all([idOf(`${id}-a`), idOf(`${id}-b`)])).toSorted()
        const progress = { subjects: { [id]: 1 }, after: first, customers: 1 }
        await world.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-count')),
        )
        await jobs()
        expect(await statusesOf(id)).toEqual({ 1: 'live' })
        const countersOf = async (customer: string | undefined) => {
          const rows = await world.test.store.read((tx) => tx.select().from(tx.tables.customers))
          return JSON.stringify(rows.find((row) => row.id === customer)?.state).includes(name)
        }
        expect(await countersOf(second)).toBe(true)
      })

      it('takes the runs along that were to be moved, not before', async () => {
        const id = newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await live(written(id))
        await enrol(id, `${id}-a`)
        await live(written(id, { entry: COUNTED(name), steps: [delay('pause'), mail('next')] }), {
          runs: 'move',
        })
        await world.test.ciclo.settle()
        expect(await runsOf(id)).toMatchObject([{ version: 1 }])
        // What else is done with runs meanwhile moves none of them.
        await send('POST', `/${id}/pause`)
        await send('POST', `/${id}/resume`)
        await world.test.ciclo.settle()
        expect(await runsOf(id)).toMatchObject([{ version: 1 }])
        await jobs()
        expect(await runsOf(id)).toMatchObject([{ version: 2 }])
      })
    })

    describe('A version that a day starts', () => {
      const dated = (id: string) =>
        written(id, {
          trigger: { kind: 'date', date: { of: 'trait', path: ['birthday'], yearly: true }, at: '09:00' },
          steps: [mail('mail', 'birthday')],
        })
      const day = (at: number) => new Date(at).toISOString().slice(5, 10)

      it('has everybody woken, so that days are known of whom nothing else happens', async () => {
        const id = newId()
        await submit(identify(`${id}-a`, { birthday: day(now() + 3 * DAY) }))
        await submit(track(`${id}-a`, 'Subscribed'))
        await live(dated(id))
        await jobs()
        await pass(4 * DAY)
        expect(await runsOf(id)).toHaveLength(1)
      })

      it('has them woken also after a restart, from where it was', async () => {
        const id = newId()
        const users = [`${id}-a`, `${id}-b`]
        for (const user of users) await submit(identify(user, { birthday: day(now() + 200 * DAY) }))
        await live(dated(id))
        const [first] = (await Promise.all(users.map(idOf))).toSorted()
        const progress = { after: first, customers: 1 }
        await world.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-dates')),
        )
        await jobs()
        const rows = await world.test.store.read((tx) => tx.select().from(tx.tables.customers))
        const armed = rows.filter(({ state }) => JSON.stringify(state).includes(`dates|${id}`))
        expect(armed.map((row) => row.id)).not.toContain(first)
        expect(armed).toHaveLength(1)
        await send('POST', `/${id}/archive`)
      })

      it('is started after a pause, too', async () => {
        const id = newId()
        await live(dated(id))
        await jobs()
        await send('POST', `/${id}/pause`)
        await submit(identify(`${id}-a`, { birthday: day(now() + 3 * DAY) }))
        await send('POST', `/${id}/resume`)
        await jobs()
        await pass(4 * DAY)
        expect(await runsOf(id)).toHaveLength(1)
      })
    })
  })
}
