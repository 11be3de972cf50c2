import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from '../support/createTestCiclo.ts'

interface Entry {
  kind: string
  id: string
  at: string
}

/** Everything that happened to a customer as one list, on whichever database. */
export function timelineContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The timeline of a customer on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const HOUR = 3_600_000
    const fill = async () => {
      const at = (hours: number) => test.clock.now() - hours * HOUR
      // Several at one instant: a page may end between them.
      await test.ciclo.ingest.submit([
        test.item(
          'secret',
          { type: 'identify', userId: 'u1', traits: { email: 'a@example.com' } },
          { at: at(9) },
        ),
        test.item(
          'secret',
          { type: 'track', name: 'Subscribed', userId: 'u1', properties: { email: 'a@example.com' } },
          { at: at(8) },
        ),
        ...[1, 2, 3].map((number) =>
          test.item(
            'secret',
            {
              type: 'track',
              name: 'Order Completed',
              userId: 'u1',
              properties: {
                order_id: `o${number}`,
                currency: 'EUR',
                total: 10,
                products: [{ product_id: 'p1', price: 5, quantity: 2 }],
              },
            },
            { at: at(5) },
          ),
        ),
        test.item('secret', { type: 'page', name: 'Home', userId: 'u1' }, { at: at(1) }),
      ])
      return (await test.customer('userId=u1'))?.id ?? ''
    }
    const page = async (id: string, query: string) =>
      (await test.request(`/api/customers/${id}/timeline?${query}`)) as unknown as {
        entries: Entry[]
        next: string | null
      }
    const all = async (id: string, limit: number, more = '') => {
      const entries: Entry[] = []
      let cursor = ''
      for (;;) {
        const { entries: some, next } = await page(id, `limit=${limit}${cursor}${more}`)
        entries.push(...some)
        if (next === null) return entries
        cursor = `&cursor=${next}`
      }
    }

    it('is the same in pages of any size: nothing is left out, nothing comes twice', async () => {
      const id = await fill()
      const whole = await all(id, 200)
      expect(new Set(whole.map(({ kind }) => kind))).toEqual(
        new Set(['event', 'transition', 'message', 'run']),
      )
      expect(new Set(whole.map(({ kind, id: one }) => `${kind} ${one}`)).size).toBe(whole.length)
      expect(whole.map(({ at }) => at)).toEqual(
        whole
          .map(({ at }) => at)
          .toSorted()
          .toReversed(),
      )
      for (const limit of [1, 2, 3, 7]) expect(await all(id, limit)).toEqual(whole)
    })

    it.each(['event', 'transition', 'message', 'run'])('shows only what was asked for: %s', async (kind) => {
      const id = await fill()
      const whole = await all(id, 200)
      const some = await all(id, 2, `&kinds=${kind}`)
      expect(some.length).toBeGreaterThan(0)
      expect(some).toEqual(whole.filter((entry) => entry.kind === kind))
    })

    it('tells changes of state in the language that was asked for', async () => {
      const id = await fill()
      const { entries } = await page(id, 'kinds=transition&locale=es')
      expect(JSON.stringify(entries)).toContain('primer pedido')
    })

    it('says what is wrong with a question', async () => {
      const id = await fill()
      expect(await page(id, 'kinds=event,dreams')).toMatchObject({ code: 'bad-request' })
      expect(await page(id, 'cursor=x')).toMatchObject({ code: 'bad-request' })
      expect(await page('nobody', '')).toMatchObject({ code: 'not-found' })
    })

    it('knows what was in each order, by its newest word', async () => {
      const id = await fill()
      await test.ciclo.ingest.submit([
        test.item('secret', {
          type: 'track',
          name: 'Order Updated',
          userId: 'u1',
          properties: {
            order_id: 'o2',
            currency: 'EUR',
            total: 15,
            products: [{ product_id: 'p1', price: 5, quantity: 3 }],
          },
        }),
      ])
      const { orders } = (await test.request(`/api/customers/${id}/order-lines`)) as {
        orders: Record<string, { quantity: number; price: number; productId: string }[]>
      }
      expect(Object.keys(orders).toSorted()).toEqual(['o1', 'o2', 'o3'])
      expect(orders['o1']).toMatchObject([{ productId: 'p1', quantity: 2, price: 500 }])
      expect(orders['o2']).toMatchObject([{ productId: 'p1', quantity: 3, price: 500 }])
    })
  })
}
