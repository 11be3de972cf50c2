import { expect, describe, it } from 'vitest'
import { GuideSchema } from '../src/routes/guideSchemas.ts'
import { readKeys, revokeKey } from '../src/store/queries/keys.ts'
import { WRITE_KEY } from './support/createTestCiclo.ts'
import { useCiclo } from './support/useCiclo.ts'

/** The set-up guide, on a database. */
export function guideContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the set-up guide on ${database}`, () => {
    const { world, item, submit, order, post } = useCiclo(createDatabase)
    const guide = async () => GuideSchema.parse(await world.test.request('/api/guide'))
    const done = async () => (await guide()).steps.flatMap(({ id, isDone }) => (isDone ? id : []))
    /** What is written behind an answer. */
    const reached = (step: string) => expect.poll(done).toContain(step)
    const putOff = async (step: string, isLater: boolean) =>
      await world.test.request(`/api/guide/${step}`, { method: 'PUT', body: JSON.stringify({ isLater }) })

    it('shows the write key that it knows, and no other', async () => {
      expect((await guide()).writeKey).toBe(WRITE_KEY)
      const { store, workspaceId } = world.test
      await store.write(async (tx) => {
        const own = (await readKeys(tx, workspaceId)).find(({ kind }) => kind === 'write')
        expect(await revokeKey(tx, workspaceId, own?.id ?? '', 1)).toMatchObject({ kind: 'write' })
      })
      expect((await guide()).writeKey).toBeNull()
    })

    it('knows the first event of a browser by itself, and the page that it came from', async () => {
      expect(await done()).not.toContain('tracker')
      await submit(item('secret', { type: 'track', name: 'Signed Up', userId: 'u1' }))
      expect(await done()).not.toContain('tracker')
      expect((await guide()).lastBrowserEvent).toBeNull()
      await submit(
        item('public', { type: 'page', anonymousId: 'a1', context: { page: { path: '/products/huila' } } }),
      )
      await reached('tracker')
      expect((await guide()).lastBrowserEvent).toMatchObject({ type: 'page', page: '/products/huila' })
    })

    it('counts orders of the shop itself, not those that browsers tell of', async () => {
      const told = { order_id: 'o1', total: 10 }
      await submit(
        item('public', { type: 'track', name: 'Order Completed', anonymousId: 'a1', properties: told }),
      )
      expect(await done()).not.toContain('orders')
      await submit(order('o2', { userId: 'u1' }))
      await reached('orders')
    })

    it('counts a test mail that a server has taken', async () => {
      expect(await done()).not.toContain('mail')
      expect(await post('/api/senders/marketing/test', { to: 'me@example.com' })).toMatchObject({
        taken: true,
      })
      expect(world.mails).toHaveLength(1)
      expect(await done()).toContain('mail')
    })

    it('counts a journey that somebody has switched on, and who the shop is', async () => {
      const patch = async (shop: unknown) =>
        await world.test.request('/api/settings', { method: 'PATCH', body: JSON.stringify({ shop }) })
      expect(await done()).toEqual(['shop', 'journey'])
      await patch({ address: null })
      expect(await done()).toEqual(['journey'])
      await patch({ address: 'Calle del Grano 12, 28012 Madrid' })
      expect(await done()).toEqual(['shop', 'journey'])
    })

    it('puts a step off and takes it up again, and says what there is no step for', async () => {
      const later = async () => (await guide()).steps.flatMap(({ id, isLater }) => (isLater ? id : []))
      await putOff('orders', true)
      await putOff('orders', true)
      expect(await later()).toEqual(['orders'])
      await putOff('orders', false)
      expect(await later()).toEqual([])
      await putOff('orders', true)
      await submit(order('o1', { userId: 'u1' }))
      await reached('orders')
      expect(await later()).toEqual([])
      expect(await putOff('coffee', true)).toMatchObject({ code: 'bad-request' })
    })
  })
}
