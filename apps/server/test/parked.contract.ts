import { describe, expect, it } from 'vitest'
import { useCiclo, type Json } from './support/useCiclo.ts'

const HOUR = 3_600_000

/** Parked inputs and customers on a database, whichever it is. */
export function parkedContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`What could not be applied on ${database}`, () => {
    const {
      world,
      audit,
      breakState,
      everything,
      found,
      order,
      parkCustomer,
      post,
      submit,
      subscribe,
      item,
    } = useCiclo(createDatabase)

    describe('what is parked', () => {
      const parkedIds = async () =>
        ((await world.test.request('/api/parked')) as { parked: { id: string }[] }).parked.map(({ id }) => id)

      it('is listed with its error, and without what it says', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await breakState(id)
        const broken = order('o2', { userId: 'u1' })
        expect(await submit(broken)).toEqual(['parked'])
        const { parked } = (await world.test.request('/api/parked')) as { parked: Json[] }
        expect(parked).toMatchObject([
          {
            id: broken.input.id,
            customerId: id,
            input: { kind: 'event', name: 'Order Completed', source: 'secret' },
          },
        ])
        expect(String(parked[0]?.['error'])).toContain('definition 99')
        expect(JSON.stringify(parked)).not.toContain('o2')
        expect(await world.test.request(`/api/parked/${broken.input.id}`)).toMatchObject({
          event: { properties: { order_id: 'o2' } },
        })
        expect(await world.test.request('/api/parked/none')).toMatchObject({ status: 404 })
      })

      it('keeps its place with a new error and time when it fails again, and goes when it applies', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await breakState(id)
        const broken = order('o2', { userId: 'u1' })
        await submit(broken)
        world.test.clock.set(world.test.clock.now() + HOUR)
        const again = await post(`/api/parked/${broken.input.id}/retry`)
        expect(again['verdict']).toBe('parked')
        expect(String(again['error'])).toContain('definition 99')
        expect(await world.test.request(`/api/parked/${broken.input.id}`)).toMatchObject({
          at: new Date(world.test.clock.now()).toISOString(),
        })
        expect(await post(`/api/customers/${id}/unpark`)).toMatchObject({ error: null, tried: 1, applied: 1 })
        expect(await parkedIds()).toEqual([])
        expect((await found('userId=u1')).orders.count).toBe(2)
        // Its receipt stays: the same event is not taken twice.
        expect(await submit(broken)).toEqual(['duplicate'])
        expect((await audit()).map(({ action, details }) => [action, (details as Json)['verdict']])).toEqual(
          expect.arrayContaining([
            ['parked.retried', 'parked'],
            ['parked.retried', 'applied'],
            ['customer.unparked', undefined],
          ]),
        )
      })

      it('is tried again all at once, page by page, each once', async () => {
        await submit(order('o1', { userId: 'u1' }), order('p1', { userId: 'u2' }))
        const { id } = await found('userId=u1')
        await breakState(id)
        await submit(...['o2', 'o3', 'o4'].map((name) => order(name, { userId: 'u1' })))
        let tried = 0
        let next: string | null = null
        do {
          const cursor: string = next === null ? '' : `&cursor=${encodeURIComponent(next)}`
          const page = await post(`/api/parked/retry?limit=2${cursor}`)
          tried += Number(page['tried'])
          next = page['next'] as string | null
          world.test.clock.set(world.test.clock.now() + 1)
        } while (next !== null)
        expect(tried).toBe(3)
        expect(await parkedIds()).toHaveLength(3)
      })

      it('is dropped for good, and the audit says so', async () => {
        await submit(order('o1', { userId: 'u1' }))
        await breakState((await found('userId=u1')).id)
        const broken = order('o2', { userId: 'u1' })
        await submit(broken)
        expect(
          await world.test.request(`/api/parked/${broken.input.id}`, { method: 'DELETE' }),
        ).toMatchObject({
          id: broken.input.id,
        })
        expect(await parkedIds()).toEqual([])
        expect((await audit())[0]).toMatchObject({ action: 'parked.dropped' })
        expect(JSON.stringify(await audit())).not.toContain(broken.input.id)
        expect(await post(`/api/parked/${broken.input.id}/retry`)).toMatchObject({ status: 404 })
      })

      it('holds the world.mails of a parked customer back until it is fed again, and hears an unsubscribe at once', async () => {
        await submit(subscribe('ann@x.org', 'u1'), subscribe('bob@x.org', 'u2'))
        const ann = await found('userId=u1')
        const bob = await found('userId=u2')
        await parkCustomer(ann.id)
        await parkCustomer(bob.id)
        const { customers } = (await world.test.request('/api/customers?parked=true')) as {
          customers: Json[]
        }
        expect(new Set(customers.map(({ id }) => id))).toEqual(new Set([ann.id, bob.id]))
        expect(
          await submit(
            item('secret', {
              type: 'track',
              name: 'Unsubscribed',
              userId: 'u2',
              properties: { email: 'bob@x.org' },
            }),
          ),
        ).toEqual(['parked'])
        await world.test.ciclo.settle()
        expect(world.mails).toEqual([])
        expect(await world.test.below(ann.id, 'messages')).toMatchObject([
          { state: 'queued', reason: 'customer-parked' },
        ])
        // Although nothing was applied to him.
        expect(await world.test.below(bob.id, 'messages')).toMatchObject([
          { state: 'refused', reason: 'unsubscribed' },
        ])
        await post(`/api/customers/${ann.id}/unpark`)
        await post(`/api/customers/${bob.id}/unpark`)
        await world.test.ciclo.settle()
        expect(world.mails.map(({ to }) => to?.[0]?.address)).toEqual(['ann@x.org'])
        expect((await found('userId=u2')).lifecycle['permission']).toBe('unsubscribed')
        expect((await world.test.request('/api/customers?parked=true'))['customers']).toEqual([])
      })

      it('keeps a timer that failed for as long as its customer is parked', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await parkCustomer(id)
        const at = world.test.clock.now()
        await world.test.store.write(async (tx) => {
          await tx.insert(tx.tables.parked).values({
            workspaceId: world.test.workspaceId,
            id: `wake/${id}/${at}`,
            customerId: id,
            error: 'RangeError: a test',
            input: { kind: 'wake', at, receivedAt: at },
            at,
          })
        })
        const path = `/api/parked/${encodeURIComponent(`wake/${id}/${at}`)}/retry`
        expect(await post(path)).toMatchObject({ verdict: 'parked' })
        expect(await post(`/api/customers/${id}/unpark`)).toMatchObject({ tried: 1, applied: 1 })
        expect(await post(path)).toMatchObject({ status: 404 })
      })

      it('is in the segments that were saved meanwhile once it is fed again', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await parkCustomer(id)
        const condition = { operator: 'atLeast', value: 1 }
        const rule = { kind: 'orders', figure: 'count', condition }
        const body = JSON.stringify({ name: 'Buyers', rule })
        await world.test.request('/api/segments/buyers', { method: 'PUT', body })
        await world.test.ciclo.runJobs()
        const members = async () => (await world.test.request('/api/segments/buyers/customers'))['customers']
        expect(await members()).toEqual([])
        expect(await post(`/api/customers/${id}/unpark`)).toMatchObject({ error: null })
        expect(await members()).toMatchObject([{ id }])
      })

      it('lets a merge with a parked customer wait, and does not touch the healthy one', async () => {
        await submit(order('o1', { userId: 'u1' }), item('public', { type: 'page', anonymousId: 'b1' }))
        const ann = await found('userId=u1')
        await parkCustomer(ann.id)
        const proof = item('secret', { type: 'identify', userId: 'u1', anonymousId: 'b1' })
        expect(await submit(proof)).toEqual(['parked'])
        expect(await submit(item('public', { type: 'page', anonymousId: 'b1' }))).toEqual(['applied'])
        expect((await everything())['customers']?.filter((row) => row['mergedInto'] !== null)).toEqual([])
        expect(await post(`/api/customers/${ann.id}/unpark`)).toMatchObject({ tried: 1, applied: 1 })
        expect((await everything())['customers']?.filter((row) => row['mergedInto'] === ann.id)).toHaveLength(
          1,
        )
      })
    })
  })
}
