import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { followLive } from './followLive.ts'

/** What happens to a customer, told as it happens, on whichever database. */
export function liveContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The live stream of a customer on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const track = (name: string, properties: Record<string, unknown> = {}) =>
      test.ciclo.ingest.submit([test.item('secret', { type: 'track', name, userId: 'u1', properties })])
    const id = async () => (await test.customer('userId=u1'))?.id ?? ''
    const ask = (path: string, init: RequestInit = {}) => {
      const headers = new Headers(init.headers)
      headers.set('authorization', `Bearer ${SECRET_KEY}`)
      return test.ciclo.app.request(path, { ...init, headers })
    }
    const follow = async (...[path, from]: [path: string, from?: Parameters<typeof followLive>[2]]) => {
      const stream = await followLive(ask, path, from)
      onTestFinished(() => stream.stop())
      return stream
    }
    const versionOf = async (customerId: string) =>
      (await test.request(`/api/customers/${customerId}/version`))['version'] as string

    it('tells nothing to who holds the newest version, then each change with its parts', async () => {
      await track('Looked')
      const customerId = await id()
      const stream = await follow(`/api/customers/${customerId}/live`, { since: await versionOf(customerId) })
      expect(stream.status).toBe(200)
      expect(stream.headers.get('content-type')).toBe('text/event-stream')
      await track('Looked again')
      await vi.waitFor(() => expect(stream.events).toHaveLength(1))
      expect(stream.events[0]?.data.parts).toContain('events')
      expect(stream.events[0]?.data.parts).not.toContain('runs')
      expect(stream.events[0]?.id).toBe(await versionOf(customerId))
      await track('Order Completed', { order_id: 'o1', total: 10, currency: 'EUR' })
      await vi.waitFor(async () => expect(stream.events.at(-1)?.id).toBe(await versionOf(customerId)))
      const parts = stream.events.slice(1).flatMap(({ data }) => data.parts ?? [])
      expect(parts).toEqual(expect.arrayContaining(['customer', 'events', 'transitions']))
    })

    it('tells who comes back what they have missed, once, and who has missed nothing nothing', async () => {
      await track('One')
      const customerId = await id()
      const path = `/api/customers/${customerId}/live`
      const first = await follow(path, { since: await versionOf(customerId) })
      await track('Two')
      await vi.waitFor(() => expect(first.events).toHaveLength(1))
      await first.stop()
      const last = first.events[0]?.id ?? ''

      const nothing = await follow(path, { lastEventId: last })
      await track('Three')
      await vi.waitFor(() => expect(nothing.events.length).toBeGreaterThan(0))
      // What it was told first is the third event: nothing of the second again.
      expect(nothing.events).toHaveLength(1)
      await nothing.stop()

      await track('Four')
      await track('Five')
      const missed = await follow(path, { lastEventId: nothing.events[0]?.id ?? '' })
      await vi.waitFor(async () => expect(missed.events.at(-1)?.id).toBe(await versionOf(customerId)))
      expect(missed.events).toHaveLength(1)
      expect(missed.events[0]?.data.parts).toContain('events')
    })

    it('tells the page of one customer nothing of another', async () => {
      await track('One')
      const customerId = await id()
      const stream = await follow(`/api/customers/${customerId}/live`, { since: await versionOf(customerId) })
      await test.ciclo.ingest.submit([test.item('secret', { type: 'track', name: 'Other', userId: 'u2' })])
      await track('Two')
      await vi.waitFor(() => expect(stream.events.length).toBeGreaterThan(0))
      expect(stream.events).toHaveLength(1)
    })

    it('hears of a merge, and says that a customer is gone when they are erased', async () => {
      await test.ciclo.ingest.submit([
        test.item('public', { type: 'page', anonymousId: 'b1' }),
        test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'a@example.com' } }),
      ])
      const { customers } = (await test.request('/api/customers')) as {
        customers: { id: string; userId: string | null }[]
      }
      const browser = customers.find(({ userId }) => userId === null)?.id ?? ''
      const stream = await follow(`/api/customers/${browser}/live`, { since: await versionOf(browser) })
      await test.ciclo.ingest.submit([
        test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'b1' }),
      ])
      await vi.waitFor(() => expect(stream.events.length).toBeGreaterThan(0))
      expect(stream.events[0]?.data.parts).toContain('customer')

      await test.request(`/api/customers/${await id()}`, { method: 'DELETE' })
      await vi.waitFor(() => expect(stream.events.at(-1)?.event).toBe('gone'), { timeout: 10_000 })
      await stream.ended
    })

    it('knows nobody by another id, and no version that nobody has told', async () => {
      await track('One')
      const unknown = await follow('/api/customers/nobody/live')
      expect(unknown.status).toBe(404)
      const wrong = await follow(`/api/customers/${await id()}/live`, { since: 'yesterday' })
      expect(wrong.status).toBe(400)
      expect(await wrong.body()).toMatchObject({ code: 'bad-request' })
      // What a foreign proxy or another version has made of the header is as good as none.
      const odd = await follow(`/api/customers/${await id()}/live`, { lastEventId: 'odd' })
      await vi.waitFor(() => expect(odd.events).toHaveLength(1))
      expect(odd.events[0]?.data.parts).toEqual(['customer', 'events', 'transitions', 'messages', 'runs'])
    })

    it('ends when the server stops', async () => {
      await track('One')
      const customerId = await id()
      const stream = await follow(`/api/customers/${customerId}/live`, { since: await versionOf(customerId) })
      test.ciclo.closeStreams()
      await stream.ended
      expect((await ask(`/api/customers/${customerId}/live`)).status).toBe(503)
    })
  })
}
