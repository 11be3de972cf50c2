import { parse } from 'csv-parse/sync'
import { describe, expect, it } from 'vitest'
import { EXPORTED } from '../../src/exports/exported.ts'
import { createTestCiclo, SECRET_KEY, WRITE_KEY } from '../support/createTestCiclo.ts'
import { useCiclo, type Json } from '../support/useCiclo.ts'

interface Call extends Json {
  type: string
  messageId: string
  _ciclo: { source: string; customerId: string }
}

/** Writing out everything that there is, on a database, whichever it is. */
export function exportsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`exports on ${database}`, () => {
    const { world, audit, erase, item, order, submit, subscribe } = useCiclo(createDatabase)

    const fetched = async (path: string) =>
      await world.test.ciclo.app.request(`/api/export/${path}`, {
        headers: { authorization: `Bearer ${SECRET_KEY}` },
      })
    const csv = async (what: string) => {
      const response = await fetched(`${what}?format=csv`)
      expect(response.status).toBe(200)
      return parse(await response.text(), { columns: true }) as unknown as Record<string, string>[]
    }
    const lines = async <Line = Json>(what: string) => {
      const text = await (await fetched(`${what}?format=json`)).text()
      return text
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line) as Line)
    }
    const live = async () => {
      await submit(
        subscribe('ann@shop.example', 'u1'),
        item('secret', {
          type: 'identify',
          userId: 'u1',
          traits: { firstName: '=HYPERLINK("http://evil.example")', city: 'Łódź' },
        }),
        order('o1', { userId: 'u1', email: 'ann@shop.example' }, -3),
        item('public', { type: 'page', anonymousId: 'browser-1', context: { page: { path: '/' } } }),
        item('public', { type: 'identify', anonymousId: 'browser-1', traits: { email: 'joe@shop.example' } }),
        item('secret', {
          type: 'track',
          name: 'Order Completed',
          userId: 'u2',
          properties: {
            order_id: 'o2',
            email: 'bea@shop.example',
            total: 29.97,
            currency: 'PLN',
            products: [{ product_id: 'p1', name: 'Cup', price: 9.99, quantity: 3 }],
          },
        }),
        item('secret', {
          type: 'track',
          name: 'Order Refunded',
          userId: 'u2',
          properties: { order_id: 'o2', refund_id: 'r1', total: 9.99 },
        }),
      )
      await world.test.ciclo.settle()
    }

    it('customers come with the state, the date, the source and the basis of their consent', async () => {
      await live()
      const rows = await csv('customers')
      expect(rows).toHaveLength(3)
      expect(rows.find(({ user_id: userId }) => userId === 'u1')).toMatchObject({
        email: 'ann@shop.example',
        stage: 'new',
        permission: 'subscribed',
        consent: 'granted',
        consent_basis: 'consent',
        consent_source: 'secret',
        consent_at: new Date(world.test.clock.now()).toISOString(),
        orders: '1',
        // A spreadsheet runs no formula that somebody has put into their name.
        name: `'=HYPERLINK("http://evil.example")`,
      })
      const bea = rows.find(({ user_id: userId }) => userId === 'u2')
      expect(bea).toMatchObject({ consent_source: '', revenue: '19.98 PLN' })
      expect(await lines('customers')).toHaveLength(3)
      expect(await lines('consents')).toMatchObject([
        { purpose: 'marketing-email', status: 'granted', email: 'ann@shop.example', userId: 'u1' },
      ])
    })

    it('orders come with decimals and refunds', async () => {
      await live()
      expect(await csv('orders')).toMatchObject([
        { order_id: 'o1', email: 'ann@shop.example', total: '10.00', refunded: '0.00', cancelled: 'false' },
        { order_id: 'o2', email: 'bea@shop.example', currency: 'PLN', total: '29.97', refunded: '9.99' },
      ])
      expect(await csv('products')).toMatchObject([{ id: 'p1', name: 'Cup', price: '9.99', trusted: 'true' }])
    })

    it('what was merged comes once, under who it is today', async () => {
      await submit(order('o1', { userId: 'u1' }), order('o2', { email: 'ann@shop.example' }))
      expect(await csv('customers')).toHaveLength(2)
      await submit(item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@shop.example' } }))
      const [one, ...more] = await csv('customers')
      expect(more).toEqual([])
      expect(await csv('orders')).toMatchObject([
        { order_id: 'o1', customer_id: one?.['id'], email: 'ann@shop.example' },
        { order_id: 'o2', customer_id: one?.['id'] },
      ])
      expect(new Set((await csv('events')).map(({ customer_id: id }) => id))).toEqual(new Set([one?.['id']]))
    })

    it('events that are sent to another workspace make the same customers there', async () => {
      await live()
      const events = await lines<Call>('events')
      expect(events.length).toBeGreaterThanOrEqual(7)
      const other = await createTestCiclo({
        databaseUrl: await createDatabase(),
        smtpUrl: 'smtp://127.0.0.1:1',
        demo: true,
      })
      try {
        for (const [source, key] of [
          ['secret', SECRET_KEY],
          ['public', WRITE_KEY],
        ] as const) {
          const batch = events.filter(({ _ciclo }) => _ciclo.source === source)
          const answer = await other.request('/v1/batch', {
            method: 'POST',
            headers: { authorization: `Basic ${btoa(`${key}:`)}`, 'content-type': 'application/json' },
            body: JSON.stringify({ batch }),
          })
          expect(answer).toMatchObject({ success: true })
        }
        const everybody = async ({ request }: Pick<typeof other, 'request'>) => {
          const { customers } = (await request('/api/customers')) as { customers: Json[] }
          return customers
            .map(({ email, userId, claims, lifecycle, orders, traits }) =>
              JSON.stringify({ email, userId, claims, lifecycle, orders, traits }),
            )
            .toSorted((one, two) => one.localeCompare(two))
        }
        expect(await everybody(other)).toEqual(await everybody(world.test))
      } finally {
        await other.stop()
      }
    })

    it('everything is there as often as it is stored, over all pages', async () => {
      await submit(
        ...Array.from({ length: 620 }, (_, index) =>
          order(`o${index}`, { userId: `u${index}`, email: `p${index}@shop.example` }),
        ),
      )
      await world.test.ciclo.settle()
      const stored = await world.test.store.read(async (tx) => ({
        events: (await tx.select().from(tx.tables.events)).length,
        messages: (await tx.select().from(tx.tables.messages)).length,
        orders: 620,
        customers: 620,
      }))
      for (const [what, rows] of Object.entries(stored)) {
        expect(await lines(what), what).toHaveLength(rows)
        const ids = (await csv(what)).map((row) => row['id'] ?? row['order_id'] ?? row['message_id'])
        expect(new Set(ids).size, what).toBe(rows)
      }
    })

    it('what people have drawn comes as JSON, and never as a table', async () => {
      expect(await lines('journeys')).toContainEqual(expect.objectContaining({ status: 'live', version: 1 }))
      expect(await (await fetched('journeys?format=csv')).json()).toMatchObject({
        status: 400,
        detail: 'format: given csv for journeys, expected json',
      })
      expect((await fetched('passwords')).status).toBe(404)
      expect(await (await fetched('customers?format=xml')).json()).toMatchObject({ status: 400 })
    })

    it('nobody who was erased is in it, no secret is, and the audit has it', async () => {
      await live()
      await erase({ userId: 'u1' })
      const texts = await Promise.all(
        EXPORTED.map(async (what) => await (await fetched(`${what}?format=json`)).text()),
      )
      const all = texts.join('\n')
      expect(all).toContain('bea@shop.example')
      expect(all).not.toContain('ann@shop.example')
      for (const secret of [SECRET_KEY, WRITE_KEY]) expect(all).not.toContain(secret)
      expect(await audit()).toContainEqual(
        expect.objectContaining({ action: 'data.exported', details: { what: 'customers', format: 'jsonl' } }),
      )
    })
  })
}
