import { randomUUID } from 'node:crypto'
import { eq } from 'drizzle-orm'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createFrozenClock } from '../../src/clock.ts'
import { createWebhookSender } from '../../src/loops/webhookSender.ts'
import { openStore } from '../../src/store/openStore.ts'
import { deleteCustomerRows } from '../../src/store/queries/erasure.ts'
import {
  claimWebhooks,
  insertWebhooks,
  nextWebhookAt,
  pageOfWebhooks,
  recordWebhook,
  retryWebhook,
} from '../../src/store/queries/webhooks.ts'
import type { Store } from '../../src/store/store.ts'
import type { ResolveHost } from '../../src/webhooks/findAddresses.ts'
import { createPostWebhook, type PostWebhook } from '../../src/webhooks/postWebhook.ts'
import { webhookSecret } from '../../src/webhooks/webhookSecret.ts'
import { startReceiver, type Received, type Receiver } from './startReceiver.ts'

const NOW = Date.UTC(2026, 0, 1)
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const SECRET = 'a secret of the tests, long enough'
const W = 'w1'

/** Telling other servers, on a database, whichever it is. */
export function webhooksContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`webhooks on ${database}`, () => {
    let store: Store
    let receiver: Receiver
    const clock = createFrozenClock(NOW)
    const errors: unknown[] = []
    beforeEach(async () => {
      clock.set(NOW)
      errors.length = 0
      store = await openStore(await createDatabase())
      receiver = await startReceiver()
      vi.useFakeTimers({ toFake: ['Date'], now: NOW })
    })
    afterEach(async () => {
      vi.useRealTimers()
      await receiver.close()
      await store.close()
      expect(errors).toEqual([])
    })

    const ask = (
      ids: readonly string[],
      { url = `${receiver.url}/hook`, data = {} }: { url?: string; data?: Record<string, unknown> } = {},
    ) =>
      store.write((tx) =>
        insertWebhooks(
          tx,
          W,
          ids.map((id) => ({
            id: `j/c-${id}/e/step/${id}`,
            customerId: `c-${id}`,
            enrolmentId: `j/c-${id}/e`,
            journeyId: 'j',
            stepId: 'step',
            url,
            at: NOW - 5,
            data: { customer: `c-${id}`, ...data },
          })),
          clock.now(),
        ),
      )
    const usual = createPostWebhook({ allowedHosts: new Set(['127.0.0.1']), patience: 5_000 })
    const senderWith = (post: PostWebhook = usual) =>
      createWebhookSender({
        store,
        clock,
        random: () => 1,
        newId: () => randomUUID(),
        deliver: () => Promise.reject(new Error('nobody has subscribed')),
        secret: SECRET,
        post,
        onError: (error) => errors.push(error),
        onAttempted: () => {},
        onEnded: () => {},
      })
    const at = async (time: number, sender = senderWith()) => {
      clock.set(time)
      vi.setSystemTime(time)
      await sender.drain()
    }
    const stored = () =>
      store.read((tx) => pageOfWebhooks(tx, W, { state: undefined, after: undefined, limit: 500 }))
    const only = async () => {
      const [one, ...others] = await stored()
      if (!one || others.length > 0) throw new Error(`${others.length + 1} webhooks, expected one`)
      return one
    }
    /** As the receiver's own code does it, with the library of the standard. */
    const verify = ({ headers, body }: Received, version = 1) =>
      new Webhook(webhookSecret(SECRET, W, version)).verify(body, headers as Record<string, string>)
    const answering = (...statuses: number[]) => {
      receiver.answer = (_request, response) =>
        void response.writeHead(statuses.shift() ?? 204).end('so be it')
    }

    it('are posted once, signed as the standard has it', async () => {
      await ask(['1'], { data: { cart: { total: 1_000, name: 'Łódź ✓' } } })
      await ask(['1'])
      await at(NOW + 1_000)
      await at(NOW + DAY)
      const [one, ...more] = receiver.received
      if (!one) throw new Error('nothing was received')
      expect(more).toEqual([])
      vi.setSystemTime(NOW + 1_000)
      expect(verify(one)).toEqual({
        type: 'journey.step',
        timestamp: new Date(NOW - 5).toISOString(),
        data: { customer: 'c-1', cart: { total: 1_000, name: 'Łódź ✓' } },
      })
      expect(one).toMatchObject({ method: 'POST', path: '/hook' })
      expect(one.headers['content-type']).toBe('application/json')
      expect(one.headers['webhook-id']).toMatch(/^msg_[\w-]{32}$/)
      expect(one.headers['webhook-timestamp']).toBe(String((NOW + 1_000) / 1_000))
      expect(one.headers['user-agent']).toMatch(/^Ciclo\//)
      // Neither another body nor another secret passes.
      expect(() => verify({ ...one, body: `${one.body} ` })).toThrow('No matching signature')
      expect(() => verify(one, 2)).toThrow('No matching signature')
      expect(await only()).toMatchObject({
        state: 'delivered',
        status: 204,
        reason: null,
        attempts: 1,
        endedAt: NOW + 1_000,
      })
    })

    it('that an error answers are tried again under the same id', async () => {
      answering(500, 404)
      await ask(['1'])
      await at(NOW)
      expect(await only()).toMatchObject({
        state: 'queued',
        status: 500,
        reason: 'answered 500: so be it',
        dueAt: NOW + 30_000,
      })
      expect(await store.read(nextWebhookAt)).toBe(NOW + 30_000)
      await at(NOW + 29_999)
      expect(receiver.received).toHaveLength(1)
      await at(NOW + 30_000)
      await at(NOW + 30_000 + 2 * MINUTE)
      expect(await only()).toMatchObject({ state: 'delivered', status: 204, attempts: 3 })
      expect(receiver.received).toHaveLength(3)
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3)
      for (const one of receiver.received) verify(one)
    })

    it('are given up after three days, and tried once more when somebody asks for it', async () => {
      receiver.answer = (_request, response) => void response.writeHead(500).end()
      await ask(['1'])
      for (let next: number | undefined = NOW; next !== undefined; next = await store.read(nextWebhookAt))
        await at(next)
      expect(receiver.received).toHaveLength(10)
      const { id, ...dead } = await only()
      expect(dead).toMatchObject({ state: 'dead', reason: 'answered 500', attempts: 10 })
      expect(dead.endedAt).toBeGreaterThan(NOW + 2 * DAY)
      answering(204)
      expect(await store.write((tx) => retryWebhook(tx, W, id, NOW + 9 * DAY))).toBe(true)
      await at(NOW + 9 * DAY)
      expect(await only()).toMatchObject({ state: 'delivered', attempts: 11 })
      expect(await store.write((tx) => retryWebhook(tx, W, id, NOW + 9 * DAY))).toBe(false)
    })

    it('that are not wanted any more (410) are not tried again', async () => {
      answering(410)
      await ask(['1'])
      await at(NOW)
      await at(NOW + 4 * DAY)
      expect(receiver.received).toHaveLength(1)
      expect(await only()).toMatchObject({ state: 'refused', status: 410, reason: 'answered 410: so be it' })
    })

    it('wait for as long as a busy server says', async () => {
      receiver.answer = (_request, response) =>
        void response.writeHead(receiver.received.length === 1 ? 429 : 200, { 'retry-after': '7200' }).end()
      await ask(['1'])
      await at(NOW)
      await at(NOW + 2 * HOUR - 1)
      expect(receiver.received).toHaveLength(1)
      await at(NOW + 2 * HOUR)
      expect(await only()).toMatchObject({ state: 'delivered', attempts: 2 })
    })

    it.each([301, 302, 307, 308])('do not follow a redirect (%i)', async (status) => {
      receiver.answer = (_request, response) =>
        void response.writeHead(status, { location: `${receiver.url}/elsewhere` }).end()
      await ask(['1'])
      await at(NOW)
      expect(receiver.received.map(({ path }) => path)).toEqual(['/hook'])
      expect(await only()).toMatchObject({ state: 'queued', status, reason: `answered ${status}` })
    })

    it('leave a server alone that does not answer, and go on with the others', async () => {
      const slowly = (patience: number) =>
        createPostWebhook({
          allowedHosts: new Set(['slow.example']),
          patience,
          resolve: async () => [{ address: '127.0.0.1', family: 4 }],
        })
      let toSlow = slowly(200)
      const { port } = new URL(receiver.url)
      receiver.answer = ({ headers }, response) => {
        if (headers.host?.startsWith('127.')) response.writeHead(204).end()
      }
      await ask(
        Array.from({ length: 30 }, (_, place) => `slow-${place}`),
        { url: `http://slow.example:${port}/` },
      )
      await ask(['1'])
      const sender = senderWith((post) => (post.url.includes('slow') ? toSlow(post) : usual(post)))
      await at(NOW, sender)
      const states = async () => {
        const groups = Map.groupBy(await stored(), ({ reason }) => reason ?? 'delivered')
        return Object.fromEntries([...groups].map(([reason, group]) => [reason, group.length]))
      }
      // Ten at a time: the first ten find it out for all others.
      const found = { delivered: 1, 'no answer within 0.2 s': 10, 'its server has not answered others': 20 }
      expect(await states()).toEqual(found)
      expect((await stored()).filter(({ attempts }) => attempts === 0)).toHaveLength(20)
      // Nor are they asked before its rest is over.
      await ask(['late'], { url: `http://slow.example:${port}/` })
      await at(NOW + MINUTE - 1, sender)
      expect(receiver.received).toHaveLength(11)
      receiver.answer = (_request, response) => void response.writeHead(204).end()
      toSlow = slowly(10_000)
      await at(NOW + MINUTE, sender)
      expect(await states()).toEqual({ delivered: 32 })
    })

    it('go out before those to a server that answers slowly, however many wait for it', async () => {
      const asked: string[] = []
      const sender = senderWith(async ({ url }) => {
        asked.push(new URL(url).hostname)
        if (url.includes('slow')) clock.set(clock.now() + 10_000)
        // The first turn has found out that it is slow, the second is under way.
        if (asked.length === 11) await ask(['1', '2', '3'])
        return { kind: 'answered', status: 204, retryAfter: undefined, text: '' }
      })
      await ask(
        Array.from({ length: 60 }, (_, place) => `slow-${place}`),
        { url: 'http://slow.example/' },
      )
      await at(NOW, sender)
      expect(asked.indexOf('127.0.0.1')).toBe(20)
      expect(asked.slice(20, 24)).toEqual(['127.0.0.1', '127.0.0.1', '127.0.0.1', 'slow.example'])
      expect((await stored()).filter(({ state }) => state === 'delivered')).toHaveLength(63)
    })

    it('to this machine and its networks are refused', async () => {
      const resolve: ResolveHost = async () => [{ address: '127.0.0.1', family: 4 }]
      const { port } = new URL(receiver.url)
      await ask(['1'], { url: `http://hook.example:${port}/` })
      await ask(['2'], { url: `http://[::ffff:127.0.0.1]:${port}/` })
      await ask(['3'])
      await at(NOW, senderWith(createPostWebhook({ allowedHosts: new Set(), resolve, patience: 5_000 })))
      expect(receiver.received).toEqual([])
      expect((await stored()).map(({ state, attempts }) => [state, attempts])).toEqual([
        ['refused', 1],
        ['refused', 1],
        ['refused', 1],
      ])
    })

    it('are told again under the same id after a crash between the answer and its recording', async () => {
      await ask(['1'])
      const heard = Promise.withResolvers<void>()
      const gate = Promise.withResolvers<void>()
      // A process that has heard the answer, and then hangs.
      const hanging = senderWith(async (post) => {
        const answer = await usual(post)
        heard.resolve()
        await gate.promise
        return answer
      })
      const hung = hanging.drain()
      await heard.promise
      await at(NOW + MINUTE - 1)
      expect(receiver.received).toHaveLength(1)
      answering(500)
      await at(NOW + MINUTE)
      const [one, two, ...more] = receiver.received
      expect(more).toEqual([])
      expect(one?.headers['webhook-id']).toBe(two?.headers['webhook-id'])
      // What the first one has heard counts no more: its claim is lost.
      gate.resolve()
      await hung
      expect(await only()).toMatchObject({ state: 'queued', status: 500, attempts: 1, fence: 2 })
    })

    it('are claimed by one process only', async () => {
      await ask(Array.from({ length: 40 }, (_, place) => String(place)))
      const claims = await Promise.all(
        Array.from({ length: 4 }, () =>
          store.write((tx) => claimWebhooks(tx, { now: NOW, leaseUntil: NOW + 1, limit: 15 })),
        ),
      )
      expect(new Set(claims.flat().map(({ id }) => id)).size).toBe(40)
      expect(claims.flat()).toHaveLength(40)
      const [one] = claims.flat()
      if (!one) throw new Error('nothing was claimed')
      const delivered = { id: one.id, state: 'delivered', reason: null, status: 200, attempts: 1 } as const
      const record = (fence: number) =>
        store.write((tx) => recordWebhook(tx, W, { ...delivered, fence, endedAt: NOW }))
      expect(await record(one.fence - 1)).toBe(false)
      expect(await record(one.fence)).toBe(true)
    })

    it('of somebody who is erased meanwhile are not sent', async () => {
      // Eleven, of which ten are under way at a time.
      await ask(Array.from({ length: 11 }, (_, place) => String(place)))
      const told: string[] = []
      let erased: Promise<void> | undefined
      const sender = senderWith(async ({ body }) => {
        told.push((JSON.parse(body) as { data: { customer: string } }).data.customer)
        clock.set(NOW + 2_000)
        await vi.waitFor(() => expect(told.length).toBeGreaterThanOrEqual(10))
        erased ??= store.write(async (tx) => {
          const left = (
            await tx.select().from(tx.tables.webhooks).where(eq(tx.tables.webhooks.workspaceId, W))
          )
            .map(({ customerId }) => customerId)
            .filter((id) => !told.includes(id))
          await deleteCustomerRows(tx, W, left)
        })
        await erased
        return { kind: 'answered', status: 200, retryAfter: undefined, text: '' }
      })
      await sender.drain()
      expect(told).toHaveLength(10)
      expect((await stored()).map(({ state }) => state)).toEqual(Array(10).fill('delivered'))
    })
  })
}
