import { JourneySchema } from '@ciclo/engine'
import { Webhook } from 'standardwebhooks'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { CodeImportSchema, CodesSchema, PoolsSchema } from '../../src/routes/couponSchemas.ts'
import { WebhookDetailSchema, WebhooksSchema } from '../../src/routes/webhookSchemas.ts'
import { ExportSchema } from '../../src/routes/exportSchema.ts'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'
import { startReceiver, type Receiver } from '../webhooks/startReceiver.ts'

type Json = Record<string, unknown>

const MINUTE = 60_000

/** The steps `coupon` and `webhook` in a whole Ciclo, and the API of both, on a database. */
export function journeyEffectsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`steps that give codes and tell other servers on ${database}`, () => {
    let receiver: Receiver
    let test: TestCiclo
    beforeAll(async () => {
      receiver = await startReceiver()
    })
    afterAll(() => receiver.close())
    beforeEach(async () => {
      receiver.received.length = 0
      receiver.answer = (_request, response) => void response.writeHead(204).end()
      const journey = JourneySchema.parse({
        id: 'thanks',
        name: 'Thanks',
        trigger: { kind: 'event', name: 'Favour Done' },
        reentry: { kind: 'always' },
        steps: [
          { kind: 'coupon', id: 'code', from: { pool: 'spring' } },
          { kind: 'webhook', id: 'tell', url: `${receiver.url}/hook` },
        ],
      })
      test = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:9',
        journeys: [journey],
        // In which every journey is on.
        demo: true,
      })
    })
    afterEach(async () => {
      vi.useRealTimers()
      await test.stop()
    })

    const favour = (userId: string, more = {}) =>
      test.item('secret', { type: 'track', name: 'Favour Done', userId }, more)
    const submit = (...items: ReturnType<TestCiclo['item']>[]) => test.ciclo.ingest.submit(items)
    const send = (method: string, path: string, body?: unknown) =>
      test.request(`/api${path}`, { method, ...(body === undefined ? {} : { body: JSON.stringify(body) }) })
    const importCodes = async (pool: string, codes: readonly unknown[]) =>
      await send('POST', `/coupons/${pool}`, { codes })
    const codesOf = async (query = '') =>
      CodesSchema.parse(await send('GET', `/coupons/spring/codes${query}`)).codes
    const webhooks = async (query = '') =>
      WebhooksSchema.parse(await send('GET', `/webhooks${query}`)).webhooks
    const pools = async () => PoolsSchema.parse(await send('GET', '/coupons')).pools
    const idOf = async (userId: string) => (await test.customer(`userId=${userId}`))?.id ?? ''
    const passTime = (duration: number) =>
      send('POST', '/test/clock', { now: new Date(test.clock.now() + duration).toISOString() })
    const secretOf = async () => String((await send('GET', '/webhooks/secret'))['secret'])
    const audited = async () =>
      ((await send('GET', '/audit')) as { entries: Json[] }).entries.map(({ action }) => action)

    it('give a code, write it into the history, and tell of it, once for each cause', async () => {
      await importCodes('spring', ['A-1', 'A-2'])
      await submit(favour('ann', { id: 'e1' }))
      await submit(favour('ann', { id: 'e1' }))
      await test.ciclo.settle()
      const ann = await idOf('ann')
      expect(await codesOf()).toMatchObject([
        { code: 'A-1', state: 'taken', customerId: ann, takenAt: new Date(test.clock.now()).toISOString() },
        { code: 'A-2', state: 'free', customerId: null, takenAt: null },
      ])
      const [enrolment] = (await test.below(ann, 'events'))
        .filter(({ name }) => name === 'Coupon Given')
        .map(({ properties }) => properties as Json)
      expect(enrolment).toMatchObject({ pool: 'spring', code: 'A-1' })
      const [one, ...more] = receiver.received
      expect(more).toEqual([])
      vi.useFakeTimers({ toFake: ['Date'], now: test.clock.now() })
      const verified = new Webhook(await secretOf()).verify(
        one?.body ?? '',
        one?.headers as Record<string, string>,
      )
      expect(verified).toMatchObject({
        type: 'journey.step',
        timestamp: new Date(test.clock.now()).toISOString(),
        data: { journey: { id: 'thanks', step: 'tell' }, customer: { id: ann, userId: 'ann' } },
      })
      expect(await webhooks()).toMatchObject([
        { state: 'delivered', attempts: 1, customerId: ann, journey: 'thanks', step: 'tell', dueAt: null },
      ])
    })

    it('give as many customers of one transaction a code each', async () => {
      const codes = Array.from({ length: 300 }, (_, place) => `code-${String(place).padStart(3, '0')}`)
      await importCodes('spring', codes.toReversed())
      await submit(...codes.map((_, place) => favour(`u${place}`)))
      const taken = await test.store.read((tx) => tx.select().from(tx.tables.coupons))
      expect(new Set(taken.map(({ customerId }) => customerId)).size).toBe(300)
      expect(await pools()).toEqual([{ pool: 'spring', free: 0, taken: 300 }])
    })

    it('give nothing of an empty pool, which the figures show', async () => {
      await importCodes('spring', ['A-1'])
      await submit(favour('ann'), favour('bob'))
      await test.ciclo.settle()
      const given = async (userId: string) =>
        (await test.below(await idOf(userId), 'events')).filter(({ name }) => name === 'Coupon Given')
      expect(await given('ann')).toHaveLength(1)
      expect(await given('bob')).toEqual([])
      // The rest of the journey goes on.
      expect(receiver.received).toHaveLength(2)
    })

    it('give no second code when the history is told anew', async () => {
      await importCodes('spring', ['A-1', 'A-2'])
      await submit(favour('ann'))
      const order = (id: string, at: number) =>
        test.item(
          'secret',
          { type: 'track', name: 'Order Completed', userId: 'ann', properties: { order_id: id, total: 10 } },
          { at },
        )
      await submit(order('o2', test.clock.now()))
      await submit(order('o1', test.clock.now() - 24 * 60 * MINUTE))
      expect(await pools()).toEqual([{ pool: 'spring', free: 1, taken: 1 }])
      expect(await webhooks()).toHaveLength(1)
    })

    it('write an event that no segment counts, live, anew or in the database', async () => {
      await importCodes('spring', ['A-1', 'A-2'])
      const rule = { kind: 'event', type: 'track', atLeast: 2, within: 24 * 60 * MINUTE }
      await send('PUT', '/segments/busy', { name: 'busy', rule })
      await passTime(10)
      await submit(favour('ann'))
      const busy = async () => [
        (await send('GET', '/segments/busy'))['customers'],
        (await send('POST', '/segments/preview', { rule }))['customers'],
      ]
      expect(await busy()).toEqual([0, 0])
      // A late order tells the history anew; a second event counts.
      const order = { order_id: 'o1', total: 10 }
      await submit(
        test.item(
          'secret',
          { type: 'track', name: 'Order Completed', userId: 'ann', properties: order },
          { at: test.clock.now() - 48 * 60 * MINUTE },
        ),
      )
      expect(await busy()).toEqual([0, 0])
      await submit(favour('ann'))
      expect(await busy()).toEqual([1, 1])
    })

    it('tell other servers again while a test lets time pass', async () => {
      const statuses = [500, 429]
      receiver.answer = (_request, response) =>
        void response.writeHead(statuses.shift() ?? 200, { 'retry-after': '600' }).end()
      await submit(favour('ann'))
      await passTime(60 * MINUTE)
      expect(receiver.received).toHaveLength(3)
      expect(await webhooks('?state=delivered')).toMatchObject([{ attempts: 3, status: 200, reason: null }])
    })

    it('are in the export of a customer, and in nobody’s hands after the erasure', async () => {
      receiver.answer = (_request, response) => void response.writeHead(500).end('no')
      await importCodes('spring', ['A-1', 'A-2'])
      await submit(favour('ann'), favour('bob'))
      await test.ciclo.settle()
      const exported = ExportSchema.parse(await send('GET', '/export?userId=ann'))
      expect(exported.customers[0]).toMatchObject({
        coupons: [{ pool: 'spring', code: 'A-1', givenAt: new Date(test.clock.now()).toISOString() }],
        webhooks: [
          {
            to: receiver.host,
            state: 'queued',
            reason: 'answered 500: no',
            journey: 'thanks',
            body: { data: { customer: { userId: 'ann' } } },
          },
        ],
      })
      expect(exported.customers[0]?.webhooks).toHaveLength(1)
      const bob = await idOf('bob')
      await send('POST', '/erasures', { userId: 'ann' })
      receiver.received.length = 0
      await passTime(60 * MINUTE)
      expect(receiver.received.length).toBeGreaterThan(0)
      for (const { body } of receiver.received) expect(body).toContain('bob')
      expect(await webhooks()).toMatchObject([{ customerId: bob }])
      // The code is nobody's any more, and is given to nobody else.
      expect(await codesOf()).toMatchObject([
        { code: 'A-1', state: 'taken', customerId: null },
        { code: 'A-2', state: 'taken', customerId: bob },
      ])
      const claims = await test.store.read((tx) => tx.select().from(tx.tables.coupons))
      expect(claims.filter(({ claim }) => claim !== null)).toHaveLength(1)
    })

    it('say nothing any more of an erased address that somebody else has claimed', async () => {
      receiver.answer = (_request, response) => void response.writeHead(500).end()
      await submit(
        test.item('secret', {
          type: 'identify',
          userId: 'bob',
          anonymousId: 'b1',
          traits: { email: 'bob@y.org' },
        }),
        test.item('public', {
          type: 'identify',
          anonymousId: 'b1',
          traits: { email: 'ann@x.org', pet: 'ann@x.org' },
        }),
        favour('bob', { at: test.clock.now() + 1, receivedAt: test.clock.now() + 1 }),
      )
      const said = async () =>
        JSON.stringify(await test.store.read((tx) => tx.select().from(tx.tables.webhooks)))
      expect(await said()).toContain('ann@x.org')
      await send('POST', '/erasures', { email: 'ann@x.org' })
      expect(await said()).not.toContain('ann@x.org')
      expect(await said()).toContain('bob@y.org')
    })

    describe('the API of pools', () => {
      it('imports JSON and CSV, says what it has not taken, lists, pages and deletes', async () => {
        expect(CodeImportSchema.parse(await importCodes('spring', ['b', 'a', 'b', 7]))).toEqual({
          pool: 'spring',
          free: 2,
          taken: 0,
          added: 2,
          duplicates: 1,
          refused: 1,
          refusals: [{ line: 4, reason: 'given number, expected a text' }],
        })
        const csv = (text: string) =>
          test.request('/api/coupons/spring', {
            method: 'POST',
            headers: { 'content-type': 'text/csv; charset=utf-8' },
            body: text,
          })
        expect(await csv('\uFEFFc\r\na\r\n\r\n"d ""1"""\r\n')).toMatchObject({
          added: 2,
          duplicates: 1,
          refused: 0,
        })
        expect(await csv('id;Code;amount\n1;e;5\n2;;5\n3;f\n')).toMatchObject({
          added: 2,
          refusals: [{ line: 3, reason: 'given nothing, expected a code' }],
        })
        expect((await codesOf()).map(({ code }) => code)).toEqual(['a', 'b', 'c', 'd "1"', 'e', 'f'])
        const first = CodesSchema.parse(await send('GET', '/coupons/spring/codes?limit=4'))
        expect((await codesOf(`?limit=4&cursor=${first.next}`)).map(({ code }) => code)).toEqual(['e', 'f'])
        await submit(favour('ann'))
        expect((await codesOf('?state=taken')).map(({ code }) => code)).toEqual(['b'])
        expect(await send('DELETE', '/coupons/spring')).toEqual({
          pool: 'spring',
          free: 0,
          taken: 1,
          deleted: 5,
        })
        expect((await codesOf()).map(({ code }) => code)).toEqual(['b'])
        expect(await audited()).toEqual([
          'coupons.deleted',
          'coupons.imported',
          'coupons.imported',
          'coupons.imported',
        ])
      })

      it('answers what cannot be done with what was expected', async () => {
        const cases: [method: string, path: string, body: unknown, status: number, detail: RegExp][] = [
          ['POST', '/coupons/No Pool', { codes: [] }, 400, /pool: expected lower-case words/],
          ['POST', '/coupons/spring', { codes: 'a' }, 400, /codes/],
          ['POST', '/coupons/spring', { codes: Array(100_001).fill('a') }, 413, /Given 100001 codes/],
          ['POST', '/coupons/spring', { codes: ['x'.repeat(17 * 1024 ** 2)] }, 413, /larger than/],
          ['GET', '/coupons/winter/codes', undefined, 404, /There is no pool winter/],
          ['GET', '/coupons/winter/codes?state=lost', undefined, 400, /state/],
          ['DELETE', '/coupons/winter', undefined, 404, /There is no pool winter/],
        ]
        for (const [method, path, body, status, detail] of cases)
          expect(await send(method, path, body)).toMatchObject({
            status,
            detail: expect.stringMatching(detail) as string,
          })
      })
    })

    describe('the API of webhooks', () => {
      it('shows them, sends one again by hand, and renews the secret', async () => {
        receiver.answer = (_request, response) => void response.writeHead(410).end('not here')
        await submit(favour('ann'))
        await test.ciclo.settle()
        const [refused] = await webhooks()
        expect(refused).toMatchObject({ state: 'refused', status: 410, reason: 'answered 410: not here' })
        const path = `/webhooks/${refused?.id}`
        expect(WebhookDetailSchema.parse(await send('GET', path)).body).toMatchObject({
          type: 'journey.step',
        })

        receiver.answer = (_request, response) => void response.writeHead(200).end()
        const before = await secretOf()
        expect(await send('POST', '/webhooks/secret/renew')).toMatchObject({ version: 2 })
        const after = await secretOf()
        expect(after).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/)
        expect(await send('POST', `${path}/retry`)).toMatchObject({ state: 'queued' })
        await test.ciclo.settle()
        expect(await webhooks()).toMatchObject([{ state: 'delivered', attempts: 2 }])
        const last = receiver.received.at(-1)
        vi.useFakeTimers({ toFake: ['Date'], now: test.clock.now() })
        const verify = (secret: string) =>
          new Webhook(secret).verify(last?.body ?? '', last?.headers as Record<string, string>)
        expect(() => verify(before)).toThrow('No matching signature')
        expect(verify(after)).toMatchObject({ type: 'journey.step' })
        expect(await send('POST', `${path}/retry`)).toMatchObject({ status: 409 })
        expect(await send('POST', '/webhooks/msg_none/retry')).toMatchObject({ status: 404 })
        expect(await send('GET', '/webhooks/msg_none')).toMatchObject({ status: 404 })
        expect(await send('PATCH', '/settings', { webhookSecretVersion: 1 })).toMatchObject({ status: 400 })
        expect(await audited()).toEqual(['webhook.retried', 'webhook-secret.renewed'])
      })

      it('pages, newest first, and filters by state', async () => {
        for (let number = 0; number < 5; number += 1) {
          await submit(favour('ann'), favour('bob'))
          test.clock.set(test.clock.now() + 1)
        }
        const all = await webhooks()
        expect(all).toHaveLength(10)
        expect(all.map(({ createdAt }) => createdAt)).toEqual(
          all
            .map(({ createdAt }) => createdAt)
            .toSorted()
            .toReversed(),
        )
        const seen: string[] = []
        for (let cursor = ''; ;) {
          const page = WebhooksSchema.parse(await send('GET', `/webhooks?state=queued&limit=3${cursor}`))
          seen.push(...page.webhooks.map(({ id }) => id))
          if (page.next === null) break
          cursor = `&cursor=${page.next}`
        }
        expect(seen).toEqual(all.map(({ id }) => id))
        expect(await webhooks('?state=dead')).toEqual([])
        expect(await send('GET', '/webhooks?state=lost')).toMatchObject({ status: 400 })
      })
    })
  })
}
