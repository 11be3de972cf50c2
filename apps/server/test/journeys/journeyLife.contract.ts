import { eq } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { DAY, delay, mail, written, useJourneys } from './useJourneys.ts'

/** What a journey counts that nobody has counted. */
const COUNTED = (name: string, days = 30) =>
  ({ kind: 'event', name, within: days * DAY, atLeast: 2 }) as const

/** What becomes of runs when their journey is published, paused, resumed and archived; and what has to be done before. */
export function journeyLifeContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The life of journeys on ${database}`, () => {
    const shop = useJourneys(createDatabase)

    describe('Runs under way', () => {
      it('stay with their version when another goes live, unasked', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`)
        await shop.live(written(id, { steps: [delay('pause', '9d'), mail('mail')] }))
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 1, step: 'pause', status: 'running' }])
        await shop.pass(2 * DAY)
        expect(await shop.mailsOf(id)).toHaveLength(1)
        expect((await shop.mailsOf(id))[0]).toMatchObject({ stepId: 'mail' })
      })

      it('are moved in the middle of a delay, and keep its time', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`, `${id}-b`)
        await shop.pass(DAY)
        // Somebody who came in later waits for longer.
        await shop.enrol(id, `${id}-c`)
        await shop.live(written(id, { steps: [delay('pause', '2d'), mail('another')] }), { runs: 'move' })
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 2 }, { version: 2 }, { version: 2 }])
        expect((await shop.rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        await shop.pass(DAY)
        expect((await shop.mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['another', 'another'])
        await shop.pass(DAY)
        expect(await shop.mailsOf(id)).toHaveLength(3)
      })

      it('are moved by the mapping alone, and whoever it does not name stays', async () => {
        const id = shop.newId()
        await shop.live(written(id, { steps: [delay('one'), mail('mail'), delay('two'), mail('last')] }))
        await shop.enrol(id, `${id}-a`)
        await shop.pass(2 * DAY)
        await shop.enrol(id, `${id}-b`)
        await shop.live(written(id, { steps: [delay('new', '5d'), mail('mail')] }), {
          runs: { move: { two: 'new' } },
        })
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([
          { version: 1, step: 'one' },
          { version: 2, step: 'new' },
        ])
      })

      it('go on being moved after a restart, from where they were, each once', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`, `${id}-b`, `${id}-c`)
        await shop.live(written(id, { steps: [delay('pause'), mail('another')] }), { runs: 'move' })
        const runs = await shop.test.store.read(async (tx) => {
          const { enrolments } = tx.tables
          return await tx.select().from(enrolments).where(eq(enrolments.journeyId, id))
        })
        const [first] = runs.toSorted(
          (one, other) => one.startedAt - other.startedAt || (one.id < other.id ? -1 : 1),
        )
        // Killed after the first was told.
        const progress = { journey: id, after: { startedAt: first?.startedAt, id: first?.id }, runs: 1 }
        await shop.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-runs')),
        )
        await shop.jobs()
        expect((await shop.runsOf(id)).map(({ version }) => version)).toEqual([1, 2, 2])
        // Told of all again: nobody begins anew.
        await shop.pass(DAY)
        await shop.test.store.write(async (tx) => {
          const { journeys: table, jobs: all } = tx.tables
          const runsTo = { kind: 'move', to: 2, steps: { pause: 'pause' } }
          await tx.update(table).set({ runsTo }).where(eq(table.id, id))
          await tx.update(all).set({ dueAt: shop.now() }).where(eq(all.name, 'journey-runs'))
        })
        await shop.jobs()
        expect((await shop.runsOf(id)).map(({ version }) => version)).toEqual([2, 2, 2])
        const visits = await shop.test.store.read(async (tx) => {
          const { enrolments } = tx.tables
          const rows = await tx.select().from(enrolments).where(eq(enrolments.journeyId, id))
          return rows.map(({ snapshot }) => (snapshot as { visits: unknown }).visits)
        })
        expect(visits).toEqual([{ pause: 2 }, { pause: 2 }, { pause: 2 }])
        await shop.pass(DAY)
        expect((await shop.mailsOf(id)).map(({ stepId }) => stepId)).toEqual([
          'another',
          'another',
          'another',
        ])
      })

      it('are held by a pause, which says what became due, and go on after it', async () => {
        const id = shop.newId()
        await shop.live(written(id, { steps: [delay('pause'), mail('mail'), delay('rest'), mail('last')] }))
        await shop.enrol(id, `${id}-a`)
        await shop.pass(DAY)
        await shop.enrol(id, `${id}-b`)
        expect(await shop.send('POST', `/${id}/pause`)).toMatchObject({ version: 1, status: 'paused' })
        await shop.enrol(id, `${id}-c`)
        const heldSince = new Date(shop.now() + DAY).toISOString()
        await shop.pass(1.5 * DAY)
        expect(await shop.mailsOf(id)).toEqual([])
        expect(await shop.send('GET', `/${id}`)).toMatchObject({
          status: 'paused',
          runs: [{ version: 1, step: 'pause', runs: 2, held: 1, heldSince }],
        })
        expect(await shop.send('POST', `/${id}/resume`)).toMatchObject({
          status: 'live',
          due: [{ version: 1, step: 'pause', held: 1, heldSince }],
        })
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([
          { step: expect.any(String) as string, heldSince: null },
          { heldSince: null },
        ])
        expect((await shop.mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mail'])
        // The timer of who was not due yet has kept its time.
        await shop.pass(DAY / 2)
        expect(await shop.mailsOf(id)).toHaveLength(2)
        expect((await shop.rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null])
        expect(await shop.audit(id)).toEqual([
          'journey.draft.saved',
          'journey.published',
          'journey.paused',
          'journey.resumed',
        ])
      })

      it('of a paused journey wait for the version that takes its place', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`)
        await shop.send('POST', `/${id}/pause`)
        await shop.pass(3 * DAY)
        expect(
          await shop.live(written(id, { steps: [delay('pause'), mail('mended')] }), { runs: 'move' }),
        ).toMatchObject({
          version: 2,
          status: 'paused',
        })
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 2, step: 'pause', status: 'running' }])
        await shop.pass(DAY)
        expect(await shop.mailsOf(id)).toEqual([])
        await shop.send('POST', `/${id}/resume`)
        await shop.jobs()
        expect((await shop.mailsOf(id)).map(({ stepId }) => stepId)).toEqual(['mended'])
      })

      it('are finished where the journey is archived, also what a pause has held', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`)
        await shop.send('POST', `/${id}/pause`)
        await shop.pass(3 * DAY)
        await shop.send('POST', `/${id}/archive`)
        await shop.enrol(id, `${id}-b`)
        await shop.jobs()
        expect(await shop.mailsOf(id)).toHaveLength(1)
        expect(await shop.runsOf(id)).toHaveLength(1)
      })

      it('are ended where somebody asks for it, in every version', async () => {
        const id = shop.newId()
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`)
        await shop.live(written(id, { name: 'Next' }))
        await shop.enrol(id, `${id}-b`)
        await shop.send('POST', `/${id}/archive`, { runs: 'end' })
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([
          { version: 1, status: 'ended', endReason: 'removed' },
          { version: 2, status: 'ended', endReason: 'removed' },
        ])
        await shop.pass(3 * DAY)
        expect(await shop.mailsOf(id)).toEqual([])
        expect((await shop.rowsOf(id)).map(({ runsTo }) => runsTo)).toEqual([null, null])
        expect(await shop.send('POST', `/${id}/archive`, { runs: 'kill' })).toMatchObject({ status: 400 })
      })
    })

    describe('A version whose rules count events', () => {
      const EVENTS = 3
      const happen = async (userId: string, name: string) => {
        for (let index = 0; index < EVENTS; index += 1) await shop.submit(shop.track(userId, name))
      }

      it('goes live by itself when everybody has been looked at once', async () => {
        const id = shop.newId()
        const name = `Thing ${id}`
        const user = `${id}-a`
        await happen(user, name)
        const entry = COUNTED(name)
        expect(await shop.live(written(id, { entry }))).toMatchObject({ version: 1, status: 'published' })
        expect(await shop.statusesOf(id)).toEqual({ 1: 'published' })
        expect(await shop.send('POST', `/${id}/pause`)).toMatchObject({
          status: 409,
          detail: expect.stringContaining('version 1 is published and about to go live') as string,
        })
        await shop.enrol(id, user)
        expect(await shop.runsOf(id)).toEqual([])
        await shop.jobs()
        expect(await shop.statusesOf(id)).toEqual({ 1: 'live' })
        // What happened long before it was published counts, and it starts nothing by itself.
        expect(await shop.runsOf(id)).toEqual([])
        shop.test.clock.set(shop.now() + 1)
        await shop.enrol(id, user)
        expect(await shop.runsOf(id)).toHaveLength(1)
        // What is counted now is counted for the next version, too, but not more of it.
        const next = written(id, { entry, name: 'Next' })
        expect(await shop.live(next)).toMatchObject({ version: 2, status: 'live' })
        expect(await shop.live({ ...next, entry: { ...entry, atLeast: 3 } })).toMatchObject({
          status: 'published',
        })
        expect(await shop.statusesOf(id)).toEqual({ 1: 'archived', 2: 'live', 3: 'published' })
        // Another one takes its turn, and its place.
        await shop.draft({ ...next, name: 'Last' })
        expect(await shop.publish(id)).toMatchObject({ version: 4, status: 'live' })
        await shop.jobs()
        expect(await shop.statusesOf(id)).toEqual({ 1: 'archived', 2: 'archived', 3: 'archived', 4: 'live' })
      })

      it('goes on looking after a restart, from where it was', async () => {
        const id = shop.newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await happen(`${id}-b`, name)
        await shop.live(written(id, { entry: COUNTED(name) }))
        const [first, second] = (await Promise.all([shop.idOf(`${id}-a`), shop.idOf(`${id}-b`)])).toSorted()
        const progress = { subjects: { [id]: 1 }, after: first, customers: 1 }
        await shop.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-count')),
        )
        await shop.jobs()
        expect(await shop.statusesOf(id)).toEqual({ 1: 'live' })
        const countersOf = async (customer: string | undefined) => {
          const rows = await shop.test.store.read((tx) => tx.select().from(tx.tables.customers))
          return JSON.stringify(rows.find((row) => row.id === customer)?.state).includes(name)
        }
        expect(await countersOf(second)).toBe(true)
      })

      it('takes the runs along that were to be moved, not before', async () => {
        const id = shop.newId()
        const name = `Thing ${id}`
        await happen(`${id}-a`, name)
        await shop.live(written(id))
        await shop.enrol(id, `${id}-a`)
        await shop.live(written(id, { entry: COUNTED(name), steps: [delay('pause'), mail('next')] }), {
          runs: 'move',
        })
        await shop.test.ciclo.settle()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 1 }])
        // What else is done with runs meanwhile moves none of them.
        await shop.send('POST', `/${id}/pause`)
        await shop.send('POST', `/${id}/resume`)
        await shop.test.ciclo.settle()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 1 }])
        await shop.jobs()
        expect(await shop.runsOf(id)).toMatchObject([{ version: 2 }])
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
        const id = shop.newId()
        await shop.submit(shop.identify(`${id}-a`, { birthday: day(shop.now() + 3 * DAY) }))
        await shop.submit(shop.track(`${id}-a`, 'Subscribed'))
        await shop.live(dated(id))
        await shop.jobs()
        await shop.pass(4 * DAY)
        expect(await shop.runsOf(id)).toHaveLength(1)
      })

      it('has them woken also after a restart, from where it was', async () => {
        const id = shop.newId()
        const users = [`${id}-a`, `${id}-b`]
        for (const user of users)
          await shop.submit(shop.identify(user, { birthday: day(shop.now() + 200 * DAY) }))
        await shop.live(dated(id))
        const [first] = (await Promise.all(users.map(shop.idOf))).toSorted()
        const progress = { after: first, customers: 1 }
        await shop.test.store.write((tx) =>
          tx.update(tx.tables.jobs).set({ progress }).where(eq(tx.tables.jobs.name, 'journey-dates')),
        )
        await shop.jobs()
        const rows = await shop.test.store.read((tx) => tx.select().from(tx.tables.customers))
        const armed = rows.filter(({ state }) => JSON.stringify(state).includes(`dates|${id}`))
        expect(armed.map((row) => row.id)).not.toContain(first)
        expect(armed).toHaveLength(1)
        await shop.send('POST', `/${id}/archive`)
      })

      it('is started after a pause, too', async () => {
        const id = shop.newId()
        await shop.live(dated(id))
        await shop.jobs()
        await shop.send('POST', `/${id}/pause`)
        await shop.submit(shop.identify(`${id}-a`, { birthday: day(shop.now() + 3 * DAY) }))
        await shop.send('POST', `/${id}/resume`)
        await shop.jobs()
        await shop.pass(4 * DAY)
        expect(await shop.runsOf(id)).toHaveLength(1)
      })
    })
  })
}
