import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'
import { parseMail } from './support/parseMail.ts'

const DAY = 86_400_000
const byText = (one: string, other: string) => (one < other ? -1 : 1)

/** What a whole Ciclo does with a database, whichever it is. */
export function cicloContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Ciclo on ${database}`, () => {
    let mails: { to: string; subject: string; messageId: string }[] = []
    let smtp: SMTPServer
    let smtpUrl: string
    let test: TestCiclo

    beforeAll(async () => {
      smtp = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        disableReverseLookup: true,
        onData: (stream, { envelope }, done) => {
          parseMail(stream).then(({ subject, messageId }) => {
            mails.push({ to: envelope.rcptTo.map(({ address }) => address).join(), subject, messageId })
            done()
          }, done)
        },
      })
      await new Promise<void>((resolve) => {
        smtp.listen(0, '127.0.0.1', resolve)
      })
      smtpUrl = `smtp://127.0.0.1:${(smtp.server.address() as { port: number }).port}`
    })
    afterAll(() => new Promise<void>((resolve) => smtp.close(() => resolve())))
    beforeEach(async () => {
      mails = []
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl, demo: true })
    })
    afterEach(() => test.stop())

    const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items)
    const order = (id: string, day: number, userId = 'u1') =>
      test.item(
        'secret',
        { type: 'track', name: 'Order Completed', userId, properties: { order_id: id, total: 10 } },
        { at: test.clock.now() + day * DAY },
      )
    const found = async (query: string) => {
      const customer = await test.customer(query)
      if (!customer) throw new Error(`no customer ${query}`)
      return customer
    }

    it('takes an event once, however often and in whatever batches it is sent', async () => {
      const first = order('o1', 0)
      expect(await submit(first, { ...first })).toEqual(['applied', 'duplicate'])
      expect(await submit(first, order('o1', 0), order('o2', 0))).toEqual(['duplicate', 'applied', 'applied'])
      const customer = await found('userId=u1')
      expect(customer.orders).toMatchObject({ count: 2, revenue: { EUR: 2000 } })
      expect(await test.below(customer.id, 'events')).toHaveLength(3)
    })

    it('joins a visitor to the customer that the shop says it is, with both histories and one lifecycle', async () => {
      await submit(order('o1', -3), test.item('public', { type: 'page', anonymousId: 'a1' }))
      await submit(test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }))
      await submit(test.item('public', { type: 'track', name: 'Product Viewed', anonymousId: 'a1' }))
      const customer = await found('userId=u1')
      const events = await test.below(customer.id, 'events')
      expect(new Set(events.map(({ name, type }) => name ?? type))).toEqual(
        new Set(['Customers Merged', 'Order Completed', 'Product Viewed', 'identify', 'page']),
      )
      expect(events).toHaveLength(5)
      expect(customer.lifecycle).toMatchObject({ stage: 'new', engagement: 'warm' })
      const { identities } = await test.request(`/api/customers/${customer.id}`)
      expect(identities).toHaveLength(2)
    })

    it('never joins two customers with different userIds, whatever browser or address they share', async () => {
      await submit(
        test.item('secret', {
          type: 'identify',
          userId: 'u1',
          anonymousId: 'a1',
          traits: { email: 'one@example.com' },
        }),
        test.item('secret', {
          type: 'identify',
          userId: 'u2',
          anonymousId: 'a1',
          traits: { email: 'one@example.com' },
        }),
      )
      const [one, two] = [await found('userId=u1'), await found('userId=u2')]
      expect(one.id).not.toBe(two.id)
    })

    it('rebuilds a customer for an order that arrives late, and the history says so', async () => {
      await submit(order('o2', -1))
      await submit(order('o1', -200))
      const customer = await found('userId=u1')
      expect(customer.lifecycle['stage']).toBe('reactivated')
      const transitions = await test.below(customer.id, 'transitions')
      const stages = transitions.filter(({ region }) => region === 'stage').toReversed()
      expect(stages.map(({ to }) => to)).toEqual(['new', 'atRisk', 'lapsed', 'reactivated'])
      expect(stages.every(({ rebuilt }) => rebuilt)).toBe(true)
    })

    it('sends what a transition causes once, and tells how it ended', async () => {
      await submit(
        test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } }),
      )
      await submit(test.item('secret', { type: 'track', name: 'Subscribed', userId: 'u1' }), order('o1', 0))
      await test.ciclo.settle()
      await test.ciclo.settle()
      expect(mails.map(({ to, subject }) => `${to}: ${subject}`).toSorted(byText)).toEqual([
        'ann@example.com: Thank you for your first order',
        'ann@example.com: Welcome to Cafetal',
      ])
      const customer = await found('email=Ann@Example.com')
      const messages = await test.below(customer.id, 'messages')
      const ends = messages.map(({ state, template }) => `${String(template)} ${String(state)}`)
      expect(ends.toSorted(byText)).toEqual(['thank-you sent', 'welcome sent'])
      const events = await test.below(customer.id, 'events')
      expect(events.filter(({ name: event }) => event === 'Email Sent')).toHaveLength(2)
    })

    it('refuses marketing for who never agreed, and says why', async () => {
      await submit(
        test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } }),
      )
      await submit(order('o1', 0))
      await test.ciclo.settle()
      expect(mails).toEqual([])
      const messages = await test.below((await found('userId=u1')).id, 'messages')
      expect(messages).toMatchObject([{ template: 'thank-you', state: 'refused', reason: 'no-permission' }])
    })

    it('confirms an address once a day, however many browsers claim it', async () => {
      const signUp = (browser: number) =>
        test.item('public', {
          type: 'track',
          name: 'Subscribed',
          anonymousId: `browser-${browser}`,
          properties: { email: 'victim@example.com' },
        })
      await submit(...Array.from({ length: 40 }, (_, browser) => signUp(browser)))
      await test.ciclo.settle()
      expect(mails.map(({ to }) => to)).toEqual(['victim@example.com'])
      test.clock.set(test.clock.now() + 25 * 3_600_000)
      await submit(signUp(1), signUp(99))
      await test.ciclo.settle()
      expect(mails).toHaveLength(2)
    })

    it.each([
      ['a complaint', 'Email Marked as Spam', {}, 'complaint'],
      ['a hard bounce', 'Email Bounced', { permanent: true }, 'bounce'],
    ])(
      'writes to an address no more after %s, whoever claims it',
      async (_name, feedback, properties, reason) => {
        await submit(
          test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } }),
        )
        await submit(test.item('secret', { type: 'track', name: feedback, userId: 'u1', properties }))
        const claim = { type: 'track', name: 'Subscribed', properties: { email: 'ann@example.com' } } as const
        await submit(test.item('public', { ...claim, anonymousId: 'a1' }))
        await test.ciclo.settle()
        expect(mails).toEqual([])
        const stored = await test.store.read((tx) => tx.select().from(tx.tables.suppressions))
        // By the hash, which stays when the customer is erased; the address beside it goes then.
        expect(stored).toMatchObject([{ reason, address: 'ann@example.com' }])
        expect(stored[0]?.addressHash).not.toContain('ann')
      },
    )

    it('believes no browser that says a mail bounced', async () => {
      await submit(
        test.item('secret', {
          type: 'identify',
          userId: 'u1',
          anonymousId: 'a1',
          traits: { email: 'ann@example.com' },
        }),
      )
      const properties = { permanent: true, address: 'ann@example.com' }
      await submit(
        test.item('public', { type: 'track', name: 'Email Bounced', anonymousId: 'a1', properties }),
      )
      expect(await test.store.read((tx) => tx.select().from(tx.tables.suppressions))).toEqual([])
      expect((await found('userId=u1')).lifecycle['permission']).toBe('none')
    })

    it('fires a timer once, at its own time, however late somebody wakes up', async () => {
      await submit(order('o1', 0))
      test.clock.set(test.clock.now() + 185 * DAY)
      await test.ciclo.settle()
      await test.ciclo.settle()
      const customer = await found('userId=u1')
      const stages = (await test.below(customer.id, 'transitions')).filter(({ region }) => region === 'stage')
      expect(stages.map(({ to, at }) => [to, at])).toEqual([
        ['lapsed', '2026-06-30T12:00:00.000Z'],
        ['atRisk', '2026-04-01T12:00:00.000Z'],
        ['new', '2026-01-01T12:00:00.000Z'],
      ])
      const messages = await test.below(customer.id, 'messages')
      expect(messages.filter(({ template }) => template === 'at-risk')).toHaveLength(1)
    })

    /** Two customers with a past of their own, and the event that says they are one. */
    const twoCustomers = async () => {
      const email = { type: 'track', name: 'Order Completed', traits: { email: 'ann@example.com' } } as const
      await submit(order('o1', -3))
      await submit(test.item('secret', { ...email, properties: { order_id: 'o2', total: 10 } }))
      return test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } })
    }

    it('keeps the past of both when a late order follows their merge in one transaction', async () => {
      const same = await twoCustomers()
      await submit(same, order('o3', -5))
      const customer = await found('userId=u1')
      expect(customer.orders).toMatchObject({ count: 3, revenue: { EUR: 3000 } })
    })

    it('keeps the past of all when merges follow each other in one transaction', async () => {
      const same = await twoCustomers()
      const visitor = { type: 'track', name: 'Order Completed', anonymousId: 'a1' } as const
      await submit(test.item('secret', { ...visitor, properties: { order_id: 'o3', total: 10 } }))
      await submit(same, test.item('secret', { type: 'identify', userId: 'u1', anonymousId: 'a1' }))
      const customer = await found('userId=u1')
      expect(customer.orders).toMatchObject({ count: 3, revenue: { EUR: 3000 } })
    })

    it('withdraws a mail that waits when its run ends in a merge', async () => {
      const definition = {
        id: 'course',
        version: 1,
        name: 'Course',
        trigger: { kind: 'transition', region: 'permission', to: 'subscribed' },
        reentry: { kind: 'never' },
        steps: [
          { kind: 'send', id: 'first', template: 'thank-you', purpose: 'marketing', to: 'customer' },
          { kind: 'delay', id: 'pause', duration: DAY },
          { kind: 'send', id: 'second', template: 'win-back', purpose: 'marketing', to: 'customer' },
        ],
      }
      await test.store.write(async (tx) => {
        const { journeys, workspaces } = tx.tables
        const { workspaceId } = test
        const row = { workspaceId, id: 'course', version: 1, status: 'live' as const }
        await tx.insert(journeys).values({ ...row, definition, createdAt: 0 })
        await tx.update(workspaces).set({ rulesVersion: 2 })
      })
      const subscribe = (who: object) => test.item('secret', { type: 'track', name: 'Subscribed', ...who })
      await submit(subscribe({ userId: 'u1' }))
      test.clock.set(test.clock.now() + 1_000)
      await submit(subscribe({ traits: { email: 'ann@example.com' } }))
      await submit(
        test.item('secret', { type: 'identify', userId: 'u1', traits: { email: 'ann@example.com' } }),
      )
      await test.ciclo.settle()
      const messages = await test.below((await found('userId=u1')).id, 'messages')
      const course = messages.filter(({ journey }) => journey === 'course')
      expect(course).toMatchObject([
        { state: 'refused', reason: 'merged' },
        { state: 'refused', reason: 'no-address' },
      ])
    })

    it('answers a place or a name that no database can hold with 400', async () => {
      await submit(order('o1', 0))
      const path = `/api/customers/${(await found('userId=u1')).id}`
      const cursor = (place: unknown) => `cursor=${Buffer.from(JSON.stringify(place)).toString('base64url')}`
      const answers = await Promise.all(
        [
          '/api/customers/%00',
          '/api/customers?userId=%00',
          `/api/customers?${cursor('\u0000')}`,
          `${path}/transitions?${cursor(1.5)}`,
          `${path}/transitions?${cursor(1e300)}`,
          `${path}/events?${cursor({ at: 1e300, messageId: 'x' })}`,
          `${path}/messages?${cursor({ createdAt: 1, id: '\u0000' })}`,
        ].map((wrong) => test.request(wrong)),
      )
      expect(answers.map(({ code }) => code)).toEqual(answers.map(() => 'bad-request'))
    })

    it('says that the store is away, not that something is wrong, where a key cannot be read', async () => {
      const lost = Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' })
      const away = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl, demo: true })
      away.store.read = () => Promise.reject(lost)
      const answers = await Promise.all([
        away.ciclo.app.request('/v1/track', {
          method: 'POST',
          body: JSON.stringify({ writeKey: 'write-key-of-the-tests', event: 'Looked', anonymousId: 'a1' }),
        }),
        away.ciclo.app.request('/api/customers', { headers: { authorization: 'Bearer any' } }),
      ])
      await away.stop()
      expect(answers.map(({ status, headers }) => [status, headers.get('retry-after')])).toEqual([
        [503, '1'],
        [503, '1'],
      ])
    })

    it('tells of an event at the very beginning of time like of any other', async () => {
      const event = { type: 'track', event: 'Order Completed', anonymousId: 'a1', timestamp: -8.64e15 }
      const { success } = await test.request('/v1/batch', {
        method: 'POST',
        headers: { authorization: `Basic ${Buffer.from('write-key-of-the-tests:').toString('base64')}` },
        body: JSON.stringify({ batch: [event], sentAt: '2027-01-01T00:00:00Z' }),
      })
      expect(success).toBe(true)
      const { customers } = (await test.request('/api/customers')) as { customers: { id: string }[] }
      expect(customers).toHaveLength(1)
      expect(await test.below(customers[0]?.id ?? '', 'events')).toHaveLength(1)
    })

    it('counts an order called __proto__ once', async () => {
      await submit(order('__proto__', 0))
      await submit(order('__proto__', 0))
      expect((await found('userId=u1')).orders.count).toBe(1)
    })

    it('parks what cannot be applied, and goes on with everybody else', async () => {
      await submit(order('o1', 0), order('o2', 0, 'u2'))
      const broken = await found('userId=u1')
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const rows = await tx.select().from(customers)
        const row = rows.find(({ id }) => id === broken.id)
        if (!row) throw new Error('the customer is not stored')
        const state = { ...(row.state as object), definition: 99 }
        await tx
          .insert(customers)
          .values({ ...row, state })
          .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { state } })
      })
      expect(await submit(order('o3', 0), order('o4', 0, 'u2'))).toEqual(['parked', 'applied'])
      expect((await found('userId=u2')).orders.count).toBe(2)
      expect((await found('userId=u1')).orders.count).toBe(1)
      const parked = await test.store.read((tx) => tx.select().from(tx.tables.parked))
      expect(parked).toMatchObject([{ customerId: broken.id }])
      expect(parked[0]?.error).toContain('definition 99')
    })
  })
}
