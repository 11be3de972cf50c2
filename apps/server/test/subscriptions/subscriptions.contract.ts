import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { webhookSecret } from '../../src/webhooks/webhookSecret.ts'
import { SECRET } from '../support/createTestCiclo.ts'
import { useCiclo, type Json } from '../support/useCiclo.ts'
import { startReceiver, type Receiver } from '../webhooks/startReceiver.ts'
import { startChatwoot } from './startChatwoot.ts'

const DAY = 86_400_000

interface Said {
  type: string
  timestamp: string
  data: {
    event?: { name: string; properties: Json; source: string }
    transition?: { region: string; from: string; to: string }
    customer: { id: string; email: string | null; userId: string | null; lifecycle: Record<string, string> }
  }
}

/** Telling subscribers of events, on a database, whichever it is. */
export function subscriptionsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`subscriptions on ${database}`, () => {
    const { world, audit, erase, everything, item, order, post, submit } = useCiclo(createDatabase)
    let receiver: Receiver
    beforeEach(async () => {
      receiver = await startReceiver()
    })
    afterEach(async () => {
      vi.useRealTimers()
      await receiver.close()
    })

    const subscribe = async (more: Json = {}) => {
      const answer = await post('/api/subscriptions', { name: 'ERP', url: `${receiver.url}/hook`, ...more })
      expect(answer).toMatchObject({ active: true })
      return String(answer['id'])
    }
    const settle = () => world.test.ciclo.settle()
    const pass = async (milliseconds: number) => {
      world.test.clock.set(world.test.clock.now() + milliseconds)
      await settle()
    }
    const said = () => receiver.received.map(({ body }) => JSON.parse(body) as Said)
    const names = () => said().map(({ data }) => data.event?.name ?? data.transition?.region)
    const webhooks = async (query = '') =>
      ((await world.test.request(`/api/webhooks?limit=200&${query}`)) as { webhooks: Json[] }).webhooks
    const subscription = (id: string) => world.test.request(`/api/subscriptions/${id}`)
    const answering = (status: number) => {
      receiver.answer = (_request, response) => void response.writeHead(status).end('no')
    }

    it('tells each event that is asked for once, signed, with the customer as it is after it', async () => {
      await subscribe({ events: ['Order Completed'] })
      const ordered = order('o1', { userId: 'u1', email: 'ann@shop.example' })
      await submit(ordered)
      await submit(ordered)
      await submit(item('secret', { type: 'track', name: 'Product Viewed', userId: 'u1' }))
      await settle()
      const [one, ...more] = receiver.received
      if (!one) throw new Error('nothing was received')
      expect(more).toEqual([])
      vi.useFakeTimers({ toFake: ['Date'], now: world.test.clock.now() })
      const secret = webhookSecret(SECRET, world.test.workspaceId, 1)
      expect(new Webhook(secret).verify(one.body, one.headers as Record<string, string>)).toMatchObject({
        type: 'event.order_completed',
        timestamp: new Date(world.test.clock.now()).toISOString(),
        data: {
          event: { name: 'Order Completed', source: 'secret', properties: { order_id: 'o1', total: 10 } },
          customer: { userId: 'u1', lifecycle: { stage: 'new' } },
        },
      })
      expect(await webhooks()).toMatchObject([
        { state: 'delivered', event: 'Order Completed', journey: null, attempts: 1 },
      ])
    })

    it('tells of changes of the lifecycle, and of all events where none is named', async () => {
      await subscribe({ events: ['customer.transition'] })
      await submit(order('o1', { userId: 'u1', email: 'ann@shop.example' }))
      await settle()
      expect(said().map(({ data }) => data.transition)).toContainEqual(
        expect.objectContaining({ region: 'stage', from: 'prospect', to: 'new' }),
      )
      expect(said().every(({ type }) => type === 'customer.transition')).toBe(true)
      receiver.received.length = 0
      await subscribe({ name: 'all', url: `${receiver.url}/all` })
      await submit(item('secret', { type: 'page', userId: 'u1' }), order('o2', { userId: 'u1' }))
      await settle()
      const all = receiver.received
        .filter(({ path }) => path === '/all')
        .map(({ body }) => JSON.parse(body) as Said)
      expect(all.map(({ type }) => type)).toEqual(
        expect.arrayContaining(['event.page', 'event.order_completed', 'customer.transition']),
      )
    })

    it('tells of the changes that a condition asks for', async () => {
      await subscribe({
        events: ['customer.transition'],
        options: { when: { property: 'to', is: 'equals', value: 'new' } },
      })
      await submit(order('o1', { userId: 'u1', email: 'ann@shop.example' }))
      await settle()
      expect(said().map(({ data }) => data.transition?.to)).toEqual(['new'])
    })

    it('tells where a customer is now, where two turn out to be one or the past is told anew', async () => {
      await submit(
        item('secret', { type: 'page', anonymousId: 'b1' }),
        order('o1', { userId: 'u1', email: 'ann@shop.example' }),
        order('o2', { userId: 'u1' }),
      )
      await settle()
      await subscribe({
        events: ['customer.transition'],
        options: { when: { property: 'region', is: 'equals', value: 'stage' } },
      })
      await submit(item('secret', { type: 'identify', userId: 'u1', anonymousId: 'b1' }))
      await submit(order('o0', { userId: 'u1' }, -2))
      await settle()
      // As many orders as before, or more: the stage is the same, however often its history was written.
      expect(said()).toEqual([])
      await submit(order('o3', { userId: 'u3', email: 'bea@shop.example' }))
      await submit(order('o4', { userId: 'u3' }, -1))
      await settle()
      // In whatever order they arrive: several are under way at a time.
      const moves = said().map(({ data }) => `${data.transition?.from} ${data.transition?.to}`)
      expect(moves).toHaveLength(3)
      expect(new Set(moves)).toEqual(new Set(['visitor prospect', 'prospect new', 'new active']))
    })

    it('tells what is live of somebody whose past comes in at the same moment', async () => {
      await subscribe({ events: ['Order Completed'] })
      await submit(
        item(
          'import',
          { type: 'track', name: 'Order Completed', userId: 'u1', properties: { order_id: 'o1', total: 5 } },
          { at: world.test.clock.now() - 9 * DAY },
        ),
        order('o2', { userId: 'u1' }),
      )
      await settle()
      expect(said().map(({ data }) => data.event?.properties['order_id'])).toEqual(['o2'])
    })

    it('tells nobody of an import, nor of what it brings about', async () => {
      await subscribe()
      await submit(
        item(
          'import',
          { type: 'track', name: 'Order Completed', userId: 'u1', properties: { order_id: 'o1', total: 5 } },
          { at: world.test.clock.now() - 9 * DAY },
        ),
        // Also where the past is from today.
        item('import', {
          type: 'track',
          name: 'Order Completed',
          userId: 'u9',
          properties: { order_id: 'o9', total: 5 },
        }),
      )
      await settle()
      expect(names()).toEqual([])
      await submit(order('o2', { userId: 'u1' }))
      await settle()
      expect(names()).toContain('Order Completed')
    })

    it('tells of what meets the condition, and of nothing else', async () => {
      const cases = [
        ['atMost', 6, { score: 3 }, true],
        ['atMost', 6, { score: 9 }, false],
        ['atLeast', 6, { score: '7' }, true],
        ['atMost', 6, {}, false],
        ['atMost', 6, { score: '' }, false],
        ['atMost', 6, { score: true }, false],
        ['equals', 'yes', { score: 'yes' }, true],
        ['equals', 'yes', { score: { yes: 1 } }, false],
      ] as const
      for (const [place, [is, value]] of cases.entries())
        await subscribe({
          url: `${receiver.url}/${place}`,
          events: [`Case ${place}`],
          options: { when: { property: 'score', is, value } },
        })
      await submit(
        ...cases.map(([, , properties], place) =>
          item('secret', { type: 'track', name: `Case ${place}`, userId: 'u1', properties }),
        ),
      )
      await settle()
      expect(new Set(receiver.received.map(({ path }) => path))).toEqual(
        new Set(cases.flatMap(([, , , isTold], place) => (isTold ? [`/${place}`] : []))),
      )
    })

    it('pages through what one subscription was told, whatever became of it', async () => {
      receiver.answer = ({ body }, response) =>
        void response.writeHead(/"order_id":"o[024]"/.test(body) ? 204 : 500).end()
      const id = await subscribe({ events: ['Order Completed'] })
      await subscribe({ name: 'other', url: `${receiver.url}/other`, events: ['Order Completed'] })
      for (let place = 0; place < 7; place += 1) {
        await submit(order(`o${place}`, { userId: 'u1' }))
        world.test.clock.set(world.test.clock.now() + 1_000)
      }
      await settle()
      const pages: Json[] = []
      for (let cursor = ''; ;) {
        const path = `/api/webhooks?subscription=${id}&limit=3${cursor}`
        const { webhooks: rows, next } = (await world.test.request(path)) as {
          webhooks: Json[]
          next: string | null
        }
        pages.push(...rows)
        if (next === null) break
        cursor = `&cursor=${next}`
      }
      const times = pages.map(({ createdAt }) => String(createdAt))
      expect(new Set(times).size).toBe(7)
      expect(times).toEqual(times.toSorted((one, two) => two.localeCompare(one)))
      expect(pages.every(({ subscription: told }) => told === id)).toBe(true)
      expect(new Set(pages.map(({ state }) => state)).size).toBe(2)
    })

    it('whose receiver is gone is switched off at once', async () => {
      answering(410)
      const id = await subscribe({ events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      expect(await subscription(id)).toMatchObject({ active: false, problem: 'answered 410' })
      expect(await audit()).toContainEqual(
        expect.objectContaining({ action: 'subscription.switched-off', actor: 'ciclo' }),
      )
      await submit(order('o2', { userId: 'u1' }))
      await settle()
      expect(await webhooks()).toHaveLength(1)
    })

    it('whose receiver is dead for three days is switched off, and told again when it is back', async () => {
      answering(500)
      const id = await subscribe({ events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      expect(await subscription(id)).toMatchObject({ active: true, problem: 'answered 500' })
      for (let hours = 0; hours < 90; hours += 6) await pass(DAY / 4)
      expect(await subscription(id)).toMatchObject({ active: false })
      expect(await webhooks('state=dead')).toHaveLength(1)
      expect(await post(`/api/subscriptions/${id}/replay`)).toMatchObject({ status: 409 })
      answering(204)
      receiver.received.length = 0
      const { name, url, events } = (await subscription(id)) as {
        name: string
        url: string
        events: string[]
      }
      await world.test.request(`/api/subscriptions/${id}`, {
        method: 'PUT',
        body: JSON.stringify({ name, url, events }),
      })
      expect(await post(`/api/subscriptions/${id}/replay`)).toEqual({ replayed: 1 })
      await settle()
      expect(names()).toEqual(['Order Completed'])
      expect(await subscription(id)).toMatchObject({ active: true, problem: null, failingSince: null })
    })

    it('that is deleted is told nothing more of what waits', async () => {
      answering(500)
      const id = await subscribe({ events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      receiver.received.length = 0
      await world.test.request(`/api/subscriptions/${id}`, { method: 'DELETE' })
      await pass(DAY)
      expect(receiver.received).toEqual([])
      expect(await webhooks()).toMatchObject([{ state: 'refused', reason: 'the subscription was deleted' }])
    })

    it('one that was delivered is told once more when somebody asks for it', async () => {
      const id = await subscribe({ events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      const [one] = await webhooks(`subscription=${id}`)
      expect(await webhooks('event=Nothing')).toEqual([])
      expect(await post(`/api/webhooks/${String(one?.['id'])}/replay`)).toMatchObject({ state: 'queued' })
      await settle()
      expect(receiver.received).toHaveLength(2)
      expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
    })

    it('what was delivered is forgotten after 30 days, what was not after 90', async () => {
      await subscribe({ events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      answering(410)
      await submit(order('o2', { userId: 'u1' }))
      await settle()
      expect(new Set((await webhooks()).map(({ state }) => state))).toEqual(new Set(['delivered', 'refused']))
      await pass(29 * DAY)
      expect(await webhooks()).toHaveLength(2)
      await pass(2 * DAY)
      expect(await webhooks()).toMatchObject([{ state: 'refused' }])
      await pass(60 * DAY)
      expect(await webhooks()).toEqual([])
    })

    it('says what the receiver answers to an invented event', async () => {
      receiver.answer = (_request, response) => void response.writeHead(418).end('a teapot')
      const id = await subscribe({ events: ['Order Refunded'] })
      expect(await post(`/api/subscriptions/${id}/test`)).toEqual({
        taken: false,
        status: 418,
        answer: 'a teapot',
      })
      expect(said()).toMatchObject([
        { type: 'event.order_refunded', data: { test: true, customer: { id: 'test' } } },
      ])
      expect(await webhooks()).toEqual([])
    })

    it('shows and stores no address of a chat tool that opens it, nor a token', async () => {
      const id = await subscribe({ format: 'slack', url: `${receiver.url}/services/T0/B0/hidden-part` })
      const bot = await subscribe({
        format: 'chatwoot',
        token: 'hidden-token',
        options: { account: 7, inbox: 3 },
      })
      expect(await subscription(id)).toMatchObject({ url: receiver.url })
      expect(await subscription(bot)).toMatchObject({ hasToken: true })
      await submit(order('o1', { userId: 'u1' }))
      await settle()
      const all = JSON.stringify([
        await everything(),
        await webhooks(),
        await world.test.request('/api/subscriptions'),
      ])
      expect(all).not.toContain('hidden-')
      expect(receiver.received.map(({ path }) => path)).toContain('/services/T0/B0/hidden-part')
      // A token goes to no other server than the one it was given for.
      const change = {
        name: 'x',
        format: 'chatwoot',
        url: 'https://other.example',
        options: { account: 7, inbox: 3 },
      }
      expect(
        await world.test.request(`/api/subscriptions/${bot}`, {
          method: 'PUT',
          body: JSON.stringify(change),
        }),
      ).toMatchObject({ status: 400, detail: expect.stringContaining('token') as string })
    })

    it('refuses what is none, and says where', async () => {
      for (const [change, detail] of [
        [{ name: 'x' }, 'url'],
        [{ name: 'x', url: 'ftp://shop.example' }, 'url'],
        [{ name: 'x', url: 'https://u:p@shop.example' }, 'url'],
        [{ name: '', url: 'https://shop.example' }, 'name'],
        [{ name: 'x', url: 'https://shop.example', format: 'fax' }, 'format'],
        [{ name: 'x', url: 'https://shop.example', format: 'chatwoot' }, 'token'],
        [
          {
            name: 'x',
            url: 'https://shop.example',
            options: { when: { property: 'a', is: 'atMost', value: 'b' } },
          },
          'value',
        ],
      ] as const)
        expect(await post('/api/subscriptions', change)).toMatchObject({
          status: 400,
          detail: expect.stringContaining(detail) as string,
        })
    })

    it('opens a conversation in Chatwoot, and goes on in it', async () => {
      const chatwoot = await startChatwoot({ token: 'agent-token', inbox: 3 })
      try {
        await subscribe({
          format: 'chatwoot',
          url: chatwoot.url,
          token: 'agent-token',
          events: ['Survey Answered'],
          options: { account: 7, inbox: 3 },
        })
        await submit(
          order('o1', { userId: 'u1', email: 'ann@shop.example' }),
          item('secret', {
            type: 'identify',
            userId: 'u1',
            traits: { firstName: 'Ann `@channel`', lastName: '[x](http://evil.example)' },
          }),
        )
        const answer = (score: number) =>
          item('secret', {
            type: 'track',
            name: 'Survey Answered',
            userId: 'u1',
            properties: { score, comment: '@here **bold**\n# heading' },
          })
        await submit(answer(2))
        await settle()
        await submit(answer(1))
        await settle()
        expect(chatwoot.contacts).toMatchObject([{ email: 'ann@shop.example' }])
        expect(chatwoot.conversations).toHaveLength(1)
        expect(chatwoot.messages).toMatchObject([
          { conversation: 1, private: true, message_type: 'outgoing' },
          { conversation: 1, private: true },
        ])
        const note = chatwoot.messages[0]?.content
        expect(note).toContain('- score: `2`')
        expect(note).toContain("- Customer: `Ann '@\u200Bchannel' [x](http://evil.example)`")
        expect(note).toContain('- comment: `@\u200Bhere **bold** # heading`')
        expect(note).toMatch(/- Stage: `.*order/i)
        expect(note).toContain('- Orders: `1 · ')
        expect(note).toMatch(/\[Open the customer\]\(https:\/\/ciclo\.shop\.example\/customers\/\w+\)/)
        expect(await webhooks('event=Survey Answered')).toMatchObject([
          { state: 'delivered' },
          { state: 'delivered' },
        ])
      } finally {
        await chatwoot.close()
      }
    })

    it('Slack is told who the customer is, in the language of the shop', async () => {
      await world.test.request('/api/settings', {
        method: 'PATCH',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ locale: 'es' }),
      })
      await subscribe({ format: 'slack', events: ['Order Refunded', 'customer.transition'] })
      await submit(
        order('o1', { userId: 'u1', email: 'ann@shop.example' }),
        item('secret', {
          type: 'track',
          name: 'Order Refunded',
          userId: 'u1',
          properties: { order_id: 'o1', refund_id: 'r1', total: 4, note: '<!channel> & co' },
        }),
      )
      await settle()
      const texts = receiver.received.map(({ body }) => {
        const { blocks } = JSON.parse(body) as { blocks: { text: { text: string } }[] }
        return blocks.map(({ text }) => text.text).join('\n')
      })
      const refund = texts.find((text) => text.startsWith('*`Order Refunded`*'))
      expect(refund).toContain('*note:* `&lt;!channel&gt; &amp; co`')
      expect(refund).toContain('*Correo:* `ann@shop.example`')
      expect(refund).toMatch(/\*Pedidos:\* `1 · 6,00/)
      expect(refund).toMatch(/<https:\/\/ciclo\.shop\.example\/customers\/\w+\|Abrir el cliente>$/)
      expect(texts.filter((text) => text.includes('*stage:* `prospect → new`'))).toHaveLength(1)
      expect((await webhooks()).every(({ state }) => state === 'delivered')).toBe(true)
    })

    it('a Chatwoot that does not take the token is tried again, and says why', async () => {
      const chatwoot = await startChatwoot({ token: 'another-token', inbox: 3 })
      try {
        const id = await subscribe({
          format: 'chatwoot',
          url: chatwoot.url,
          token: 'agent-token',
          options: { account: 7, inbox: 3 },
        })
        expect(await post(`/api/subscriptions/${id}/test`)).toMatchObject({ taken: false, status: 401 })
        expect(chatwoot.contacts).toEqual([])
      } finally {
        await chatwoot.close()
      }
    })

    it('nothing is told of somebody who was erased while it waited', async () => {
      answering(500)
      await subscribe({ format: 'mattermost', events: ['Order Completed'] })
      await submit(order('o1', { userId: 'u1', email: 'ann@shop.example' }))
      await settle()
      receiver.received.length = 0
      await erase({ userId: 'u1' })
      await pass(DAY)
      expect(receiver.received).toEqual([])
      expect(JSON.stringify(await everything())).not.toContain('ann@shop.example')
    })
  })
}
