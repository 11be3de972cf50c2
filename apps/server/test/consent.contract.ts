import { SettingsSchema } from '@ciclo/engine'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, WRITE_KEY, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

type Item = ReturnType<TestCiclo['item']>

/** What a customer consents to, what is kept of it, and what follows for mails and for collecting, on a database. */
export function consentContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`consent on ${database}`, () => {
    let test: TestCiclo

    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const submit = (...items: Item[]) => test.ciclo.ingest.submit(items)
    const shop = (name: string, userId: string, properties: Record<string, unknown> = {}, day = 0) =>
      test.item('secret', { type: 'track', name, userId, properties }, { at: test.clock.now() + day * DAY })
    const account = (userId: string, email: string) =>
      test.item(
        'secret',
        { type: 'identify', userId, traits: { email } },
        { at: test.clock.now() - 10 * DAY },
      )
    const page = (anonymousId = 'a1') => test.item('public', { type: 'page', anonymousId })
    const said = (name: string, purpose: string, anonymousId = 'a1') =>
      test.item('public', { type: 'track', name, anonymousId, properties: { purpose } })
    const found = async (query: string) => {
      const customer = await test.customer(query)
      if (!customer) throw new Error(`no customer ${query}`)
      return customer
    }
    const consentsOf = (id: string) => test.below(id, 'consents')
    const stateOf = async (id: string) =>
      (await test.request(`/api/customers/${id}`))['consent'] as Record<string, unknown>
    const use = async (consent: Record<string, unknown>) =>
      await test.store.write(async (tx) => {
        const { workspaces } = tx.tables
        await tx.update(workspaces).set({ settings: SettingsSchema.parse({ consent }), rulesVersion: 2 })
      })
    /** Lets the shipped welcome mail come due, and says what became of the customer's mails. */
    const fatesOf = async (id: string) => {
      await test.ciclo.settle()
      return (await test.below(id, 'messages')).map(({ template, state, reason }) =>
        state === 'refused' ? `${String(template)}: ${String(reason)}` : String(template),
      )
    }

    it('keeps every change with its words, its source and its network, and never changes one', async () => {
      const subscribed = {
        type: 'track',
        event: 'Subscribed',
        messageId: 's1',
        userId: 'u1',
        properties: {
          email: 'ann@example.com',
          text: 'Yes, news',
          textVersion: '3',
          method: 'footer',
          country: 'pl',
        },
        context: { ip: '203.0.113.77' },
      }
      const send = async (event: object) =>
        await test.request('/v1/batch', {
          method: 'POST',
          headers: { authorization: `Basic ${Buffer.from('secret-key-of-the-tests:').toString('base64')}` },
          body: JSON.stringify({ batch: [event] }),
        })
      await send(subscribed)
      await send(subscribed)
      const { id } = await found('userId=u1')
      const first = {
        id: 's1/marketing-email',
        purpose: 'marketing-email',
        status: 'granted',
        basis: 'consent',
        country: 'PL',
        text: 'Yes, news',
        textVersion: '3',
        method: 'footer',
        source: 'secret',
        network: '203.0.113.0/24',
      }
      expect(await consentsOf(id)).toMatchObject([first])
      await submit(shop('Unsubscribed', 'u1', {}, 0))
      // Late: the customer is rebuilt, and nothing that is kept is written again.
      await submit(shop('Order Completed', 'u1', { order_id: 'o1', total: 5 }, -30))
      expect(await consentsOf(id)).toMatchObject([{ status: 'refused', basis: null }, first])
      expect(await stateOf(id)).toMatchObject({
        country: 'PL',
        'marketing-email': { status: 'refused', basis: null },
      })
      const stored = JSON.stringify(await test.store.read((tx) => tx.select().from(tx.tables.events)))
      expect(stored).toContain('203.0.113.0/24')
      expect(stored).not.toContain('203.0.113.77')
    })

    it('shows the consents of all who turned out to be one, page by page, and writes none for that', async () => {
      await submit(said('Consent Given', 'tracking'), shop('Subscribed', 'u1', { email: 'ann@example.com' }))
      test.clock.set(test.clock.now() + DAY)
      await submit(test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }))
      const { id } = await found('userId=u1')
      const all = await consentsOf(id)
      expect(all.map(({ purpose, status }) => `${String(purpose)} ${String(status)}`).toSorted()).toEqual([
        'marketing-email granted',
        'tracking granted',
      ])
      const first = await test.request(`/api/customers/${id}/consents?limit=1`)
      const second = await test.request(
        `/api/customers/${id}/consents?limit=1&cursor=${String(first['next'])}`,
      )
      expect([first['consents'], second['consents']].flat()).toEqual(all)
      expect(second['next']).toBeNull()
      expect(await stateOf(id)).toMatchObject({
        'marketing-email': { status: 'granted' },
        tracking: { status: 'granted' },
      })
    })

    it('takes a consent from the shop as an event, once', async () => {
      await submit(account('u1', 'ann@example.com'))
      const { id } = await found('userId=u1')
      const record = (body: object) =>
        test.request(`/api/customers/${id}/consents`, { method: 'POST', body: JSON.stringify(body) })
      const given = { purpose: 'marketing-email', status: 'granted', method: 'phone', messageId: 'call-1' }
      expect(await record(given)).toMatchObject({
        messageId: 'call-1',
        verdict: 'applied',
        consent: { 'marketing-email': { status: 'granted', basis: 'consent' } },
      })
      expect(await record(given)).toMatchObject({ verdict: 'duplicate' })
      expect(await record({ purpose: 'tracking', status: 'refused' })).toMatchObject({
        consent: { tracking: { status: 'refused' } },
      })
      expect(await record({ purpose: 'everything', status: 'granted' })).toMatchObject({
        code: 'bad-request',
      })
      expect(await consentsOf(id)).toHaveLength(2)
      expect((await test.below(id, 'events')).map(({ name }) => name)).toContain('Consent Withdrawn')
    })

    it('sends no marketing to an address that another account of it has unsubscribed, until it agrees anew', async () => {
      await submit(account('u1', 'both@example.com'), account('u2', 'both@example.com'))
      await submit(shop('Unsubscribed', 'u1'))
      test.clock.set(test.clock.now() + 1_000)
      const [one, two] = [await found('userId=u1'), await found('userId=u2')]
      // The address is u1's: to u2 it is known by its trait, and its permission is its own.
      await submit(shop('Consent Given', 'u2', { purpose: 'marketing-email', basis: 'existing-customer' }))
      await use({ bases: ['consent', 'existing-customer'], country: 'ES' })
      expect((await found('userId=u2')).lifecycle['permission']).toBe('subscribed')
      expect(await fatesOf(two.id)).toEqual(['welcome: unsubscribed'])
      expect(await fatesOf(one.id)).toEqual([])
      // A mail that waits is decided on as things stand when it is claimed.
      await submit(shop('Subscribed', 'u1'))
      expect(await fatesOf(one.id)).toEqual(['welcome'])
      expect(await test.store.read((tx) => tx.select().from(tx.tables.suppressions))).toEqual([])
    })

    it('lets no older yes and no import lift an unsubscribe of the address', async () => {
      const reasons = async () =>
        (await test.store.read((tx) => tx.select().from(tx.tables.suppressions))).map(({ reason }) => reason)
      await submit(account('u1', 'both@example.com'), account('u2', 'both@example.com'))
      await submit(shop('Unsubscribed', 'u1'))
      await submit(shop('Subscribed', 'u2', {}, -1))
      expect(await reasons()).toEqual(['unsubscribed'])
      test.clock.set(test.clock.now() + DAY)
      await submit(test.item('import', { type: 'track', name: 'Subscribed', userId: 'u2' }))
      expect(await reasons()).toEqual(['unsubscribed'])
      await submit(shop('Email Marked as Spam', 'u1'), shop('Unsubscribed', 'u1'))
      expect(await reasons()).toEqual(['complaint'])
      test.clock.set(test.clock.now() + DAY)
      await submit(shop('Subscribed', 'u2'))
      expect(await reasons()).toEqual(['complaint'])
      await submit(shop('Email Bounced', 'u1', { permanent: true }), shop('Email Marked as Spam', 'u1'))
      expect(await reasons()).toEqual(['bounce'])
    })

    it('closes no address for an unsubscribe that is told late, after a newer yes', async () => {
      await submit(account('u1', 'ann@example.com'), shop('Subscribed', 'u1'))
      await submit(shop('Unsubscribed', 'u1', {}, -2))
      const { id, lifecycle } = await found('userId=u1')
      expect(lifecycle['permission']).toBe('subscribed')
      expect(await test.store.read((tx) => tx.select().from(tx.tables.suppressions))).toEqual([])
      expect(await consentsOf(id)).toHaveLength(2)
    })

    it('stops marketing for good at a complaint, for every account of the address, and never order mail', async () => {
      await submit(account('u1', 'both@example.com'), account('u2', 'both@example.com'))
      await submit(shop('Email Marked as Spam', 'u1'))
      test.clock.set(test.clock.now() + DAY)
      await submit(shop('Subscribed', 'u1'), shop('Subscribed', 'u2'))
      const [one, two] = [await found('userId=u1'), await found('userId=u2')]
      expect([one.lifecycle['permission'], two.lifecycle['permission']]).toEqual(['suppressed', 'subscribed'])
      expect(await fatesOf(one.id)).toEqual([])
      expect(await fatesOf(two.id)).toEqual(['welcome: suppressed'])
      await test.store.write(async (tx) => {
        const { messages } = tx.tables
        const [welcome] = await tx.select().from(messages)
        if (!welcome) throw new Error('there is no mail to copy')
        const mail = {
          ...welcome,
          customerId: one.id,
          state: 'queued' as const,
          reason: null,
          dueAt: test.clock.now(),
        }
        await tx
          .insert(messages)
          .values({ ...mail, id: 'order-mail', template: 'order', purpose: 'transactional' })
      })
      expect(await fatesOf(one.id)).toEqual(['order'])
    })

    it('collects nothing passive of who refuses tracking, not even the receipt, and goes on when they agree', async () => {
      expect(await submit(page(), said('Consent Withdrawn', 'tracking'), page())).toEqual([
        'applied',
        'applied',
        'refused',
      ])
      const refused = page()
      expect(await submit(refused)).toEqual(['refused'])
      expect(await submit(refused)).toEqual(['refused'])
      const order = test.item('public', {
        type: 'track',
        name: 'Order Completed',
        anonymousId: 'a1',
        properties: { order_id: 'o1', total: 5 },
      })
      expect(await submit(order)).toEqual(['applied'])
      test.clock.set(test.clock.now() + 1_000)
      expect(await submit(said('Consent Given', 'tracking'), page())).toEqual(['applied', 'applied'])
      const receipts = await test.store.read((tx) => tx.select().from(tx.tables.receipts))
      expect(receipts.map(({ messageId }) => messageId)).not.toContain(refused.input.id)
      expect(receipts).toHaveLength(5)
    })

    it('counts a refusal at once, though it is told late or came in by a merge a moment ago', async () => {
      await submit(page('a1'), page('a2'), account('u1', 'ann@example.com'))
      const late = { ...said('Consent Withdrawn', 'tracking', 'a1') }
      late.input = { ...late.input, at: late.input.at - DAY }
      expect(await submit(late, page('a1'))).toEqual(['applied', 'refused'])
      const login = test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' })
      const other = test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a2' })
      expect(await submit(login, other, page('a2'))).toEqual(['applied', 'applied', 'refused'])
    })

    it('makes no customer of a visitor whose browser says Global Privacy Control', async () => {
      const send = async (batch: object[], headers: Record<string, string> = {}) =>
        await test.request('/v1/batch', {
          method: 'POST',
          headers: { ...headers, authorization: `Basic ${Buffer.from(`${WRITE_KEY}:`).toString('base64')}` },
          body: JSON.stringify({ batch }),
        })
      const view = { type: 'page', messageId: 'p1', anonymousId: 'a9' }
      const refusal = { index: 0, messageId: 'p1', code: 'tracking-refused' }
      expect(await send([view], { 'sec-gpc': '1' })).toMatchObject({ success: true, rejected: [refusal] })
      expect(await send([{ ...view, context: { gpc: true } }])).toMatchObject({ rejected: [refusal] })
      expect((await test.request('/api/customers'))['customers']).toEqual([])
      expect(await test.store.read((tx) => tx.select().from(tx.tables.receipts))).toEqual([])
      const agreed = {
        type: 'track',
        event: 'Consent Given',
        anonymousId: 'a9',
        properties: { purpose: 'tracking' },
      }
      expect(await send([agreed, view], { 'sec-gpc': '1' })).toEqual({ success: true })
    })

    it('asks first where the workspace says so', async () => {
      await use({ tracking: 'opt-in' })
      expect(await submit(page(), said('Consent Given', 'tracking'), page())).toEqual([
        'refused',
        'applied',
        'applied',
      ])
    })

    it('writes to existing customers only where law and settings allow it, and stops when they no longer do', async () => {
      await use({ bases: ['consent', 'existing-customer'] })
      const order = (userId: string, country: string) =>
        shop('Order Completed', userId, {
          order_id: `o-${userId}`,
          total: 5,
          marketing_notice: true,
          shipping_address: { country },
          email: `${userId}@example.com`,
        })
      await submit(order('spain', 'ES'), order('poland', 'Poland'))
      const [spain, poland] = [await found('userId=spain'), await found('userId=poland')]
      expect([spain, poland].map(({ lifecycle }) => lifecycle['permission'])).toEqual(['subscribed', 'none'])
      expect(await consentsOf(spain.id)).toMatchObject([
        { status: 'granted', basis: 'existing-customer', country: 'ES', source: 'secret' },
      ])
      expect(await consentsOf(poland.id)).toEqual([])
      const transitions = await test.below(spain.id, 'transitions')
      expect(transitions.find(({ region }) => region === 'permission')).toMatchObject({
        reason: { numbers: { basis: 'existing-customer' } },
      })
      await test.store.write(async (tx) => {
        await tx.update(tx.tables.workspaces).set({ settings: SettingsSchema.parse({}), rulesVersion: 3 })
      })
      expect(await fatesOf(spain.id)).toEqual(['welcome: basis-not-allowed'])
    })

    it('describes its routes and what they take', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as {
        paths: Record<string, Record<string, object>>
      }
      expect(paths['/api/consent-policy']?.['get']).toBeDefined()
      const below = paths['/api/customers/{id}/consents']
      expect(Object.keys(below ?? {})).toEqual(['get', 'post'])
      expect(JSON.stringify(below?.['post'])).toMatch(
        /requestBody.*textVersion.*Records a consent|Records a consent.*requestBody.*textVersion/,
      )
    })

    it('tells the policy of each country, and what the settings make of it', async () => {
      await use({ bases: ['consent', 'existing-customer'], countries: { FR: ['consent'] }, country: 'PL' })
      const policy = await test.request('/api/consent-policy')
      expect(policy).toMatchObject({ country: 'PL', tracking: 'opt-out' })
      const countries = policy['countries'] as { country: string; bases: object; source: string | null }[]
      const of = (wanted: string) => countries.find(({ country }) => country === wanted)
      expect(of('ES')?.bases).toEqual({
        consent: 'allowed',
        'existing-customer': 'allowed',
        'opt-out-regime': 'not-lawful',
      })
      expect(of('FR')).toMatchObject({ bases: { 'existing-customer': 'not-lawful' }, source: null })
      expect(of('US')?.bases).toMatchObject({ 'opt-out-regime': 'not-used' })
      expect(policy['others']).toEqual({
        bases: { consent: 'allowed', 'existing-customer': 'not-lawful', 'opt-out-regime': 'not-lawful' },
      })
    })
  })
}
