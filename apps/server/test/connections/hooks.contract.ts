import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestCiclo, WRITE_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { shopifyRequest, shopifyStory, type Call } from './shopifyStory.ts'
import { wooRequest, wooStory } from './wooStory.ts'

const SECRET = 'hush, a secret of the shop'
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)

const SYSTEMS = {
  shopify: {
    story: shopifyStory,
    request: shopifyRequest,
    signature: 'x-shopify-hmac-sha256',
    userIdOf: (n: number) => String(207_119_551 + n),
  },
  woocommerce: {
    story: wooStory,
    request: wooRequest,
    signature: 'x-wc-webhook-signature',
    userIdOf: (n: number) => String(25 + n),
  },
}
type System = keyof typeof SYSTEMS

/** What shop systems tell, on a database, whichever it is. */
export function hooksContract(database: string, createDatabase: () => Promise<string>, runs: number): void {
  describe(`webhooks of shop systems on ${database}`, () => {
    let test: TestCiclo
    const urls = {} as Record<System, string>
    let next = 0
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      for (const platform of Object.keys(SYSTEMS) as System[]) {
        const made = await test.request('/api/connections', {
          method: 'POST',
          body: JSON.stringify({ platform, secret: SECRET, address: 'https://shop.example' }),
        })
        urls[platform] = new URL(String(made['url'])).pathname
      }
    })
    afterAll(() => test.stop())

    const post = async (system: System, init: RequestInit) => {
      const response = await test.ciclo.app.request(urls[system], init)
      return { status: response.status, body: (await response.json()) as Record<string, unknown> }
    }
    const tell = async (system: System, call: Call) => {
      const answer = await post(system, SYSTEMS[system].request(call, SECRET))
      expect(answer.status).toBe(200)
      return answer.body
    }

    /** All that is known of the customer of a story, with its numbers taken out. */
    const stateOf = async (system: System, n: number) => {
      // A timer that is due fires with the next event or with the clock, whichever comes first.
      await test.ciclo.settle()
      const customer = await test.customer(`userId=${SYSTEMS[system].userIdOf(n)}`)
      const { id = '' } = customer ?? {}
      const [whole, orders] = [await test.request(`/api/customers/${id}`), await test.below(id, 'orders')]
      const { lifecycle, orders: figures, traits, carts } = whole
      const stages = (await test.below(id, 'transitions')).filter(({ region }) => region === 'stage')
      const events = (await test.below(id, 'events')).map(({ name, timestamp }) => [name, timestamp])
      const own = { lifecycle, figures, traits, carts, orders, stages: stages.map(({ at, to }) => [at, to]) }
      const ids = new RegExp(`(bob|eva|token-|cart-|wc_order_)${n}`, 'g')
      const firstOrder = system === 'shopify' ? 450_789_469 + n * 10 : 727 + n * 10
      const text = JSON.stringify(own)
        .replaceAll(ids, '$1')
        .replaceAll(String(firstOrder), 'first')
        .replaceAll(String(firstOrder + 1), 'second')
        .replaceAll(`recover/${n}`, 'recover')
      return { state: JSON.parse(text) as Record<string, unknown>, events }
    }

    describe.each(Object.keys(SYSTEMS) as System[])(`%s (seed ${seed})`, (system) => {
      const { story, request, signature } = SYSTEMS[system]
      const expected = {
        shopify: {
          orders: { count: 1, revenue: { EUR: 15_000 } },
          permission: 'unsubscribed',
          name: 'Robert',
        },
        woocommerce: { orders: { count: 1, revenue: { PLN: 10_000 } }, permission: 'none', name: 'Ewa' },
      }[system]

      it('tells a customer and two orders', async () => {
        const n = (next += 1)
        for (const call of story(n)) await tell(system, call)
        const { state } = await stateOf(system, n)
        expect(state).toMatchObject({
          lifecycle: { stage: 'new', permission: expected.permission },
          figures: expected.orders,
          traits: { firstName: expected.name },
          carts: [],
        })
        expect(state['orders']).toMatchObject([{ cancelled: true }, { cancelled: false }])
      })

      it('comes to the same in every order, with every call told up to three times', async () => {
        const first = (next += 1)
        for (const call of story(first)) await tell(system, call)
        const { state } = await stateOf(system, first)
        const places = story(first).map((_, place) => place)
        await fc.assert(
          fc.asyncProperty(
            fc.shuffledSubarray([...places, ...places, ...places], { minLength: places.length }),
            async (order) => {
              const n = (next += 1)
              const calls = story(n)
              // Whatever the draw has left out comes at the end.
              for (const place of [...order, ...places]) await tell(system, calls[place] as Call)
              expect((await stateOf(system, n)).state).toEqual(state)
            },
          ),
          { numRuns: runs, seed },
        )
      })

      it('takes nothing over that is signed by somebody else, changed, or not signed', async () => {
        const n = (next += 1)
        const [call] = story(n) as [Call]
        const good = request(call, SECRET)
        const without = new Headers(good.headers)
        without.delete(signature)
        const wrong: [string, RequestInit][] = [
          ['another secret', request(call, `${SECRET}!`)],
          ['another body', { ...good, body: good.body.replace('shop.example', 'shap.example') }],
          ['white space more', { ...good, body: `${good.body} ` }],
          ['no signature', { ...good, headers: without }],
          ['a signature in hex', { ...good, headers: { ...(good.headers as object), [signature]: 'ab12' } }],
        ]
        for (const [name, init] of wrong) {
          const { status, body } = await post(system, init)
          expect([name, status, body['code']]).toEqual([name, 401, 'unknown-key'])
        }
        expect(await test.customer(`userId=${SYSTEMS[system].userIdOf(n)}`)).toBeUndefined()
        const { connections } = await test.request('/api/connections')
        const told = (connections as Record<string, unknown>[]).find(({ platform }) => platform === system)
        expect(told?.['problem']).toContain('does not fit the body and the secret')
      })

      it('takes a call once that is played again, whatever its headers say by then', async () => {
        const n = (next += 1)
        const call = story(n).find(({ topic }) => /order/.test(topic)) as Call
        const once = await tell(system, call)
        expect(once['state']).toBe('taken')
        const { events } = await stateOf(system, n)
        const again = request(call, SECRET)
        const headers = { ...(again.headers as Record<string, string>), 'x-shopify-webhook-id': 'another' }
        for (const init of [again, { ...again, headers }])
          expect((await post(system, init)).body).toMatchObject({ state: 'taken', events: 0 })
        expect((await stateOf(system, n)).events).toEqual(events)
      })

      it('answers what is signed and cannot be read with 200 and why, and keeps that for people', async () => {
        const [topic = ''] = story(1)
          .map((call) => call.topic)
          .filter((name) => /order/.test(name))
        const answer = await tell(system, { topic, payload: { id: 1, created_at: 'yesterday' } })
        expect(answer).toMatchObject({ state: 'refused', events: 0 })
        expect(String(answer['reason'])).toMatch(/^order.*: (created_at|date_created_gmt|status): /)
        const { connections } = await test.request('/api/connections')
        const { id } =
          (connections as Record<string, string>[]).find(({ platform }) => platform === system) ?? {}
        const { deliveries } = await test.request(`/api/connections/${id}/deliveries?state=refused`)
        expect(deliveries).toMatchObject([{ topic, state: 'refused', reason: answer['reason'], events: 0 }])
      })
    })

    it('knows the order of the tracker and that of a webhook by one id', async () => {
      const n = (next += 1)
      const call = shopifyStory(n).find(({ topic }) => topic === 'orders/create') as Call
      const browser = await test.ciclo.app.request('/v1/track', {
        method: 'POST',
        body: JSON.stringify({
          writeKey: WRITE_KEY,
          anonymousId: `browser-${n}`,
          event: 'Order Completed',
          properties: {
            order_id: String(call.payload['id']),
            total: 999,
            currency: 'EUR',
            email: `bob${n}@shop.example`,
          },
        }),
      })
      expect(browser.status).toBe(200)
      await tell('shopify', call)
      const customer = await test.customer(`userId=${207_119_551 + n}`)
      expect(customer?.orders).toMatchObject({ count: 1, revenue: { EUR: 12_000 } })
    })

    it('lets no browser pass for whoever has placed an order by guessing its name', async () => {
      const n = (next += 1)
      const call = shopifyStory(n).find(({ topic }) => topic === 'orders/create') as Call
      await tell('shopify', call)
      const before = await test.customer(`userId=${207_119_551 + n}`)
      const id = String(call.payload['id'])
      for (const anonymousId of [`order/${id}`, `shop:order/${id}`, `shopify/order/${id}`, id])
        await test.ciclo.app.request('/v1/identify', {
          method: 'POST',
          body: JSON.stringify({ writeKey: WRITE_KEY, anonymousId, traits: { firstName: 'Mallory' } }),
        })
      expect(await test.request(`/api/customers/${before?.id}`)).not.toMatchObject({
        traits: { firstName: 'Mallory' },
      })
    })

    it('hears an order that is told and paid in the same words twice', async () => {
      const n = (next += 1)
      const { payload } = shopifyStory(n).find(({ topic }) => topic === 'orders/create') as Call
      const paid = { ...payload, financial_status: 'paid' }
      await tell('shopify', { topic: 'orders/create', payload: paid })
      await tell('shopify', { topic: 'orders/paid', payload: paid })
      const { events } = await stateOf('shopify', n)
      expect(events.map(([name]) => name)).toContain('Payment Completed')
    })

    it('answers the ping of WooCommerce, and nothing else that is not signed', async () => {
      const ping = { method: 'POST', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
      expect(await post('woocommerce', { ...ping, body: 'webhook_id=7' })).toMatchObject({ status: 200 })
      expect(await post('woocommerce', { ...ping, body: 'webhook_id=7&id=1' })).toMatchObject({ status: 401 })
      expect(await post('shopify', { ...ping, body: 'webhook_id=7' })).toMatchObject({ status: 401 })
    })
  })
}
