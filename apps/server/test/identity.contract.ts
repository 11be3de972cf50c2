import { createHmac } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, SECRET, WRITE_KEY, type TestCiclo } from './support/createTestCiclo.ts'
import { createTokens } from '../src/tokens.ts'

const HOUR = 3_600_000
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A JSON Web Token as docs/identity.md tells shops to make one. */
function signed(
  key: string,
  payload: Record<string, unknown>,
  header: object = { alg: 'HS256', typ: 'JWT' },
) {
  const body = `${part(header)}.${part(payload)}`
  return `${body}.${createHmac('sha256', key).update(body).digest('base64url')}`
}

interface Merge {
  customerId: string
  because: string
  by: { kind: string; value: string }[]
  reason: string
}

/** Who somebody proves to be, on a database. */
export function identityContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`claims and proofs on ${database}`, () => {
    let test: TestCiclo
    let key: string

    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      const answer = await test.request('/api/identity-key')
      expect(answer).toMatchObject({ version: 1 })
      key = String(answer['key'])
    })
    afterEach(() => test.stop())

    const seconds = (fromNow: number) => Math.floor((test.clock.now() + fromNow) / 1_000)
    const browser = async (event: Record<string, unknown>) => {
      const response = await test.ciclo.app.request('/v1/batch', {
        method: 'POST',
        body: JSON.stringify({ writeKey: WRITE_KEY, batch: [event] }),
      })
      expect(response.status).toBe(200)
      return (await response.json()) as { warnings?: { messageId: string; code: string; message: string }[] }
    }
    const identify = (anonymousId: string, identityToken: string, more: Record<string, unknown> = {}) =>
      browser({
        type: 'identify',
        messageId: `identify-${anonymousId}`,
        anonymousId,
        context: { identityToken },
        ...more,
      })
    const visit = (anonymousId: string) =>
      browser({ type: 'page', anonymousId, messageId: `visit-${anonymousId}` })
    const customers = async () =>
      (await test.request('/api/customers'))['customers'] as { id: string; userId: string | null }[]
    const known = () =>
      test.ciclo.ingest.submit([
        test.item('secret', { type: 'identify', userId: 'ann', traits: { email: 'ann@shop.example' } }),
      ])

    it('a signed identity token makes the browser the customer’s, who keeps both histories, and says why', async () => {
      await known()
      await visit('laptop')
      const token = signed(key, { sub: 'ann', email: 'ann@shop.example', exp: seconds(HOUR) })
      expect(await identify('laptop', token, { userId: 'ann', traits: { colour: 'red' } })).toEqual({
        success: true,
      })
      const found = await customers()
      expect(found).toHaveLength(1)
      const id = found[0]?.id ?? ''
      const ann = await test.request(`/api/customers/${id}`)
      expect(ann).toMatchObject({
        userId: 'ann',
        email: 'ann@shop.example',
        claims: {},
        traits: { colour: 'red' },
      })
      expect(ann['identities']).toContainEqual({ kind: 'anonymousId', value: 'laptop' })
      const [merge] = ann['merges'] as Merge[]
      expect(merge).toMatchObject({
        because: 'identify-laptop',
        by: [
          { kind: 'userId', value: 'ann' },
          { kind: 'anonymousId', value: 'laptop' },
        ],
        reason: 'a signed identity token named userId "ann" and anonymousId "laptop" together',
      })
      const events = await test.below(id, 'events')
      expect(events.map(({ messageId }) => messageId)).toEqual(
        expect.arrayContaining(['visit-laptop', 'identify-laptop']),
      )
      expect(await test.below(id, 'messages')).toEqual([])
      expect(JSON.stringify(events)).not.toContain(token)
    })

    it('a proven browser’s order is still a browser’s word', async () => {
      await known()
      await identify('laptop', signed(key, { sub: 'ann', exp: seconds(HOUR) }))
      await browser({
        type: 'track',
        event: 'Order Completed',
        anonymousId: 'laptop',
        properties: { order_id: 'o1', total: 10, currency: 'USD' },
      })
      const ann = await test.customer('userId=ann')
      expect(ann?.orders.revenue['USD'] ?? 0).toBe(0)
    })

    it('of what an event says beside its token only what the token says too is proven', async () => {
      await known()
      const token = signed(key, { sub: 'bob', exp: seconds(HOUR) })
      await identify('phone', token, { userId: 'ann', traits: { email: 'ann@shop.example' } })
      const ann = await test.request(`/api/customers/${(await test.customer('userId=ann'))?.id}`)
      expect(ann['identities']).not.toContainEqual({ kind: 'anonymousId', value: 'phone' })
      expect(await test.customer('userId=bob')).toMatchObject({
        userId: 'bob',
        email: null,
        claims: { email: 'ann@shop.example' },
      })
    })

    it('two accounts that use one browser stay two, each with its own token', async () => {
      await identify('tablet', signed(key, { sub: 'ann', exp: seconds(HOUR) }), { messageId: 'one' })
      await identify('tablet', signed(key, { sub: 'bob', exp: seconds(HOUR) }), { messageId: 'two' })
      const userIds = (await customers()).map(({ userId }) => userId)
      expect(userIds.toSorted((one, other) => String(one).localeCompare(String(other)))).toEqual([
        'ann',
        'bob',
      ])
    })

    it.each<[what: string, token: () => string, message: RegExp]>([
      ['has expired', () => signed(key, { sub: 'ann', exp: seconds(-2 * HOUR) }), /expired/],
      ['never expires', () => signed(key, { sub: 'ann' }), /exp/],
      ['is valid for a year', () => signed(key, { sub: 'ann', exp: seconds(365 * 24 * HOUR) }), /at most/],
      ['is signed with the write key', () => signed(WRITE_KEY, { sub: 'ann', exp: seconds(HOUR) }), /signed/],
      [
        'is signed with another workspace’s key',
        () => signed(`${key}x`, { sub: 'ann', exp: seconds(HOUR) }),
        /signed/,
      ],
      [
        'says that it needs no signature',
        () => `${part({ alg: 'none', typ: 'JWT' })}.${part({ sub: 'ann', exp: seconds(HOUR) })}.`,
        /signed/,
      ],
      [
        'names another algorithm',
        () => signed(key, { sub: 'ann', exp: seconds(HOUR) }, { alg: 'HS512', typ: 'JWT' }),
        /signed/,
      ],
      ['names nobody', () => signed(key, { exp: seconds(HOUR) }), /sub/],
      ['is no token', () => 'nonsense', /signed/],
      [
        'has one changed byte',
        () =>
          signed(key, { sub: 'ann', exp: seconds(HOUR) }).replace(/.$/, (end) => (end === 'A' ? 'Q' : 'A')),
        /signed/,
      ],
    ])(
      'a token that %s proves nothing: the event is kept as a claim, with a warning',
      async (_, token, message) => {
        await known()
        const { warnings } = await identify('laptop', token(), { userId: 'ann', traits: { colour: 'red' } })
        expect(warnings).toEqual([
          {
            messageId: 'identify-laptop',
            code: 'bad-identity-token',
            message: expect.stringMatching(message) as string,
          },
        ])
        expect(await customers()).toHaveLength(2)
        const ann = await test.request(`/api/customers/${(await test.customer('userId=ann'))?.id}`)
        expect(ann).toMatchObject({ traits: {}, merges: [] })
      },
    )

    it('a renewed key voids every token of the old one, and says in the audit who renewed it', async () => {
      await known()
      const old = signed(key, { sub: 'ann', exp: seconds(HOUR) })
      const renewed = await test.request('/api/identity-key/renew', { method: 'POST' })
      expect(renewed).toMatchObject({ version: 2 })
      expect(renewed['key']).not.toBe(key)
      expect((await identify('laptop', old)).warnings).toHaveLength(1)
      const fresh = signed(String(renewed['key']), { sub: 'ann', exp: seconds(HOUR) })
      expect((await identify('phone', fresh)).warnings).toBeUndefined()
      const { entries } = (await test.request('/api/audit')) as { entries: Record<string, unknown>[] }
      expect(entries[0]).toMatchObject({
        actor: 'key secret',
        action: 'identity-key.renewed',
        details: { version: 2 },
      })
    })

    it('somebody who signs another’s address up, which is then confirmed, changes nothing that the shop has said', async () => {
      await test.ciclo.ingest.submit([
        test.item('secret', {
          type: 'identify',
          userId: 'vera',
          traits: { email: 'vera@shop.example', firstName: 'Vera', locale: 'es' },
        }),
      ])
      const claim = {
        anonymousId: 'thief',
        traits: { email: 'vera@shop.example', firstName: 'Hacked', locale: 'pl' },
      }
      await browser({ type: 'identify', messageId: 'before', ...claim })
      await browser({
        type: 'track',
        event: 'Subscribed',
        anonymousId: 'thief',
        properties: { email: 'vera@shop.example' },
      })
      const thief = (await customers()).find(({ userId }) => userId !== 'vera')
      const [mail] = await test.below(thief?.id ?? '', 'messages')
      expect(JSON.stringify(mail)).not.toContain('Hacked')
      const link = createTokens(SECRET).sign('confirm', {
        w: test.workspaceId,
        m: String(mail?.['id']),
        x: test.clock.now() + HOUR,
      })
      expect((await test.ciclo.app.request(`/confirm/${link}`, { method: 'POST' })).status).toBe(200)
      await browser({ type: 'identify', messageId: 'after', ...claim })
      const vera = await test.request(`/api/customers/${(await test.customer('userId=vera'))?.id}`)
      expect(vera).toMatchObject({
        traits: { firstName: 'Vera' },
        locale: 'es',
        lifecycle: { permission: 'subscribed' },
      })
    })

    it('what a client calls its own proof is nobody’s', async () => {
      await known()
      await browser({
        type: 'page',
        anonymousId: 'thief',
        proof: { userId: 'ann' },
        context: { proof: 'ann' },
      })
      expect(await customers()).toHaveLength(2)
    })

    it('somebody’s browser that a confirmation has joined to a customer cannot take the mail to another address', async () => {
      await known()
      const confirm = async (email: string) => {
        test.clock.set(test.clock.now() + 1_000)
        await browser({ type: 'track', event: 'Subscribed', anonymousId: 'thief', properties: { email } })
        const found = (await test.request('/api/customers'))['customers'] as { id: string }[]
        const mails = await Promise.all(found.map(({ id }) => test.below(id, 'messages')))
        const mail = mails
          .flat()
          .find(({ to, template }) => to === email && template === 'opt-in-confirmation')
        const x = test.clock.now() + HOUR
        const link = createTokens(SECRET).sign('confirm', { w: test.workspaceId, m: String(mail?.['id']), x })
        expect((await test.ciclo.app.request(`/confirm/${link}`, { method: 'POST' })).status).toBe(200)
      }
      await confirm('ann@shop.example')
      test.clock.set(test.clock.now() + 1_000)
      await browser({ type: 'track', event: 'Unsubscribed', anonymousId: 'thief' })
      await confirm('thief@evil.example')
      expect(await test.customer('userId=ann')).toMatchObject({ email: 'ann@shop.example' })
      expect(await test.customer('email=thief@evil.example')).toMatchObject({
        userId: null,
        lifecycle: { permission: 'subscribed' },
      })
    })

    it('an id that anybody’s browser has used up is still free for the shop’s server', async () => {
      await browser({ type: 'page', anonymousId: 'thief', messageId: 'order-1001' })
      const order = test.item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          userId: 'vera',
          properties: { order_id: '1001', total: 10 },
        },
        { id: 'order-1001' },
      )
      expect(await test.ciclo.ingest.submit([order])).toEqual(['applied'])
      expect(await test.ciclo.ingest.submit([{ ...order }])).toEqual(['duplicate'])
      expect(await test.customer('userId=vera')).toMatchObject({ orders: { count: 1 } })
    })

    describe('a click in a mail', () => {
      const message = async () => {
        await test.ciclo.ingest.submit([
          test.item('secret', {
            type: 'track',
            name: 'Subscribed',
            userId: 'ann',
            properties: { email: 'ann@shop.example' },
          }),
        ])
        const ann = await test.customer('userId=ann')
        const [mail] = await test.below(ann?.id ?? '', 'messages')
        return String(mail?.['id'])
      }
      const visitToken = async (life = HOUR / 2) =>
        createTokens(SECRET).sign('visit', {
          w: test.workspaceId,
          m: await message(),
          x: test.clock.now() + life,
        })

      it('makes an unknown browser the customer’s', async () => {
        const token = await visitToken()
        await visit('laptop')
        await browser({
          type: 'page',
          anonymousId: 'laptop',
          messageId: 'click',
          context: { visitToken: token },
        })
        expect(await customers()).toHaveLength(1)
        const ann = await test.request(`/api/customers/${(await test.customer('userId=ann'))?.id}`)
        const [merge] = ann['merges'] as Merge[]
        expect(merge).toMatchObject({
          because: 'click',
          reason: 'a link of ours named anonymousId "laptop", which was clicked or confirmed there',
        })
      })

      it('in a friend’s browser, to whom the mail was forwarded, joins nobody', async () => {
        const token = await visitToken()
        await test.ciclo.ingest.submit([
          test.item('secret', {
            type: 'identify',
            userId: 'bob',
            anonymousId: 'bobs',
            traits: { email: 'bob@shop.example' },
          }),
        ])
        await browser({
          type: 'page',
          anonymousId: 'bobs',
          messageId: 'friend',
          context: { visitToken: token },
        })
        const bob = await test.customer('userId=bob')
        const events = await test.below(bob?.id ?? '', 'events')
        expect(events.map(({ messageId }) => messageId)).toContain('friend')
        expect(await customers()).toHaveLength(2)
      })

      it('that somebody else was lured to gives no hold on the account they log in to', async () => {
        const token = await visitToken()
        await browser({ type: 'page', anonymousId: 'veras', context: { visitToken: token } })
        await test.ciclo.ingest.submit([
          test.item('secret', { type: 'identify', userId: 'vera', traits: { email: 'vera@shop.example' } }),
        ])
        const login = signed(key, { sub: 'vera', exp: seconds(HOUR) })
        await identify('veras', login, { userId: 'vera' })
        expect(await test.customer('userId=vera')).toMatchObject({ email: 'vera@shop.example' })
        expect(await test.customer('userId=ann')).toMatchObject({ email: 'ann@shop.example' })
      })

      it('proves nothing once its half hour is over', async () => {
        const token = await visitToken(-1)
        const { warnings } = await browser({
          type: 'page',
          anonymousId: 'laptop',
          context: { visitToken: token },
        })
        expect(warnings).toMatchObject([{ code: 'bad-visit-token' }])
        expect(await customers()).toHaveLength(2)
      })
    })
  })
}
