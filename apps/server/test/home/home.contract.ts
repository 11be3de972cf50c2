import { DAY, HOUR } from '@ciclo/engine'
import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import type { z } from 'zod'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HomeSchema } from '../../src/routes/homeSchemas.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

/** 2026-01-05 was a Monday; a test's clock begins on Thursday the 1st, at noon UTC. */
const MONDAY_AT_8 = Date.UTC(2026, 0, 5, 7)

type Home = z.infer<typeof HomeSchema>

/** The first page and the weekly mail, on a database. */
export function homeContract(database: string, createDatabase: () => Promise<string>): void {
  // Each test starts processes that read, which take their time where the machine has much to do.
  describe(`The first page on ${database}`, { timeout: 120_000 }, () => {
    let smtp: SMTPServer
    let smtpUrl: string
    let mails: Email[] = []
    let refuses = false
    let databaseUrl: string
    let test: TestCiclo

    beforeAll(async () => {
      smtp = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        disableReverseLookup: true,
        onRcptTo: ({ address }, _session, done) =>
          done(refuses && address.startsWith('second') ? new Error('not now') : null),
        onData: (stream, _session, done) => {
          buffer(stream)
            .then((source) => PostalMime.parse(source))
            .then((mail) => mails.push(mail))
            .then(() => done(), done)
        },
      })
      await new Promise<void>((resolve) => {
        smtp.listen(0, '127.0.0.1', resolve)
      })
      smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`
    })
    afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())))

    const open = async () => {
      test = await createTestCiclo({ databaseUrl, smtpUrl, journeys: 'shipped' })
    }
    beforeEach(async () => {
      mails = []
      refuses = false
      databaseUrl = await createDatabase()
      await open()
    })
    afterEach(() => test.stop())

    const at = (day: number) => ({ at: test.clock.now() + day * DAY })
    const order = (userId: string, day: number, total: number, currency = 'EUR') =>
      test.item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          userId,
          properties: { order_id: `${userId}-${day}`, total, currency },
        },
        at(day),
      )
    const identify = (userId: string, firstName: string, day: number) =>
      test.item(
        'secret',
        { type: 'identify', userId, traits: { firstName, email: `${userId}@example.com` } },
        at(day),
      )
    const submit = (...items: Parameters<typeof test.ciclo.ingest.submit>[0]) =>
      test.ciclo.ingest.submit(items)
    const patch = (settings: object) =>
      test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) })
    /** All parts: the first question starts a process, which takes its time on a busy machine. */
    const home = async (locale = 'en'): Promise<Home> => {
      for (;;) {
        const answer = HomeSchema.parse(await test.request(`/api/home?locale=${locale}`))
        if (answer.map && answer.money && answer.mail && answer.figures && !answer.map.isCounting)
          return answer
      }
    }
    const stageOf = ({ map }: Home, stage: string) => map?.stages.find((one) => one.stage === stage)

    it('leads an empty shop to the set-up guide', async () => {
      const { sentence, isEmpty, isBroken, tasks, map } = await home()
      expect({ isEmpty, isBroken }).toEqual({ isEmpty: true, isBroken: false })
      expect(sentence).toContain('Nothing has come in yet')
      expect(tasks).toMatchObject([{ kind: 'empty', to: '/guide' }])
      expect(map).toMatchObject({ customers: 0, isSmall: true })
    })

    it('counts stages, moves, spend and money, and says what is at stake', async () => {
      await patch({ currency: 'EUR', shop: { address: 'Calle Mayor 1, Madrid' }, gaps: { mode: 'fixed' } })
      await submit(
        identify('ann', 'Ann', -120),
        order('ann', -91, 50),
        identify('bob', 'Bob', -40),
        order('bob', -30, 20),
        order('bob', -2, 30),
        identify('cy', 'Cy', -3),
        order('dee', -1, 7, 'USD'),
        test.item('public', { type: 'page', anonymousId: 'visitor' }),
      )
      await test.ciclo.settle()
      const shown = await home()
      expect(shown.sentence).toBe(
        'Nothing is broken. Ann passed their limit this week; that customer spent €50.00 in the last year.',
      )
      expect(stageOf(shown, 'atRisk')).toEqual({
        stage: 'atRisk',
        customers: 1,
        reachable: 0,
        change: 1,
        spend: { EUR: 5_000 },
        names: ['Ann'],
        week: { people: 1, spend: { EUR: 5_000 }, names: ['Ann'] },
        month: { people: 1, spend: { EUR: 5_000 }, names: ['Ann'] },
      })
      expect(stageOf(shown, 'active')).toMatchObject({ customers: 1, change: 1, spend: { EUR: 5_000 } })
      expect(stageOf(shown, 'new')).toMatchObject({ customers: 1, spend: { USD: 700 } })
      expect(stageOf(shown, 'prospect')).toMatchObject({ customers: 1, change: 1, names: ['Cy'] })
      expect(stageOf(shown, 'visitor')).toMatchObject({
        customers: 1,
        change: 1,
        names: [expect.any(String)],
      })
      // Ann was the one who was new and no longer is; Bob has become active; Dee is new still.
      expect(shown.map?.moves).toContainEqual({ from: 'new', to: 'atRisk', moves: 1, of: 3 })
      expect(shown.map?.moves).toContainEqual({ from: 'new', to: 'active', moves: 1, of: 3 })
      expect(shown.money?.now).toEqual({
        orders: 2,
        revenue: { EUR: 3_000, USD: 700 },
        attributedOrders: 0,
        attributed: {},
      })
      expect(shown.money?.before).toMatchObject({ orders: 1, revenue: { EUR: 2_000 } })
      expect(shown.money?.days).toHaveLength(28)
      expect(shown.money?.days.at(-3)).toEqual({ day: '2025-12-30', revenue: { EUR: 3_000 } })
      expect(shown.figures?.customerLifetimeValue.currencies['EUR']?.historic).toMatchObject({
        numerator: 10_000,
        denominator: 2,
      })
      const offered = shown.tasks.find(({ journey }) => journey?.id === 'at-risk')
      expect(offered).toMatchObject({ people: 1, money: { EUR: 5_000 }, to: null })
      expect(offered?.title).toBe('Switch on “About to leave”')
    })

    it('shows a journey where it was offered as soon as it is switched on', async () => {
      await submit(identify('ann', 'Ann', -120), order('ann', -91, 50))
      await test.ciclo.settle()
      expect((await home()).map?.offers.map(({ id }) => id)).toContain('at-risk')
      await test.request('/api/journeys/at-risk/publish', { method: 'POST' })
      const { map, tasks } = await home()
      expect(map?.journeys).toContainEqual(expect.objectContaining({ id: 'at-risk', stage: 'atRisk' }))
      expect(map?.offers.map(({ id }) => id)).not.toContain('at-risk')
      expect(tasks.map(({ to }) => to)).toContain('/customers?stage=atRisk')
    })

    it('plans the mails of runs, and counts what came back', async () => {
      await patch({ shop: { timeZone: 'Europe/Madrid' } })
      await submit(
        identify('ann', 'Ann', 0),
        test.item('secret', {
          type: 'track',
          name: 'Subscribed',
          userId: 'ann',
          properties: { text: 'Yes' },
        }),
      )
      await test.ciclo.settle()
      const click = (id: string, kind: string) =>
        test.item('secret', {
          type: 'track',
          name: 'Email Link Clicked',
          userId: 'ann',
          properties: { message: id, class: kind },
        })
      await submit(click('m1', 'human'), click('m2', 'scanner'))
      await submit(test.item('secret', { type: 'track', name: 'Unsubscribed', userId: 'bob' }))
      const { mail } = await home()
      expect(mail?.past.at(-1)).toEqual({
        day: '2026-01-01',
        sent: 1,
        clicks: 1,
        complaints: 0,
        unsubscribes: 1,
      })
      // The second mail of the welcome series, two days later.
      expect(mail?.planned.map(({ day, journeys }) => [day, journeys])).toContainEqual(['2026-01-03', 1])
      expect(mail?.isComplete).toBe(true)
    })

    it('says what is broken before anything else, in every language', async () => {
      await submit(identify('ann', 'Ann', 0))
      await test.store.write(async (tx) => {
        const { parked } = tx.tables
        await tx.insert(parked).values({
          workspaceId: test.workspaceId,
          id: 'p1',
          customerId: null,
          error: 'RangeError: a test',
          input: {},
          at: test.clock.now(),
        })
      })
      const sentences = []
      for (const locale of ['en', 'es', 'pl', 'ro']) {
        const { sentence, isBroken, tasks } = await home(locale)
        expect(isBroken).toBe(true)
        expect(tasks[0]).toMatchObject({ kind: 'parked', to: '/settings/data' })
        sentences.push(sentence)
      }
      expect(sentences).toEqual([
        '1 event could not be processed and waits for you.',
        '1 evento no se ha podido procesar y te espera.',
        '1 zdarzenia nie udało się przetworzyć i czeka na ciebie.',
        '1 eveniment nu a putut fi procesat și te așteaptă.',
      ])
    })

    it('knows when each source was last heard of, also after a restart', async () => {
      await submit(identify('ann', 'Ann', 0), test.item('public', { type: 'page', anonymousId: 'a' }))
      const heardAt = new Date(test.clock.now()).toISOString()
      await test.stop()
      await open()
      test.clock.set(test.clock.now() + HOUR)
      const { sources } = (await home()).health
      expect(sources).toEqual([
        { source: 'secret', lastAt: heardAt },
        { source: 'public', lastAt: heardAt },
        { source: 'import', lastAt: null },
      ])
    })

    describe('The weekly mail', () => {
      const own = async (name: string, role: 'owner' | 'marketer' = 'owner') => {
        await test.store.write(async (tx) => {
          const { members, users } = tx.tables
          const when = new Date(test.clock.now())
          await tx.insert(users).values({
            id: name,
            name,
            email: `${name}@shop.example`,
            emailVerified: true,
            createdAt: when,
            updatedAt: when,
          })
          await tx
            .insert(members)
            .values({ workspaceId: test.workspaceId, userId: name, role, createdAt: test.clock.now() })
        })
      }
      const passTo = async (instant: number) => {
        test.clock.set(instant)
        await test.ciclo.runJobs()
      }
      const receivers = () => mails.flatMap(({ to }) => to?.map(({ address }) => address) ?? [])

      beforeEach(async () => {
        await patch({ locale: 'es', shop: { name: 'Café Norte', timeZone: 'Europe/Madrid' } })
        await test.ciclo.runJobs()
      })

      it('goes to the owners once each Monday at eight, across a restart', async () => {
        await own('first')
        await own('second')
        await own('other', 'marketer')
        await submit(identify('ann', 'Ann', 0), order('ann', 0, 50))
        await passTo(MONDAY_AT_8 - 1)
        expect(receivers()).toEqual([])
        await passTo(MONDAY_AT_8)
        expect(receivers()).toEqual(['first@shop.example', 'second@shop.example'])
        const [mail] = mails
        expect(mail?.subject).toBe('Café Norte: tu semana hasta el 5 de enero')
        expect(mail?.text).toContain('Ann ha comprado por primera vez esta semana.')
        expect(mail?.text).toContain('https://ciclo.shop.example/settings/shop')
        expect(mail?.html).toContain('lang="es"')
        await test.stop()
        await open()
        await passTo(MONDAY_AT_8 + HOUR)
        await passTo(MONDAY_AT_8 + 7 * DAY - 1)
        expect(mails).toHaveLength(2)
        await passTo(MONDAY_AT_8 + 7 * DAY)
        expect(mails).toHaveLength(4)
      })

      it('goes on with who has not got it where a server refused one of them', async () => {
        await own('first')
        await own('second')
        refuses = true
        await passTo(MONDAY_AT_8)
        expect(receivers()).toEqual(['first@shop.example'])
        await test.stop()
        refuses = false
        await open()
        await passTo(MONDAY_AT_8 + 10 * 60_000)
        expect(receivers()).toEqual(['first@shop.example', 'second@shop.example'])
      })

      it('is not sent where it is switched off, where nobody owns the shop, and not days later', async () => {
        await passTo(MONDAY_AT_8)
        await own('first')
        await patch({ weeklyReport: false })
        await passTo(MONDAY_AT_8 + 7 * DAY)
        await patch({ weeklyReport: true })
        await passTo(MONDAY_AT_8 + 16 * DAY)
        expect(mails).toEqual([])
        await passTo(MONDAY_AT_8 + 21 * DAY)
        expect(mails).toHaveLength(1)
      })
    })
  })
}
