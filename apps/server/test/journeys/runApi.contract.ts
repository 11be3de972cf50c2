import { JourneySchema, type Journey } from '@ciclo/engine'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { z } from 'zod'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

const DAY = 86_400_000

type Json = Record<string, unknown>
type Written = z.input<typeof JourneySchema>

const journey = (words: Partial<Written> & Pick<Written, 'id'>): Journey =>
  JourneySchema.parse({
    name: `The ${words.id}`,
    trigger: { kind: 'api' },
    reentry: { kind: 'after', duration: '10d' },
    steps: [
      { kind: 'delay', id: 'pause', duration: '2d' },
      { kind: 'send', id: 'mail', template: 'welcome', purpose: 'transactional' },
      { kind: 'delay', id: 'rest', duration: '30d' },
    ],
    ...words,
  })

const JOURNEYS = [
  journey({ id: 'asked' }),
  journey({
    id: 'carts',
    key: 'cart',
    reentry: { kind: 'always' },
    entry: { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'pro' } },
  }),
  journey({ id: 'compared', holdOut: 0.5 }),
]

/** Runs of journeys by the API, on a database. */
export function runApiContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`runs by the API on ${database}`, () => {
    let test: TestCiclo
    let people = 0
    // One for all, since it starts a process: each test has people of its own.
    beforeAll(async () => {
      const databaseUrl = await createDatabase()
      test = await createTestCiclo({
        databaseUrl,
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: JOURNEYS,
        demo: true,
      })
    })
    afterAll(() => test.stop())

    const person = async (traits: Json = {}) => {
      people += 1
      const email = `p${people}@example.com`
      const userId = `p${people}`
      await test.ciclo.ingest.submit([
        test.item('secret', { type: 'identify', userId, traits: { email, ...traits } }),
      ])
      const customer = await test.customer(`userId=${userId}`)
      if (!customer) throw new Error('no customer')
      return { id: customer.id, email, userId }
    }
    const get = async (path: string, headers: Record<string, string> = {}) =>
      await test.request(`/api${path}`, { headers })
    const post = async (path: string, body: Json) =>
      await test.request(`/api${path}`, { method: 'POST', body: JSON.stringify(body) })
    const remove = async (id: string) =>
      await test.request(`/api/runs/${encodeURIComponent(id)}`, { method: 'DELETE' })
    const audited = async (action: string) =>
      ((await get('/audit?limit=200'))['entries'] as Json[]).filter((entry) => entry['action'] === action)
    const beganWith = async (path: string, body: Json): Promise<Json> => {
      const answer = await post(path, body)
      if (answer['began'] !== true) throw new Error(JSON.stringify(answer))
      return answer['run'] as Json
    }

    it('begin for a customer by id, e-mail or userId, and say why where none begins', async () => {
      const { id, email, userId } = await person()
      const first = await post('/journeys/asked/runs', { customerId: id })
      expect(first).toMatchObject({
        began: true,
        refusal: null,
        run: {
          journey: 'asked',
          version: 1,
          customerId: id,
          status: 'running',
          step: 'pause',
          key: null,
          endReason: null,
        },
      })
      const runId = (first['run'] as Json)['id']
      expect(await post('/journeys/asked/runs', { email: email.toUpperCase() })).toMatchObject({
        began: false,
        run: null,
        refusal: { code: 'running', details: { enrolment: runId } },
      })
      await remove(String(runId))
      expect(await post('/journeys/asked/runs?locale=es', { userId })).toMatchObject({
        began: false,
        refusal: {
          code: 'reentry',
          details: { until: new Date(test.clock.now() + 10 * DAY).toISOString() },
          sentence: 'Fuera del recorrido: podrá volver a entrar a partir del 11 de enero, 12:00.',
        },
      })
      expect(await audited('journey.enrolled')).toEqual(
        expect.arrayContaining([
          expect.objectContaining({
            actor: 'key secret',
            details: { journey: 'asked', verdict: 'applied' },
          }),
        ]),
      )
    })

    it('begin once for one idempotency key, and for each cart', async () => {
      const { id } = await person({ plan: 'pro' })
      const ask = (key: string, idempotencyKey: string) =>
        post('/journeys/carts/runs', {
          customerId: id,
          key,
          idempotencyKey,
          event: 'Order Completed',
          properties: { order_id: 'o1', note: 'x\u0000y' },
        })
      const first = await ask('c1', 'one')
      expect(first).toMatchObject({ began: true, run: { key: 'c1' } })
      expect(await ask('c1', 'one')).toEqual(first)
      expect(await ask('c1', 'two')).toMatchObject({ began: false, refusal: { code: 'running' } })
      expect(await ask('c2', 'three')).toMatchObject({ began: true, run: { key: 'c2' } })
      const detail = await get(`/runs/${encodeURIComponent(String((first['run'] as Json)['id']))}`)
      expect(detail).toMatchObject({
        facts: { orderId: 'o1', properties: { note: 'x\uFFFDy' } },
        coupon: null,
      })
    })

    it('do not begin for whom the entry condition is not true, and name its parts', async () => {
      const { id } = await person()
      expect(await post('/journeys/carts/runs', { customerId: id, key: 'c1' })).toMatchObject({
        began: false,
        refusal: {
          code: 'entry',
          details: { parts: [{ path: '', wanted: true, leaf: { kind: 'trait', path: ['plan'] } }] },
          sentence:
            'Not in the journey: its entry condition is not met; not as it has to be: the trait “plan”.',
        },
      })
    })

    it.each([
      [
        'an unknown customer',
        '/journeys/asked/runs',
        { customerId: 'nobody' },
        404,
        'There is no customer nobody',
      ],
      [
        'an unknown address',
        '/journeys/asked/runs',
        { email: 'no@example.com' },
        404,
        'There is no customer with the email no@example.com',
      ],
      [
        'an unknown journey',
        '/journeys/nothing/runs',
        { customerId: 'x' },
        404,
        'There is no journey nothing',
      ],
      ['nobody', '/journeys/asked/runs', {}, 400, 'customerId: expected one of customerId, email and userId'],
      [
        'a key of a journey without',
        '/journeys/asked/runs',
        { customerId: 'x', key: 'c' },
        400,
        'key: the journey asked has none',
      ],
      [
        'a field that is none',
        '/journeys/asked/runs',
        { customer: 'x' },
        400,
        'body: Unrecognized key: "customer"',
      ],
    ])('refuse %s', async (_name, path, body, status, detail) => {
      expect(await post(path, body)).toMatchObject({ status, detail })
    })

    it('refuse a journey that is not live', async () => {
      const { id } = await person()
      await test.store.write(async (tx) => {
        const definition = journey({ id: 'drafted' })
        const { workspaceId } = test
        await tx.insert(tx.tables.journeys).values({
          workspaceId,
          id: 'drafted',
          version: 1,
          status: 'draft',
          definition,
          createdAt: 0,
        })
      })
      expect(await post('/journeys/drafted/runs', { customerId: id })).toMatchObject({
        status: 409,
        detail: 'The journey drafted is draft, expected one that is live',
      })
    })

    it('are listed newest first, page by page, by status, step and customer', async () => {
      const made: string[] = []
      const ids: string[] = []
      for (let index = 0; index < 5; index += 1) {
        const { id } = await person({ plan: 'pro' })
        test.clock.set(test.clock.now() + 1_000)
        ids.push(id)
        made.unshift(
          String((await beganWith('/journeys/carts/runs', { customerId: id, key: 'listed' }))['id']),
        )
      }
      await remove(made[1] ?? '')
      const seen: string[] = []
      let cursor = ''
      do {
        const page = await get(`/journeys/carts/runs?limit=2${cursor}`)
        seen.push(...(page['runs'] as Json[]).map(({ id }) => String(id)))
        cursor = typeof page['next'] === 'string' ? `&cursor=${page['next']}` : ''
      } while (cursor !== '' && seen.length < 5)
      expect(seen.slice(0, 5)).toEqual(made)
      const idsOf = (page: Json) => (page['runs'] as Json[]).map(({ id }) => id)
      expect(idsOf(await get(`/journeys/carts/runs?status=ended&customer=${ids[3]}`))).toEqual([made[1]])
      expect(idsOf(await get(`/journeys/carts/runs?status=running&customer=${ids[3]}`))).toEqual([])
      expect(idsOf(await get('/journeys/carts/runs?step=pause&status=ended'))).toEqual([made[1]])
      expect(idsOf(await get('/journeys/carts/runs?step=rest'))).toEqual([])
      expect(await get('/journeys/carts/runs?status=odd')).toMatchObject({ status: 400 })
      const ann = await person({ firstName: 'Ann', lastName: 'Smith' })
      await beganWith('/journeys/asked/runs', { customerId: ann.id })
      const namesOf = async (customer: string) =>
        ((await get(`/journeys/asked/runs?customer=${customer}`))['runs'] as Json[]).map(
          ({ customerName }) => customerName,
        )
      expect(await namesOf(ann.id)).toEqual(['Ann Smith'])
      const nameless = await person()
      await beganWith('/journeys/asked/runs', { customerId: nameless.id })
      expect(await namesOf(nameless.id)).toEqual([nameless.email])
      expect(await get('/journeys/none/runs')).toMatchObject({ status: 404 })
    })

    it('are removed by hand, once, which ends them and is written down', async () => {
      const { id } = await person()
      const run = await beganWith('/journeys/asked/runs', { customerId: id })
      expect(await remove(String(run['id']))).toMatchObject({
        status: 'ended',
        endReason: 'removed',
        step: 'pause',
      })
      expect(await remove(String(run['id']))).toMatchObject({ status: 409 })
      expect(await remove('asked/nobody/nothing')).toMatchObject({ status: 404 })
      expect(await audited('journey.run-removed')).not.toEqual([])
      const events = await test.below(id, 'events')
      expect(events?.map(({ name }) => name)).toContain('Journey Run Removed')
    })

    it('are counted at each step, with their mails', async () => {
      const begin = async (count: number) => {
        for (let index = 0; index < count; index += 1)
          await post('/journeys/compared/runs', { customerId: (await person()).id })
      }
      const counted = async () =>
        (await get('/journeys/compared/steps')) as {
          totals: { entered: number; heldOut: number }
          steps: Json[]
        }
      await begin(12)
      let before = await counted()
      // Who is held out hangs on ids that are random here.
      while (before.totals.heldOut === 0 || before.totals.entered - before.totals.heldOut < 3) {
        await begin(4)
        before = await counted()
      }
      const { entered, heldOut } = before.totals
      const going = entered - heldOut
      expect(before).toEqual({
        totals: {
          entered,
          running: going,
          heldOut,
          goal: 0,
          ended: { 'held-out': heldOut },
        },
        steps: [
          {
            id: 'pause',
            kind: 'delay',
            waiting: going,
            held: 0,
            entered: going,
            runs: going,
            left: 0,
            messages: {},
          },
          { id: 'mail', kind: 'send', waiting: 0, held: 0, entered: 0, runs: 0, left: 0, messages: {} },
          { id: 'rest', kind: 'delay', waiting: 0, held: 0, entered: 0, runs: 0, left: 0, messages: {} },
        ],
      })
      const running = (await get('/journeys/compared/runs?status=running'))['runs'] as Json[]
      await remove(String(running[0]?.['id']))
      test.clock.set(test.clock.now() + 2 * DAY)
      // Nobody takes the mails: they are tried again and again.
      await test.ciclo.settle()
      expect(await get('/journeys/compared/steps')).toMatchObject({
        totals: { running: going - 1, ended: { 'held-out': heldOut, removed: 1 } },
        steps: [
          { waiting: 0, entered: going, left: 1 },
          { entered: going - 1, left: 0, messages: { queued: going - 1 } },
          { waiting: going - 1 },
        ],
      })
    })

    it('say of a customer why it is in a journey, or is not, in the caller’s language', async () => {
      const { id } = await person()
      await beganWith('/journeys/asked/runs', { customerId: id })
      const { journeys } = (await get(`/customers/${id}/journeys`)) as { journeys: Json[] }
      expect(journeys.map(({ journey: one, standing }) => [one, standing])).toEqual([
        ['asked', 'in'],
        ['carts', 'cannot'],
        ['compared', 'could'],
      ])
      const due = new Date(test.clock.now() + 2 * DAY).toISOString()
      expect(journeys[0]).toMatchObject({
        sentence: expect.stringMatching(
          /^In the journey since .*at the step “pause”; waits until .*“welcome”/,
        ) as unknown,
        runs: [
          {
            step: 'pause',
            waitsFor: { kind: 'time', until: due },
            nextMail: { template: 'welcome', at: due },
          },
        ],
        mail: { kind: 'refuse', reason: 'no-permission', until: null },
      })
      expect(await get(`/customers/${id}/journeys/carts`, { 'accept-language': 'pl' })).toMatchObject({
        journey: 'carts',
        sentence:
          'Poza ścieżką i wejście nie jest teraz możliwe: warunek wejścia nie jest spełniony; nie jest tak, jak być musi: cecha „plan”.',
        mail: { sentence: 'E-mail marketingowy: nie zostanie wysłany: nie ma zgody.' },
      })
      expect(await get(`/customers/${id}/journeys/none`)).toMatchObject({ status: 404 })
      expect(await get('/customers/nobody/journeys')).toMatchObject({ status: 404 })
    })

    it('of a parked customer wait with it', async () => {
      const { id } = await person()
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const row = (await tx.select().from(customers)).find((one) => one.id === id)
        if (!row) throw new Error('no row')
        await tx
          .insert(customers)
          .values(row)
          .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { parked: 'a test' } })
      })
      expect(await post('/journeys/asked/runs', { customerId: id })).toMatchObject({
        began: false,
        refusal: {
          code: 'parked',
          sentence: 'Not in the journey: the customer is parked, and the request waits.',
        },
      })
    })
  })
}
