import { describe, expect, it } from 'vitest'
import { importItems } from '../src/importOrders.ts'
import { useCiclo, type Json } from './support/useCiclo.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

/** Export and erasure on a database, whichever it is. */
export function dataRightsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The data of one customer on ${database}`, () => {
    const {
      world,
      audit,
      breakState,
      browser,
      erase,
      everything,
      exportOf,
      found,
      hashOf,
      linkTo,
      order,
      post,
      submit,
      subscribe,
      item,
    } = useCiclo(createDatabase)

    describe('the export', () => {
      it('holds all that is stored of an order', async () => {
        const properties = { order_id: 'o1', total: 10, discount: 1.5, coupon: 'SPRING', currency: 'EUR' }
        const refund = { order_id: 'o1', refund_id: 'r1', total: 4, currency: 'EUR' }
        const early = { order_id: 'o2', refund_id: 'r2', total: 1, currency: 'EUR' }
        const track = (name: string, more: Json) =>
          item('secret', { type: 'track', name, userId: 'u1', properties: more })
        await submit(
          track('Order Completed', properties),
          track('Order Refunded', refund),
          track('Order Refunded', early),
        )
        const { customers } = await exportOf('userId=u1')
        const orders = customers.flatMap((one) => one.orders)
        expect(orders.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
          {
            id: 'o1',
            at: expect.any(String) as string,
            currency: 'EUR',
            total: 1000,
            refunded: 400,
            cancelled: false,
            trusted: true,
            told: true,
            discount: 150,
            coupon: 'SPRING',
            refunds: [{ id: 'r1', amount: 4 }],
          },
          expect.objectContaining({ id: 'o2', told: false, refunds: [{ id: 'r2', amount: 1 }] }),
        ])
      })

      it('holds all that is stored of a customer and of those merged into it, in the documented form', async () => {
        await submit(
          item('public', { type: 'page', name: 'Home', anonymousId: 'b1', properties: { path: '/x' } }),
        )
        await submit(
          item('secret', {
            type: 'identify',
            userId: 'u1',
            anonymousId: 'b1',
            traits: { email: 'ann@x.org', size: 'M' },
          }),
          order('o1', { userId: 'u1' }),
          subscribe('ann@x.org', 'u1'),
        )
        await world.test.ciclo.settle()
        const { customers } = await exportOf('email=ANN@x.org')
        const [ann] = customers
        expect(customers).toHaveLength(1)
        expect(ann).toMatchObject({
          relation: 'proven',
          profile: { email: 'ann@x.org', userId: 'u1', traits: { size: 'M' } },
          orders: [{ id: 'o1', total: 1000, currency: 'EUR' }],
        })
        expect(ann?.identities.map(({ kind, value }) => `${kind}:${value}`)).toEqual([
          'anonymousId:b1',
          'email:ann@x.org',
          'userId:u1',
        ])
        expect(ann?.events.map(({ name }) => name)).toEqual(
          expect.arrayContaining(['Home', 'Order Completed', 'Subscribed', 'Email Sent']),
        )
        expect(ann?.events.find(({ name }) => name === 'Home')?.event.properties).toEqual({ path: '/x' })
        expect(ann?.messages.map(({ to, subject, state }) => [to, subject, state])).toEqual(
          expect.arrayContaining(world.mails.map(({ subject }) => ['ann@x.org', subject, 'sent'])),
        )
        expect(world.mails.length).toBeGreaterThan(0)
        expect(ann?.transitions.length).toBeGreaterThan(0)
        expect(ann?.enrolments.length).toBeGreaterThan(0)
        expect((await audit())[0]).toMatchObject({
          action: 'customer.exported',
          actor: 'key secret',
          subject: hashOf('ann@x.org'),
        })
      })

      it('marks who only claims the address, and keeps their data apart', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        await submit(browser('b2', 'ann@x.org'), browser('b3', 'ann@x.org', 'Checkout Started'))
        const { customers } = await exportOf('email=ann@x.org')
        expect(customers.map(({ relation, profile }) => [relation, profile.email])).toEqual([
          ['proven', 'ann@x.org'],
          ['claimed', null],
          ['claimed', null],
        ])
      })

      it('pages a long history without missing or repeating an event', async () => {
        const items = Array.from({ length: 1_203 }, (_, index) =>
          item(
            'secret',
            { type: 'page', name: `p${index}`, userId: 'u1' },
            { at: world.test.clock.now() - (index % 7) },
          ),
        )
        await submit(...items)
        const { customers } = await exportOf('userId=u1')
        const names = customers[0]?.events.map(({ name }) => name)
        expect(names).toHaveLength(1_203)
        expect(new Set(names).size).toBe(1_203)
      })

      it('holds what is parked, also where the store could not say whose it is', async () => {
        await submit(order('o1', { userId: 'u1' }), order('o2', { userId: 'u2' }))
        await world.test.store.write(async (tx) => {
          const parked = (userId: string) => ({
            workspaceId: world.test.workspaceId,
            id: `parked-${userId}`,
            customerId: null,
            error: 'a test',
            input: item('secret', { type: 'page', userId }).input,
            at: 1,
          })
          await tx.insert(tx.tables.parked).values([parked('u1'), parked('u2')])
        })
        const { customers } = await exportOf('userId=u1')
        expect(customers[0]?.parked.map(({ id }) => id)).toEqual(['parked-u1'])
      })

      it('says when there is nothing, and what was wrong', async () => {
        expect(await world.test.request('/api/export?email=nobody@x.org')).toMatchObject({ status: 404 })
        expect(await world.test.request('/api/export?email=a@x.org&userId=u1')).toMatchObject({ status: 400 })
        expect(await world.test.request('/api/export?email=nonsense')).toMatchObject({ status: 400 })
        expect(await world.test.request('/api/customers/none/export')).toMatchObject({ status: 404 })
      })
    })

    describe('the erasure', () => {
      const CANARY = /canary/i

      const fill = async () => {
        const address = 'canary@x.org'
        const words = { note: 'a canary sang', nested: { deep: ['Canary Wharf'] } }
        await submit(
          item('public', { type: 'page', name: 'canary page', anonymousId: 'canary-b1', properties: words }),
          item('public', {
            type: 'identify',
            anonymousId: 'canary-b2',
            traits: { email: address, ...words },
          }),
          item('public', { type: 'page', name: 'canary page', anonymousId: 'canary-b4', properties: words }),
        )
        await submit(
          item(
            'secret',
            {
              type: 'identify',
              userId: 'canary-u1',
              anonymousId: 'canary-b1',
              traits: { email: address, ...words },
            },
            { id: `${address}-1` },
          ),
          item('secret', {
            type: 'track',
            name: 'Order Completed',
            userId: 'canary-u1',
            properties: { order_id: 'canary-o1', total: 10, coupon: 'canary' },
          }),
          subscribe(address, 'canary-u1'),
        )
        await submit(
          ...importItems(
            world.test.workspaceId,
            [{ orderId: 'canary-o2', at: 0, total: '1.00', email: address }],
            world.test.clock.now(),
          ),
        )
        await submit(
          browser('canary-b3', address),
          item('public', { type: 'track', name: 'Product Viewed', userId: 'canary-u1', properties: words }),
        )
        await world.test.ciclo.settle()
        await submit(item('secret', { type: 'identify', userId: 'canary-u1', anonymousId: 'canary-b4' }))
        // Somebody else, at whose browser the address was typed once.
        await submit(
          item('secret', {
            type: 'identify',
            userId: 'u2',
            anonymousId: 'b9',
            traits: { email: 'mycanary-not@x.org' },
          }),
        )
        await submit(
          item('public', {
            type: 'track',
            name: 'Checkout Started',
            anonymousId: 'b9',
            properties: { email: address },
          }),
        )
        const id = (await found('userId=canary-u1')).id
        await breakState(id)
        world.test.clock.set(world.test.clock.now() + 1_000)
        await submit(order('canary-o3', { userId: 'canary-u1' }))
        await world.test.store.write(async (tx) => {
          // As ingest leaves what the store refused: without a customer.
          const input = item('secret', {
            type: 'track',
            name: 'canary',
            properties: {},
            traits: { email: address },
          }).input
          await tx.insert(tx.tables.parked).values({
            workspaceId: world.test.workspaceId,
            id: 'canary-parked',
            customerId: null,
            error: 'canary',
            input,
            at: 1,
          })
        })
      }

      it('says beforehand what it would remove, and removes nothing', async () => {
        await fill()
        const before = await everything()
        const preview = await erase({ email: 'canary@x.org', dryRun: true })
        expect(await everything()).toEqual(before)
        const erased = await erase({ email: 'canary@x.org' })
        expect(preview['removed']).toMatchObject({ events: (erased['removed'] as Json)['events'] })
        expect(erased).toMatchObject({ dryRun: false, suppressed: 2, others: 1, purged: true })
        expect(erased['removed']).toMatchObject({ parked: 2, orders: 2 })
      })

      it('leaves nothing in any table but keyed hashes and an entry of the audit', async () => {
        await fill()
        await erase({ email: 'canary@x.org' })
        const left = await everything()
        const others = JSON.stringify(left).replaceAll('mycanary-not@x.org', '')
        expect(others.match(CANARY)).toBeNull()
        expect(left['suppressions']).toMatchObject([{ reason: 'erased' }, { reason: 'erased' }])
        expect(left['suppressions']?.map((row) => row['addressHash'])).toEqual(
          expect.arrayContaining([hashOf('erased:canary@x.org'), hashOf('userId:canary-u1')]),
        )
        expect(left['audit']).toMatchObject([
          { action: 'customer.erased', subject: hashOf('canary@x.org'), actor: 'key secret' },
        ])
        // The other one is still there, with all but the address.
        expect(await found('email=mycanary-not@x.org')).toMatchObject({ userId: 'u2', claims: {} })
        expect(left['customers']).toHaveLength(1)
      })

      it('does the same by the id of a customer, also of one that was merged', async () => {
        await fill()
        const merged = (await everything())['customers']?.find((row) => row['mergedInto'] !== null)
        const answer = await world.test.request(`/api/customers/${String(merged?.['id'])}`, {
          method: 'DELETE',
        })
        expect(answer).toMatchObject({ dryRun: false })
        const others = JSON.stringify(await everything()).replaceAll('mycanary-not@x.org', '')
        expect(others.match(CANARY)).toBeNull()
        expect(await world.test.request('/api/customers/none', { method: 'DELETE' })).toMatchObject({
          status: 404,
        })
      })

      it('knows a resent event and an import again, and takes neither', async () => {
        const first = order('o1', { userId: 'u1', email: 'ann@x.org' })
        const past = importItems(
          world.test.workspaceId,
          [
            { orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' },
            { orderId: 'o3', at: 0, total: '1.00', userId: 'u1' },
          ],
          world.test.clock.now(),
        )
        await submit(first, ...past.slice(0, 1))
        await erase({ email: 'ann@x.org' })
        expect(await submit(first, ...past)).toEqual(['duplicate', 'erased', 'erased'])
        const again = { orderId: 'o9', at: 0, total: '2.00', email: 'Ann@x.org' }
        expect(await post('/api/import/orders', { orders: [again] })).toMatchObject({ erased: 1, applied: 0 })
        const left = await everything()
        expect(left['customers']).toEqual([])
        expect(left['events']).toEqual([])
        expect(left['receipts']?.every((row) => String(row['messageId']).startsWith('ciclo:erased'))).toBe(
          true,
        )
      })

      it('takes no past by the secret key, and starts anew with what happens from then on, without marketing', async () => {
        await submit(subscribe('ann@x.org', 'u1'), order('o1', { userId: 'u1' }))
        await world.test.ciclo.settle()
        await erase({ email: 'ann@x.org' })
        world.mails = []
        world.test.clock.set(world.test.clock.now() + HOUR)
        expect(await submit(order('o0', { userId: 'u1', email: 'ann@x.org' }, -2))).toEqual(['erased'])
        expect(
          await submit(order('o5', { userId: 'u1', email: 'ann@x.org' }), subscribe('ann@x.org', 'u1')),
        ).toEqual(['applied', 'applied'])
        await world.test.ciclo.settle()
        const ann = await found('email=ann@x.org')
        expect(ann.orders.count).toBe(1)
        expect(world.mails).toEqual([])
        expect(await world.test.below(ann.id, 'messages')).toEqual(
          expect.arrayContaining([expect.objectContaining({ state: 'refused', reason: 'erased' })]),
        )
      })

      it('lets the person agree anew: a confirmed opt-in lifts it, for imports as well', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        await world.test.ciclo.settle()
        await erase({ email: 'ann@x.org' })
        world.mails = []
        world.test.clock.set(world.test.clock.now() + 2 * DAY)
        await submit(browser('b7', 'ann@x.org'))
        await world.test.ciclo.settle()
        expect(world.mails.map(({ to }) => to?.[0]?.address)).toEqual(['ann@x.org'])
        const [confirmation] = world.mails
        if (!confirmation) throw new Error('no confirmation')
        const link = new URL(linkTo('/confirm/', confirmation))
        await world.test.ciclo.app.request(link.pathname, { method: 'POST' })
        await world.test.ciclo.settle()
        expect((await found('email=ann@x.org')).lifecycle['permission']).toBe('subscribed')
        expect(world.mails).toHaveLength(2)
        const past = importItems(
          world.test.workspaceId,
          [{ orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' }],
          world.test.clock.now(),
        )
        expect(await submit(...past)).toEqual(['applied'])
      })

      it('remembers an address that nobody has, and does not say no to it twice', async () => {
        expect(await erase({ email: 'ann@x.org' })).toMatchObject({ customers: [], suppressed: 1 })
        expect(await erase({ email: 'ann@x.org' })).toMatchObject({ customers: [], suppressed: 1 })
        const past = importItems(
          world.test.workspaceId,
          [{ orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' }],
          world.test.clock.now(),
        )
        expect(await submit(...past)).toEqual(['erased'])
      })

      it('withdraws queued mails, and records nothing of the one that is being sent', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        world.whileSending = async () => {
          world.whileSending = undefined
          await erase({ email: 'ann@x.org' })
        }
        await world.test.ciclo.settle()
        expect(world.mails).toHaveLength(1)
        const left = await everything()
        expect([left['messages'], left['events'], left['customers'], left['parked']]).toEqual([
          [],
          [],
          [],
          [],
        ])
        const token = new URL(linkTo('/u/', world.mails[0]))
        expect((await world.test.ciclo.app.request(token.pathname, { method: 'POST' })).status).toBe(404)
      })

      it('sends nothing more to those whose mail waits behind others for its turn', async () => {
        const names = Array.from({ length: 15 }, (_, index) => `a${index}`)
        await submit(...names.map((name) => subscribe(`${name}@x.org`, name)))
        let erasing: Promise<unknown> | undefined
        world.whileSending = async () => {
          erasing ??= (async () => {
            world.test.clock.set(world.test.clock.now() + 2_000)
            for (const name of names) await erase({ userId: name })
          })()
          await erasing
        }
        await world.test.ciclo.settle()
        expect(world.mails.length).toBeGreaterThan(0)
        expect(world.mails.length).toBeLessThanOrEqual(10)
        const left = await everything()
        expect([left['messages'], left['events'], left['customers']]).toEqual([[], [], []])
      })

      it('is not undone by events that come in at the same time', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        const storm = async () => {
          for (let round = 0; round < 10; round += 1)
            await submit(
              ...Array.from({ length: 5 }, (_, index) =>
                item('secret', { type: 'page', name: `before ${round} ${index}`, userId: 'u1' }),
              ),
            )
        }
        const [erased] = await Promise.all([erase({ email: 'ann@x.org' }), storm(), storm()])
        expect(erased['status']).toBeUndefined()
        const left = await everything()
        const ids = new Set(left['customers']?.map((row) => row['id']))
        // Whoever came after the erasure is somebody new: whole, and known by the userId.
        expect(left['events']?.filter((row) => !ids.has(row['customerId']))).toEqual([])
        expect(left['identities']?.filter((row) => !ids.has(row['customerId']))).toEqual([])
        expect(left['identities']?.filter((row) => row['kind'] === 'email')).toEqual([])
        expect(ids.size).toBeLessThanOrEqual(1)
        const owners = left['identities']?.filter((row) => row['value'] === 'u1')
        expect(owners).toHaveLength(ids.size)
      })
    })
  })
}
