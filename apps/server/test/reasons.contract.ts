import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { saveSegment } from '../src/store/queries/segments.ts'
import { insertTransitions, lastTransitions } from '../src/store/queries/transitions.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from './support/createTestCiclo.ts'

const DAY = 86_400_000

type Reason = Record<'state' | 'sentence' | 'since', string | null> &
  Record<'numbers' | 'now' | 'next' | 'cause', unknown>

/** Why a customer is where it is, as the API says it, on whichever database. */
export function reasonsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`Reasons on ${database}`, () => {
    let test: TestCiclo

    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const orderAt = (orderId: string, day: number) =>
      test.item(
        'secret',
        {
          type: 'track',
          name: 'Order Completed',
          userId: 'u1',
          properties: { order_id: orderId, total: 30, currency: 'EUR' },
        },
        { at: test.clock.now() + day * DAY },
      )
    const submit = (...items: Parameters<TestCiclo['ciclo']['ingest']['submit']>[0]) =>
      test.ciclo.ingest.submit(items)
    const id = async () => (await test.customer('userId=u1'))?.id ?? ''
    const ask = async (path: string, headers: Record<string, string> = {}) =>
      await test.ciclo.app.request(`/api/customers/${await id()}${path}`, {
        headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
      })
    const reasons = async (query = '') => {
      const { reasons: all } = (await (await ask(query)).json()) as { reasons: Record<string, Reason> }
      return all
    }
    const settings = (patch: unknown) =>
      test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(patch) })

    it('are data and a sentence for every region, with what comes next', async () => {
      await submit(orderAt('o1', -93))
      await test.ciclo.settle()
      const all = await reasons()
      expect(Object.keys(all)).toEqual(['stage', 'value', 'engagement', 'permission', 'advocacy', 'rfm'])
      expect(all['stage']).toMatchObject({
        state: 'atRisk',
        since: '2025-12-29T12:00:00.000Z',
        from: 'new',
        cause: {
          kind: 'timer',
          id: 'xstate.after.atRisk.lifecycle.stage.new',
          dueAt: '2025-12-29T12:00:00.000Z',
        },
        numbers: { orders: 1, daysSinceLastOrder: 90, atRiskAfterDays: 90 },
        now: { orders: 1, daysSinceLastOrder: 93, basis: 'cold-start' },
        next: { state: 'lapsed', at: '2026-03-29T12:00:00.000Z' },
        sentence:
          'At risk since 29 December 2025: 93 days without an order; the shop has too few repeat orders yet, so the default of 90 days counts; lapsed on 29 March unless an order comes.',
      })
      expect(all['permission']).toEqual({
        state: 'none',
        since: null,
        from: null,
        cause: null,
        numbers: {},
        now: {},
        next: null,
        sentence: 'No permission: they have not agreed to marketing e-mail.',
      })
    })

    it('tell the deadline that is armed now, not the one of the last transition', async () => {
      await submit(orderAt('o1', -60), orderAt('o2', -50), orderAt('o3', -10))
      const { stage } = await reasons()
      expect(stage).toMatchObject({
        state: 'active',
        since: '2025-11-12T12:00:00.000Z',
        next: { state: 'atRisk', at: '2026-03-22T12:00:00.000Z' },
      })
    })

    it.each([
      ['the one asked for', '?locale=pl', { 'accept-language': 'es' }, 'pl', /^Nowy klient od /],
      ['of a region', '?locale=en-US', {}, 'en', /^New since December 31, 2025: /],
      [
        'the one preferred',
        '',
        { 'accept-language': 'de, es;q=0.4, ro-RO;q=0.8, pl;q=0' },
        'ro',
        /^Client nou din /,
      ],
      [
        'the workspace’s, where another is refused',
        '',
        { 'accept-language': 'pl;q=0' },
        'es',
        /^Cliente nuevo /,
      ],
      [
        'the workspace’s, where any will do',
        '',
        { 'accept-language': '*' },
        'es',
        /^Cliente nuevo desde el /,
      ],
      [
        'the workspace’s, where none is known',
        '',
        { 'accept-language': 'de' },
        'es',
        /^Cliente nuevo desde el /,
      ],
    ])('are in a language: %s', async (_, query, headers, language, sentence) => {
      await settings({ locale: 'es-ES' })
      await submit(orderAt('o1', -1))
      for (const path of ['', '/transitions']) {
        const response = await ask(`${path}${query}`, headers)
        expect(response.headers.get('content-language')).toBe(language)
        expect(response.headers.get('vary')).toMatch(/accept-language/i)
        if (path !== '') continue
        const { reasons: told } = (await response.json()) as { reasons: Record<string, Reason> }
        expect(told['stage']?.sentence).toMatch(sentence)
      }
    })

    it('are in English where the workspace’s language has no sentences', async () => {
      await settings({ locale: 'de' })
      await submit(orderAt('o1', -1))
      expect((await reasons())['stage']?.sentence).toMatch(/^New since 31 December 2025: /)
    })

    it('refuse a language that there are no sentences in', async () => {
      await submit(orderAt('o1', -1))
      for (const path of ['?locale=de', '/transitions?locale=de']) {
        const response = await ask(path)
        expect([response.status, await response.json()]).toEqual([
          400,
          expect.objectContaining({
            detail: 'locale: given "de", expected one of en, es, pl, ro, such as en-US',
          }),
        ])
      }
    })

    it('have the dates of the shop’s time zone', async () => {
      await submit(orderAt('o1', -1))
      await settings({ shop: { timeZone: 'Pacific/Kiritimati' } })
      expect((await reasons())['stage']?.sentence).toMatch(
        /^New since 1 January: .* at risk on 1 April unless/,
      )
      expect(await settings({ shop: { timeZone: 'Madrid' } })).toMatchObject({
        code: 'bad-request',
        detail: 'shop.timeZone: expected a time zone of IANA, such as Europe/Madrid',
      })
    })

    it('promise nothing to a customer to whom nothing is applied', async () => {
      await submit(orderAt('o1', -1))
      await test.store.write((tx) => tx.update(tx.tables.customers).set({ parked: 'a reason' }))
      expect((await reasons())['stage']).toMatchObject({ state: 'new', next: null })
    })

    it('stand in every row of the history, with the names of segments', async () => {
      await submit(orderAt('o1', -93))
      await test.ciclo.settle()
      const customerId = await id()
      await test.store.write(async (tx) => {
        const rule = { kind: 'reachable' } as const
        await saveSegment(tx, test.workspaceId, { id: 's1', name: 'Reachable', rule }, 1)
        const cause = { kind: 'rules', id: '2', from: 1 } as const
        const [row] = await lastTransitions(tx, test.workspaceId, customerId)
        if (!row) throw new Error('nothing has happened')
        await insertTransitions(tx, test.workspaceId, [
          {
            ...row,
            position: 99,
            region: 'segment:s1',
            from: 'out',
            to: 'in',
            reason: { cause, numbers: {} },
          },
        ])
      })
      const rows = (await test.below(customerId, 'transitions')) as { region: string; sentence: string }[]
      expect(rows.map(({ region, sentence }) => `${region} | ${sentence}`)).toEqual([
        'segment:s1 | Entered the segment “Reachable” on 29 December 2025: the segment or the shop’s figures changed.',
        'stage | From new to at risk on 29 December 2025: 90 days without an order; the shop has too few repeat orders yet, so the default of 90 days counts; next deadline then: lapsed on 29 March.',
        'stage | From visitor to new on 30 September 2025: they placed their first order; next deadline then: at risk on 29 December 2025.',
      ])
    })

    it('find the last transition of each region, however long the history is', async () => {
      const reason = { cause: { kind: 'timer', id: 't', dueAt: 1 } as const, numbers: {} }
      const rowOf = (customerId: string, position: number, region: string) => ({
        customerId,
        position,
        region: region as 'stage',
        at: position,
        from: 'a',
        to: `${region} ${position}`,
        reason,
        rebuilt: false,
      })
      const regions = ['stage', 'value', 'rfm', 'segment:s1', 'segment:s2']
      const long = Array.from({ length: 2_000 }, (_, n) =>
        rowOf('c1', n, n < 3 ? 'advocacy' : (regions[n % 5] ?? '')),
      )
      await test.store.write((tx) =>
        insertTransitions(tx, test.workspaceId, [
          ...long,
          rowOf('c0', 1_997, 'stage'),
          rowOf('c2', 1_996, 'value'),
        ]),
      )
      const last = await test.store.read((tx) => lastTransitions(tx, test.workspaceId, 'c1'))
      expect(last.map(({ to }) => to).toSorted()).toEqual([
        'advocacy 2',
        'rfm 1997',
        'stage 1995',
        'value 1996',
      ])
      expect(await test.store.read((tx) => lastTransitions(tx, test.workspaceId, 'nobody'))).toEqual([])
    })

    it('are described in OpenAPI', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as {
        paths: Record<string, { get: { parameters: { name: string }[] } }>
      }
      for (const path of ['/api/customers/{id}', '/api/customers/{id}/transitions'])
        expect(paths[path]?.get.parameters.map(({ name }) => name)).toContain('locale')
      expect(JSON.stringify(paths['/api/customers/{id}'])).toContain('sentence')
    })
  })
}
