import { eq, sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { MembersSchema } from '../../src/routes/segmentSchemas.ts'
import { previewSegment } from '../../src/segments/segmentTasks.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

const DAY = 86_400_000

type Json = Record<string, unknown>

const VIEWED_TWICE = { kind: 'event', name: 'Product Viewed', atLeast: 2, within: 7 * DAY }
const PRO = { kind: 'trait', path: ['plan'], condition: { operator: 'is', value: 'pro' } }

/** Segments by the API, on a database. */
export function segmentApiContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`segments by the API on ${database}`, () => {
    let test: TestCiclo
    // One for all, since it starts a process: each test finds its database empty.
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test.stop())
    beforeEach(async () => {
      await test.store.write(async (tx) => {
        const { workspaces, keys: _keys, journeys: _journeys, ...emptied } = tx.tables
        for (const table of Object.values(emptied)) await tx.delete(table)
        await tx.update(workspaces).set({ rulesVersion: sql`${workspaces.rulesVersion} + 1` })
      })
    })

    const identify = (userId: string, traits: Json, source: 'secret' | 'public' = 'secret') =>
      test.item(source, { type: 'identify', userId, anonymousId: `b-${userId}`, traits })
    const viewed = (userId: string, daysAgo = 0) =>
      test.item(
        'secret',
        { type: 'track', name: 'Product Viewed', userId },
        { at: test.clock.now() - daysAgo * DAY },
      )
    const submit = (...items: ReturnType<TestCiclo['item']>[]) => test.ciclo.ingest.submit(items)
    const send = (method: string, path: string, body?: unknown) =>
      test.request(`/api/segments${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
    const put = (id: string, rule: unknown, name = id) => send('PUT', `/${id}`, { name, rule })
    const passTime = async (days = 0) => {
      // Jobs that are asked for in one millisecond are due a millisecond apart.
      const now = new Date(test.clock.now() + days * DAY + 10).toISOString()
      await test.request('/api/test/clock', { method: 'POST', body: JSON.stringify({ now }) })
    }
    const membersOf = async (id: string) =>
      ((await send('GET', `/${id}/customers`))['customers'] as Json[]).map(({ userId }) => userId)
    const exportOf = async (id: string, format: string) => {
      const response = await test.ciclo.app.request(`/api/segments/${id}/export?format=${format}`, {
        headers: { authorization: `Bearer ${SECRET_KEY}` },
      })
      return {
        status: response.status,
        type: response.headers.get('content-type'),
        text: await response.text(),
      }
    }
    const audit = async () =>
      ((await test.request('/api/audit')) as { entries: Json[] }).entries.map(({ action, details }) => ({
        action,
        details,
      }))

    it('are previewed without being saved: how many, who, and what each part does', async () => {
      await submit(
        identify('u1', { plan: 'pro' }),
        identify('u2', { plan: 'free' }),
        viewed('u1', 1),
        viewed('u1'),
        viewed('u2'),
      )
      const rule = { kind: 'and', rules: [PRO, VIEWED_TWICE] }
      expect(await send('POST', '/preview', { rule })).toMatchObject({
        at: new Date(test.clock.now()).toISOString(),
        customers: 1,
        parts: [
          { path: 'rules.0', kind: 'trait', customers: 1, without: 1 },
          { path: 'rules.1', kind: 'event', customers: 1, without: 1 },
        ],
        sample: [{ userId: 'u1' }],
      })
      const yesterday = new Date(test.clock.now() - DAY).toISOString()
      expect(await send('POST', '/preview', { rule, at: yesterday })).toMatchObject({
        customers: 0,
        sample: [],
      })
      expect(await send('GET', '')).toEqual({ segments: [] })
    })

    it('tell of a preview how many are left after each condition, and why those of the sample are in it', async () => {
      await submit(
        identify('u1', { plan: 'pro', email: 'u1@example.org' }),
        identify('u2', { plan: 'pro' }),
        identify('u3', { plan: 'free' }),
        viewed('u2'),
        viewed('u2'),
        viewed('u3'),
      )
      const rule = {
        kind: 'and',
        rules: [PRO, { kind: 'not', rule: { kind: 'or', rules: [VIEWED_TWICE, { kind: 'reachable' }] } }],
      }
      expect(await send('POST', '/preview', { rule })).toMatchObject({
        customers: 0,
        total: 3,
        steps: [
          { path: '', customers: 0, left: 0, without: 3 },
          { path: 'rules.0', customers: 2, left: 2, without: 1 },
          { path: 'rules.1', customers: 1, left: 0, without: 2 },
          { path: 'rules.1.rule', customers: 2, left: 2, without: 2 },
          { path: 'rules.1.rule.rules.0', customers: 1, left: 1, without: 1 },
          { path: 'rules.1.rule.rules.1', customers: 1, left: 2, without: 1 },
        ],
      })
      const either = { kind: 'or', rules: [PRO, VIEWED_TWICE, { kind: 'not', rule: { kind: 'reachable' } }] }
      const { sample } = await send('POST', '/preview', { rule: either })
      expect((sample as Json[]).map(({ userId, parts }) => [userId, parts])).toEqual([
        ['u1', ['rules.0', 'rules.2.rule']],
        ['u2', ['rules.0', 'rules.1']],
        ['u3', []],
      ])
    })

    it('suggest what the shop has really seen: events, traits, properties and their values', async () => {
      const bought = (userId: string, price: number) =>
        test.item('secret', {
          type: 'track',
          name: 'Order Completed',
          userId,
          properties: {
            order_id: `o-${userId}`,
            total: price,
            currency: 'EUR',
            products: [{ price, gift: true }],
          },
        })
      await submit(
        identify('u1', { plan: 'pro', address: { city: 'Cluj' }, locale: 'ro' }),
        identify('u2', { plan: 'pro', sizes: [38, 39] }),
        identify('u3', { plan: 'free', country: 'PL' }),
        bought('u1', 20),
        bought('u2', 5),
        viewed('u2'),
      )
      const names = await send('GET', '/suggestions/names')
      expect(names).toMatchObject({ languages: ['ro'], countries: ['PL'], currencies: ['EUR'] })
      expect(names['events']).toEqual(
        expect.arrayContaining([
          { type: 'identify', name: null },
          { type: 'track', name: 'Order Completed' },
          { type: 'track', name: 'Product Viewed' },
        ]),
      )
      expect((names['traits'] as Json[])[0]).toEqual({
        path: ['plan'],
        types: ['text'],
        values: ['pro', 'free'],
      })
      expect(names['traits']).toEqual(
        expect.arrayContaining([
          { path: ['address', 'city'], types: ['text'], values: ['Cluj'] },
          { path: ['sizes', '*'], types: ['number'], values: [38, 39] },
        ]),
      )
      const { properties } = await send('GET', '/suggestions/properties?name=Order%20Completed')
      expect(properties).toEqual(
        expect.arrayContaining([
          {
            path: ['products', '*', 'price'],
            types: ['number'],
            values: expect.arrayContaining([5, 20]) as number[],
          },
          { path: ['products', '*', 'gift'], types: ['boolean'], values: [true] },
        ]),
      )
      expect(await send('GET', '/suggestions/properties?type=identify')).toMatchObject({
        properties: expect.arrayContaining([
          { path: ['plan'], types: ['text'], values: ['pro', 'free'] },
        ]) as Json[],
      })
      expect(await send('GET', '/suggestions/properties?name=Nobody')).toEqual({ properties: [] })
      expect(await send('GET', '/suggestions/properties?type=tracks')).toMatchObject({ status: 400 })
    })

    it('name every place in a rule that is wrong', async () => {
      const rule = {
        kind: 'and',
        rules: [
          { kind: 'trait', path: [''], condition: { operator: 'above', value: 'x' } },
          { kind: 'lifecycle', region: 'stage', states: [] },
        ],
      }
      const { problems } = await send('POST', '/preview', { rule })
      expect((problems as { path: string }[]).map(({ path }) => path)).toEqual([
        'rule.rules.0.path.0',
        'rule.rules.0.condition.value',
        'rule.rules.1.states',
      ])
    })

    it('tell who came and went this week, how far they are built, and what uses them', async () => {
      await submit(viewed('u1', 12), viewed('u1', 11), viewed('u2', 1), viewed('u2'))
      await put('keen', VIEWED_TWICE)
      expect(await send('GET', '/keen')).toMatchObject({ building: { customers: 0, total: 2 }, usedBy: [] })
      await passTime()
      const told = { customers: 1, week: { entered: 1, left: 1 }, building: null }
      expect(await send('GET', '/keen')).toMatchObject(told)
      expect(await send('GET', '')).toMatchObject({ segments: [{ id: 'keen', ...told }] })
      await passTime(30)
      expect(await send('GET', '/keen')).toMatchObject({ customers: 0, week: { entered: 0, left: 0 } })
    })

    it('are not deleted as long as a journey begins by them, and say which does', async () => {
      await put('keen', PRO)
      await passTime()
      const journey = {
        id: 'hello',
        name: 'Hello, keen ones',
        trigger: { kind: 'segment', segment: 'keen', to: 'in' },
        steps: [{ id: 'end', kind: 'exit', reason: 'done' }],
      }
      const at = test.clock.now()
      const { workspaceId } = test
      const keep = (status: 'draft' | 'live' | 'archived') =>
        test.store.write(async (tx) => {
          const { journeys } = tx.tables
          await tx.delete(journeys).where(eq(journeys.id, 'hello'))
          await tx.insert(journeys).values({
            workspaceId,
            id: 'hello',
            version: 1,
            status,
            definition: journey,
            hash: 'h',
            createdAt: at,
          })
        })
      await keep('live')
      const use = { kind: 'journey', id: 'hello', name: 'Hello, keen ones', status: 'live', isHolding: true }
      expect(await send('GET', '/keen')).toMatchObject({ usedBy: [use] })
      expect(await send('DELETE', '/keen')).toMatchObject({
        status: 409,
        detail: 'The journey hello is live and begins by the segment keen: archive it before',
      })
      await keep('draft')
      expect(await send('GET', '/keen')).toMatchObject({ usedBy: [{ status: 'draft', isHolding: false }] })
      await keep('archived')
      expect(await send('GET', '/keen')).toMatchObject({ usedBy: [] })
      expect(await send('DELETE', '/keen')).toEqual({ id: 'keen' })
      await test.store.write((tx) => tx.delete(tx.tables.journeys).where(eq(tx.tables.journeys.id, 'hello')))
    })

    it('are saved under an id that is new, where that is asked for', async () => {
      const save = () =>
        test.request('/api/segments/keen', {
          method: 'PUT',
          headers: { 'if-none-match': '*' },
          body: JSON.stringify({ name: 'Keen', rule: PRO }),
        })
      expect(await save()).toMatchObject({ id: 'keen' })
      expect(await save()).toMatchObject({
        status: 409,
        detail: 'There is a segment keen already: expected another id',
      })
    })

    it('are building until everybody has been looked at, then live, and follow events and time', async () => {
      await submit(viewed('u1', 1), viewed('u1', 2), viewed('u2'))
      expect(await put('keen', VIEWED_TWICE, 'Keen')).toMatchObject({
        id: 'keen',
        name: 'Keen',
        status: 'building',
      })
      expect(await exportOf('keen', 'csv')).toMatchObject({ status: 409 })
      await passTime()
      expect(await send('GET', '/keen')).toMatchObject({ status: 'live', customers: 1 })
      expect(await membersOf('keen')).toEqual(['u1'])
      await submit(viewed('u2'))
      expect(await membersOf('keen')).toEqual(['u1', 'u2'])
      await passTime(5.5)
      expect(await membersOf('keen')).toEqual(['u2'])
      await passTime(3)
      expect(await membersOf('keen')).toEqual([])
      expect(await send('GET', '')).toMatchObject({
        segments: [{ id: 'keen', customers: 0, status: 'live' }],
      })
    })

    it('say since when somebody is in them: since it happened, also where that was before they were saved', async () => {
      const since = new Date(test.clock.now() - DAY).toISOString()
      await submit(viewed('u1', 2), viewed('u1', 1))
      await put('keen', VIEWED_TWICE)
      await passTime()
      expect(await send('GET', '/keen/customers')).toMatchObject({ customers: [{ userId: 'u1', since }] })
    })

    it('say what of the rule has turned, as data and as a sentence', async () => {
      await put('keen', VIEWED_TWICE, 'Keen')
      await passTime()
      await submit(viewed('u1'), viewed('u1'))
      const u1 = await test.customer('userId=u1')
      const transitions = await test.below(u1?.id ?? '', 'transitions')
      expect(transitions.find(({ region }) => region === 'segment:keen')).toMatchObject({
        to: 'in',
        reason: {
          cause: { kind: 'event', name: 'Product Viewed' },
          numbers: { part: '', kind: 'event', event: 'Product Viewed', count: 2, atLeast: 2, others: 0 },
        },
        sentence: expect.stringMatching(/“Keen”.*“Product Viewed” counted: 2, needed: 2\.$/) as string,
      })
    })

    it('count neither their own entering and leaving nor that of others, but whatever shops call so', async () => {
      const any = (atLeast: number) => ({ kind: 'event', type: 'track', atLeast })
      const entered = { kind: 'event', name: 'Segment Entered' }
      await put('pro', PRO)
      await put('any', any(1))
      await put('two', any(2))
      await put('entered', entered)
      await passTime()
      await submit(identify('u1', { plan: 'pro' }))
      const { workspaceId } = test
      const told = await test.store.read((tx) => tx.select().from(tx.tables.events))
      expect(told.filter((event) => event.workspaceId === workspaceId).map(({ name }) => name)).toEqual(
        expect.arrayContaining(['Segment Entered']),
      )
      // Folds the history, in which they stand.
      await put('late', PRO)
      await passTime()
      expect(await membersOf('any')).toEqual([])
      expect(await send('POST', '/preview', { rule: any(1) })).toMatchObject({ customers: 0 })
      await submit(test.item('secret', { type: 'track', userId: 'u1', name: 'Segment Entered' }))
      for (const id of ['any', 'entered']) expect(await membersOf(id)).toEqual(['u1'])
      expect(await membersOf('two')).toEqual([])
      expect(await send('POST', '/preview', { rule: entered })).toMatchObject({ customers: 1 })
    })

    it('are built anew with another rule, and go on as they are under another name', async () => {
      await submit(identify('u1', { plan: 'pro' }), identify('u2', { plan: 'free' }))
      await put('s', PRO)
      await passTime()
      expect(await put('s', PRO, 'Other')).toMatchObject({ status: 'live', name: 'Other' })
      expect(await put('s', { kind: 'not', rule: PRO })).toMatchObject({ status: 'building' })
      await passTime()
      expect(await membersOf('s')).toEqual(['u2'])
    })

    it('of a new id are made by POST', async () => {
      const { id } = await send('POST', '', { name: 'Pro', rule: PRO })
      expect(await send('GET', `/${String(id)}`)).toMatchObject({ id, name: 'Pro', rule: PRO, customers: 0 })
    })

    it.each(['constructor', 'toString', 'hasOwnProperty'])('may be called %s', async (id) => {
      await put(id, PRO)
      await submit(identify('u1', { plan: 'free' }))
      await passTime()
      expect(await send('GET', `/${id}`)).toMatchObject({ id, status: 'live', customers: 0 })
      expect(await send('GET', '')).toMatchObject({ segments: [{ id, customers: 0 }] })
      await submit(identify('u1', { plan: 'pro' }))
      expect(await membersOf(id)).toEqual(['u1'])
      const u1 = await test.customer('userId=u1')
      expect(await test.request(`/api/customers/${u1?.id}`)).toMatchObject({ segments: [{ id }] })
      await submit(identify('u1', { plan: 'free' }))
      expect(await membersOf(id)).toEqual([])
    })

    it('leave nothing behind when they are deleted', async () => {
      const since = new Date(test.clock.now()).toISOString()
      await submit(identify('u1', { plan: 'pro' }))
      await put('s', PRO)
      await put('t', PRO)
      await passTime()
      expect(await send('DELETE', '/s')).toEqual({ id: 's' })
      expect(await send('GET', '/s')).toMatchObject({ status: 404, detail: 'There is no segment s' })
      expect(await send('DELETE', '/s')).toMatchObject({ status: 404 })
      expect(await send('GET', '/s/customers')).toMatchObject({ status: 404 })
      const stored = await test.store.read((tx) => tx.select().from(tx.tables.segmentMembers))
      expect(stored.map(({ segmentId }) => segmentId)).toEqual(['t'])
      const u1 = await test.customer('userId=u1')
      expect(await test.request(`/api/customers/${u1?.id}`)).toMatchObject({
        segments: [{ id: 't', name: 't', since }],
      })
    })

    it('hold nobody who was erased, and of two who are one only the one', async () => {
      await submit(
        identify('u1', { plan: 'pro' }),
        identify('u2', { plan: 'pro' }),
        test.item('public', { type: 'identify', anonymousId: 'a9', traits: { plan: 'pro' } }),
      )
      await put('s', PRO)
      await passTime()
      expect(await membersOf('s')).toEqual(['u1', 'u2', null])
      await submit(test.item('secret', { type: 'identify', anonymousId: 'a9', userId: 'u1' }))
      expect(await membersOf('s')).toEqual(['u1', 'u2'])
      await test.request('/api/erasures', { method: 'POST', body: JSON.stringify({ userId: 'u2' }) })
      expect(await membersOf('s')).toEqual(['u1'])
      const stored = await test.store.read((tx) => tx.select().from(tx.tables.segmentMembers))
      expect(stored).toHaveLength(1)
    })

    it('are exported as CSV that starts no formula, and as JSON lines', async () => {
      await submit(
        identify('=cmd()', { plan: 'pro', email: 'ann@example.org' }),
        identify('a"b,c\n\u001b[2J', { plan: 'pro' }),
      )
      await put('s', PRO)
      await passTime()
      const csv = await exportOf('s', 'csv')
      expect(csv).toMatchObject({ status: 200, type: 'text/csv; charset=utf-8; header=present' })
      const [head, first, second, ...rest] = csv.text.split('\r\n')
      expect(head).toMatch(/^id,email,userId,since,/)
      expect(first).toMatch(/^[^,]+,ann@example\.org,'=cmd\(\),2026-/)
      expect(second).toMatch(/^[^,]+,,"a""b,c  \[2J",2026-/)
      expect(rest).toEqual([''])
      const lines = (await exportOf('s', 'jsonl')).text.trimEnd().split('\n')
      expect(lines.map((line) => (JSON.parse(line) as Json)['userId'])).toEqual([
        '=cmd()',
        'a"b,c\n\u001b[2J',
      ])
      expect(await exportOf('s', 'xls')).toMatchObject({ status: 400 })
    })

    it('are exported and paged to the last of many', async () => {
      await submit(...Array.from({ length: 230 }, (_, place) => identify(`u${place}`, { plan: 'pro' })))
      await put('s', PRO)
      await passTime()
      expect((await exportOf('s', 'jsonl')).text.trimEnd().split('\n')).toHaveLength(230)
      const ids = new Set<unknown>()
      for (let cursor = '', more = true; more; more = cursor !== '') {
        const page = MembersSchema.parse(await send('GET', `/s/customers?limit=100${cursor}`))
        for (const { userId } of page.customers) ids.add(userId)
        cursor = page.next === null ? '' : `&cursor=${page.next}`
      }
      expect(ids.size).toBe(230)
    })

    it('go on being built after a restart, from where they were', async () => {
      await submit(...Array.from({ length: 60 }, (_, place) => identify(`u${place}`, { plan: 'pro' })))
      await put('s', PRO)
      const { workspaceId } = test
      const half = await test.store.read(async (tx) => {
        const [segment] = await tx.select().from(tx.tables.segments)
        const ids = (await tx.select({ id: tx.tables.customers.id }).from(tx.tables.customers)).map(
          ({ id }) => id,
        )
        return { subjects: { s: segment?.updatedAt }, after: ids.toSorted()[29], customers: 30 }
      })
      await test.store.write((tx) =>
        tx.update(tx.tables.jobs).set({ progress: half }).where(eq(tx.tables.jobs.name, 'segment-build')),
      )
      await passTime()
      expect(await send('GET', '/s')).toMatchObject({ status: 'live', customers: 30 })
      const jobs = await test.store.read((tx) => tx.select().from(tx.tables.jobs))
      expect(jobs.find(({ name }) => name === 'segment-build')).toMatchObject({
        workspaceId,
        progress: null,
        result: { customers: 60 },
      })
    })

    it.each<[rule: unknown, detail: string | RegExp]>([
      [{}, /^rule\.kind: given nothing, expected one of trait, lifecycle, .*not$/],
      [{ kind: 'traits' }, /^rule\.kind: given "traits", expected one of trait, /],
      [{ kind: 'and', rules: [{ kind: 'reachable' }, { kind: 'x' }] }, /^rule\.rules\.1\.kind: given "x"/],
      [{ kind: 'and', rules: [] }, /^rule\.rules: /],
      [
        { kind: 'not', rule: { kind: 'lifecycle', region: 'stage', states: ['warm'] } },
        'rule.rule.states: expected states of that region',
      ],
      [
        { kind: 'trait', path: ['a'], condition: { operator: 'like', value: 'x' } },
        /^rule\.condition\.operator: given "like", expected one of is, isOneOf, /,
      ],
      [
        { kind: 'trait', path: ['a'], condition: { operator: 'is', value: null } },
        'rule.condition.value: given null, expected one of string, number, boolean',
      ],
      [{ kind: 'event', name: 'X', withn: 5 }, 'rule.withn: there is no such field'],
      [
        {
          kind: 'event',
          name: 'X',
          where: [{ path: ['a', 'b', 'c', 'd', 'e'], condition: { operator: 'exists' } }],
        },
        /^rule\.where\.0\.path: /,
      ],
      [
        Array.from({ length: 12 }).reduce<unknown>((rule) => ({ kind: 'not', rule }), PRO),
        /^rule: expected at most 100 parts/,
      ],
    ])('refuse %j, and say where and what was expected', async (rule, detail) => {
      const expected = {
        status: 400,
        detail: typeof detail === 'string' ? detail : (expect.stringMatching(detail) as string),
      }
      expect(await put('s', rule)).toMatchObject(expected)
      expect(await send('POST', '/preview', { rule })).toMatchObject(expected)
    })

    it.each<[path: string, body: unknown, detail: RegExp]>([
      ['/a b', { name: 'x', rule: PRO }, /^id: expected 1 to 64 letters/],
      ['/segment|x', { name: 'x', rule: PRO }, /^id: /],
      ['/s', { name: '', rule: PRO }, /^name: /],
      ['/s', { name: 'a\u0000', rule: PRO }, /^name: expected whole characters/],
      ['/s', { name: 'x' }, /^rule: /],
      ['/s', [], /^body: /],
    ])('refuse %s with %j', async (path, body, detail) => {
      expect(await send('PUT', encodeURI(path), body)).toMatchObject({
        status: 400,
        detail: expect.stringMatching(detail) as string,
      })
    })

    it('are not found, or found, by words that mean something to SQL', async () => {
      const word = `'; drop table customers; --`
      await submit(identify('u1', { [word]: word }), identify('u2', {}))
      const trait = (value: string) => ({ kind: 'trait', path: [word], condition: { operator: 'is', value } })
      const rule = {
        kind: 'or',
        rules: [
          trait(word),
          {
            kind: 'event',
            name: word,
            where: [{ path: [`') or 1=1 --`], condition: { operator: 'contains', value: `%' or ''='` } }],
          },
        ],
      }
      expect(await send('POST', '/preview', { rule })).toMatchObject({
        customers: 1,
        sample: [{ userId: 'u1' }],
      })
      expect(await send('GET', `/${encodeURIComponent(word)}`)).toMatchObject({ status: 404 })
    })

    it('tell in the audit who changed, exported and deleted them', async () => {
      await put('s', PRO)
      await passTime()
      await exportOf('s', 'csv')
      await put('s', { kind: 'reachable' })
      await send('DELETE', '/s')
      expect(await audit()).toEqual([
        { action: 'segment.deleted', details: { id: 's' } },
        {
          action: 'segment.saved',
          details: { id: 's', name: 's', rule: { kind: 'reachable' }, before: PRO },
        },
        { action: 'segment.exported', details: { id: 's', format: 'csv' } },
        { action: 'segment.saved', details: { id: 's', name: 's', rule: PRO } },
      ])
    })

    it('belong to one workspace', async () => {
      await submit(identify('u1', { plan: 'pro' }))
      const rule = { ...PRO, condition: { operator: 'is' as const, value: 'pro' }, kind: 'trait' as const }
      const moment = { workspaceId: 'another', at: test.clock.now() }
      expect(await previewSegment(test.store, { rule, moment, sample: 5 })).toMatchObject({
        customers: 0,
        sample: [],
      })
    })

    it('are described in OpenAPI', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as { paths: Json }
      expect(Object.keys(paths)).toEqual(
        expect.arrayContaining([
          '/api/segments',
          '/api/segments/preview',
          '/api/segments/suggestions/names',
          '/api/segments/suggestions/properties',
          '/api/segments/{id}',
          '/api/segments/{id}/customers',
          '/api/segments/{id}/export',
        ]),
      )
    })
  })
}
