import { buffer } from 'node:stream/consumers'
import PostalMime, { type Email } from 'postal-mime'
import { SMTPServer } from 'smtp-server'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ExportSchema } from '../src/routes/exportSchema.ts'
import { importItems } from '../src/importOrders.ts'
import { createTestCiclo, SECRET, type TestCiclo } from './support/createTestCiclo.ts'
import { hashAddress } from '../src/tokens.ts'

const DAY = 86_400_000
const HOUR = 3_600_000

type Json = Record<string, unknown>

/** Export, erasure and parked inputs on a database, whichever it is. */
export function dataRightsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`The data of one customer on ${database}`, () => {
    let mails: Email[] = []
    let whileSending: (() => Promise<void>) | undefined
    let smtp: SMTPServer
    let smtpUrl: string
    let test: TestCiclo

    beforeAll(async () => {
      smtp = new SMTPServer({
        authOptional: true,
        disabledCommands: ['STARTTLS', 'AUTH'],
        disableReverseLookup: true,
        onData: (stream, _session, done) => {
          buffer(stream)
            .then((source) => PostalMime.parse(source))
            .then(async (mail) => {
              mails.push(mail)
              await whileSending?.()
            })
            .then(() => done(), done)
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
      whileSending = undefined
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl, demo: true })
    })
    afterEach(() => test.stop())

    const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items)
    const { item } = { item: (...given: Parameters<TestCiclo['item']>) => test.item(...given) }
    const order = (id: string, more: { userId?: string; email?: string }, day = 0) =>
      item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          ...(more.userId ? { userId: more.userId } : {}),
          properties: { order_id: id, total: 10, ...(more.email ? { email: more.email } : {}) },
        },
        { at: test.clock.now() + day * DAY },
      )
    const post = async (path: string, body: Json = {}) =>
      await test.request(path, { method: 'POST', body: JSON.stringify(body) })
    const erase = (wanted: Json) => post('/api/erasures', wanted)
    const exportOf = async (query: string) =>
      ExportSchema.parse(JSON.parse(JSON.stringify(await test.request(`/api/export?${query}`))))
    const hashOf = (text: string) => hashAddress(SECRET, test.workspaceId, text)
    /** Every row of every table, as text. */
    const everything = async () =>
      await test.store.read(async (tx) => {
        const all: Json = {}
        for (const [name, table] of Object.entries(tx.tables)) all[name] = await tx.select().from(table)
        return all as Record<string, Json[]>
      })
    const breakState = async (id: string) => {
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const row = (await tx.select().from(customers)).find((one) => one.id === id)
        if (!row) throw new Error(`There is no customer ${id}`)
        const state = { ...(row.state as object), definition: 99 }
        await tx
          .insert(customers)
          .values({ ...row, state })
          .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { state } })
      })
    }
    const parkCustomer = async (id: string) => {
      await test.store.write(async (tx) => {
        const { customers } = tx.tables
        const row = (await tx.select().from(customers)).find((one) => one.id === id)
        if (!row) throw new Error(`There is no customer ${id}`)
        const parked = 'RangeError: a test'
        await tx
          .insert(customers)
          .values(row)
          .onConflictDoUpdate({ target: [customers.workspaceId, customers.id], set: { parked } })
      })
    }
    const found = async (query: string) => {
      const customer = await test.customer(query)
      if (!customer) throw new Error(`no customer ${query}`)
      return customer
    }
    const browser = (anonymousId: string, email: string, name = 'Subscribed') =>
      item('public', { type: 'track', name, anonymousId, properties: { email } })
    const subscribe = (email: string, userId: string) =>
      item('secret', { type: 'track', name: 'Subscribed', userId, properties: { email } })
    const linkTo = (path: string, mail: Email | undefined) => {
      const link = mail?.text
        ?.match(/https?:\/\/[^\s<>]+/g)
        ?.find((url) => new URL(url).pathname.startsWith(path))
      if (!link) throw new Error(`no link to ${path}: ${mail?.text}`)
      return link
    }
    const audit = async () => ((await test.request('/api/audit')) as { entries: Json[] }).entries

    describe('the export', () => {
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
        await test.ciclo.settle()
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
          expect.arrayContaining(mails.map(({ subject }) => ['ann@x.org', subject, 'sent'])),
        )
        expect(mails.length).toBeGreaterThan(0)
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
            { at: test.clock.now() - (index % 7) },
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
        await test.store.write(async (tx) => {
          const parked = (userId: string) => ({
            workspaceId: test.workspaceId,
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
        expect(await test.request('/api/export?email=nobody@x.org')).toMatchObject({ status: 404 })
        expect(await test.request('/api/export?email=a@x.org&userId=u1')).toMatchObject({ status: 400 })
        expect(await test.request('/api/export?email=nonsense')).toMatchObject({ status: 400 })
        expect(await test.request('/api/customers/none/export')).toMatchObject({ status: 404 })
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
            test.workspaceId,
            [{ orderId: 'canary-o2', at: 0, total: '1.00', email: address }],
            test.clock.now(),
          ),
        )
        await submit(
          browser('canary-b3', address),
          item('public', { type: 'track', name: 'Product Viewed', userId: 'canary-u1', properties: words }),
        )
        await test.ciclo.settle()
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
        test.clock.set(test.clock.now() + 1_000)
        await submit(order('canary-o3', { userId: 'canary-u1' }))
        await test.store.write(async (tx) => {
          // As ingest leaves what the store refused: without a customer.
          const input = item('secret', {
            type: 'track',
            name: 'canary',
            properties: {},
            traits: { email: address },
          }).input
          await tx.insert(tx.tables.parked).values({
            workspaceId: test.workspaceId,
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
          expect.arrayContaining([hashOf('canary@x.org'), hashOf('userId:canary-u1')]),
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
        const answer = await test.request(`/api/customers/${String(merged?.['id'])}`, { method: 'DELETE' })
        expect(answer).toMatchObject({ dryRun: false })
        const others = JSON.stringify(await everything()).replaceAll('mycanary-not@x.org', '')
        expect(others.match(CANARY)).toBeNull()
        expect(await test.request('/api/customers/none', { method: 'DELETE' })).toMatchObject({ status: 404 })
      })

      it('knows a resent event and an import again, and takes neither', async () => {
        const first = order('o1', { userId: 'u1', email: 'ann@x.org' })
        const past = importItems(
          test.workspaceId,
          [
            { orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' },
            { orderId: 'o3', at: 0, total: '1.00', userId: 'u1' },
          ],
          test.clock.now(),
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
        await test.ciclo.settle()
        await erase({ email: 'ann@x.org' })
        mails = []
        test.clock.set(test.clock.now() + HOUR)
        expect(await submit(order('o0', { userId: 'u1', email: 'ann@x.org' }, -2))).toEqual(['erased'])
        expect(
          await submit(order('o5', { userId: 'u1', email: 'ann@x.org' }), subscribe('ann@x.org', 'u1')),
        ).toEqual(['applied', 'applied'])
        await test.ciclo.settle()
        const ann = await found('email=ann@x.org')
        expect(ann.orders.count).toBe(1)
        expect(mails).toEqual([])
        expect(await test.below(ann.id, 'messages')).toEqual(
          expect.arrayContaining([expect.objectContaining({ state: 'refused', reason: 'erased' })]),
        )
      })

      it('lets the person agree anew: a confirmed opt-in lifts it, for imports as well', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        await test.ciclo.settle()
        await erase({ email: 'ann@x.org' })
        mails = []
        test.clock.set(test.clock.now() + 2 * DAY)
        await submit(browser('b7', 'ann@x.org'))
        await test.ciclo.settle()
        expect(mails.map(({ to }) => to?.[0]?.address)).toEqual(['ann@x.org'])
        const [confirmation] = mails
        if (!confirmation) throw new Error('no confirmation')
        const link = new URL(linkTo('/confirm/', confirmation))
        await test.ciclo.app.request(link.pathname, { method: 'POST' })
        await test.ciclo.settle()
        expect((await found('email=ann@x.org')).lifecycle['permission']).toBe('subscribed')
        expect(mails).toHaveLength(2)
        const past = importItems(
          test.workspaceId,
          [{ orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' }],
          test.clock.now(),
        )
        expect(await submit(...past)).toEqual(['applied'])
      })

      it('remembers an address that nobody has, and does not say no to it twice', async () => {
        expect(await erase({ email: 'ann@x.org' })).toMatchObject({ customers: [], suppressed: 1 })
        expect(await erase({ email: 'ann@x.org' })).toMatchObject({ customers: [], suppressed: 1 })
        const past = importItems(
          test.workspaceId,
          [{ orderId: 'o2', at: 0, total: '1.00', email: 'ann@x.org' }],
          test.clock.now(),
        )
        expect(await submit(...past)).toEqual(['erased'])
      })

      it('withdraws queued mails, and records nothing of the one that is being sent', async () => {
        await submit(subscribe('ann@x.org', 'u1'))
        whileSending = async () => {
          whileSending = undefined
          await erase({ email: 'ann@x.org' })
        }
        await test.ciclo.settle()
        expect(mails).toHaveLength(1)
        const left = await everything()
        expect([left['messages'], left['events'], left['customers'], left['parked']]).toEqual([
          [],
          [],
          [],
          [],
        ])
        const token = new URL(linkTo('/u/', mails[0]))
        expect((await test.ciclo.app.request(token.pathname, { method: 'POST' })).status).toBe(404)
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

    describe('what is parked', () => {
      const parkedIds = async () =>
        ((await test.request('/api/parked')) as { parked: { id: string }[] }).parked.map(({ id }) => id)

      it('is listed with its error, and without what it says', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await breakState(id)
        const broken = order('o2', { userId: 'u1' })
        expect(await submit(broken)).toEqual(['parked'])
        const { parked } = (await test.request('/api/parked')) as { parked: Json[] }
        expect(parked).toMatchObject([
          {
            id: broken.input.id,
            customerId: id,
            input: { kind: 'event', name: 'Order Completed', source: 'secret' },
          },
        ])
        expect(String(parked[0]?.['error'])).toContain('definition 99')
        expect(JSON.stringify(parked)).not.toContain('o2')
        expect(await test.request(`/api/parked/${broken.input.id}`)).toMatchObject({
          event: { properties: { order_id: 'o2' } },
        })
        expect(await test.request('/api/parked/none')).toMatchObject({ status: 404 })
      })

      it('keeps its place with a new error and time when it fails again, and goes when it applies', async () => {
        await submit(order('o1', { userId: 'u1' }))
        const { id } = await found('userId=u1')
        await breakState(id)
        const broken = order('o2', { userId: 'u1' })
        await submit(broken)
        test.clock.set(test.clock.now() + HOUR)
        const again = await post(`/api/parked/${broken.input.id}/retry`)
        expect(again['verdict']).toBe('parked')
        expect(String(again['error'])).toContain('definition 99')
        expect(await test.request(`/api/parked/${broken.input.id}`)).toMatchObject({
          at: new Date(test.clock.now()).toISOString(),
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
          test.clock.set(test.clock.now() + 1)
        } while (next !== null)
        expect(tried).toBe(3)
        expect(await parkedIds()).toHaveLength(3)
      })

      it('is dropped for good, and the audit says so', async () => {
        await submit(order('o1', { userId: 'u1' }))
        await breakState((await found('userId=u1')).id)
        const broken = order('o2', { userId: 'u1' })
        await submit(broken)
        expect(await test.request(`/api/parked/${broken.input.id}`, { method: 'DELETE' })).toMatchObject({
          id: broken.input.id,
        })
        expect(await parkedIds()).toEqual([])
        expect((await audit())[0]).toMatchObject({ action: 'parked.dropped' })
        expect(JSON.stringify(await audit())).not.toContain(broken.input.id)
        expect(await post(`/api/parked/${broken.input.id}/retry`)).toMatchObject({ status: 404 })
      })

      it('holds the mails of a parked customer back until it is fed again, and hears an unsubscribe at once', async () => {
        await submit(subscribe('ann@x.org', 'u1'), subscribe('bob@x.org', 'u2'))
        const ann = await found('userId=u1')
        const bob = await found('userId=u2')
        await parkCustomer(ann.id)
        await parkCustomer(bob.id)
        const { customers } = (await test.request('/api/customers?parked=true')) as { customers: Json[] }
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
        await test.ciclo.settle()
        expect(mails).toEqual([])
        expect(await test.below(ann.id, 'messages')).toMatchObject([
          { state: 'queued', reason: 'customer-parked' },
        ])
        // Although nothing was applied to him.
        expect(await test.below(bob.id, 'messages')).toMatchObject([
          { state: 'refused', reason: 'unsubscribed' },
        ])
        await post(`/api/customers/${ann.id}/unpark`)
        await post(`/api/customers/${bob.id}/unpark`)
        await test.ciclo.settle()
        expect(mails.map(({ to }) => to?.[0]?.address)).toEqual(['ann@x.org'])
        expect((await found('userId=u2')).lifecycle['permission']).toBe('unsubscribed')
        expect((await test.request('/api/customers?parked=true'))['customers']).toEqual([])
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
