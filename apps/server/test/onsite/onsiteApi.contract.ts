import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from '../support/createTestCiclo.ts'
import { onsiteClient, POP_UP, SIGN_UP } from './onsiteWorld.ts'

type Json = Record<string, unknown>

/** On-site messages by the API, and as browsers get them, on a database. */
export function onsiteApiContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`on-site messages on ${database}`, () => {
    let test: TestCiclo
    const { api, post, put, told, view } = onsiteClient(() => test)
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test.stop())
    beforeEach(async () => {
      const { body } = await api('GET', '')
      for (const { message } of body['messages'] as { message: { id: string } }[])
        await api('DELETE', `/${message.id}`)
      await set({ allowedOrigins: [], topics: [] })
    })
    const set = async (settings: Json) =>
      await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) })

    it('are saved, changed, listed by their ids, and deleted, and the audit says by whom', async () => {
      expect(await put('welcome', SIGN_UP)).toMatchObject({
        status: 200,
        body: { isShown: true, message: { id: 'welcome', priority: 0, stages: [], topic: null } },
      })
      expect(await put('aloha', { ...POP_UP, id: 'aloha', live: false })).toMatchObject({
        status: 200,
        body: { isShown: false },
      })
      const { body: before } = await put('welcome', { ...SIGN_UP, priority: 7 })
      expect(await api('GET', '/welcome')).toEqual({ status: 200, body: before })
      expect((await api('GET', '')).body).toMatchObject({
        messages: [{ message: { id: 'aloha' } }, { message: { id: 'welcome', priority: 7 } }],
      })
      // What was shown may be saved as it is.
      expect(await put('welcome', before['message'] as Json)).toMatchObject({ status: 200 })
      expect(await api('DELETE', '/welcome')).toEqual({ status: 200, body: { id: 'welcome' } })
      expect(await api('DELETE', '/welcome')).toMatchObject({ status: 404 })
      expect(await api('GET', '/welcome')).toMatchObject({ status: 404, body: { code: 'not-found' } })
      const { entries } = (await test.request('/api/audit')) as { entries: Json[] }
      expect(entries.filter(({ action }) => String(action).startsWith('onsite')).slice(0, 2)).toMatchObject([
        { action: 'onsite.deleted', details: { id: 'welcome' } },
        { action: 'onsite.saved', details: { id: 'welcome', definition: { priority: 7 } } },
      ])
    })

    it('are not written over by whoever has not seen what is there', async () => {
      const save = async (headers: Record<string, string>, message: Json = POP_UP) => {
        const response = await test.ciclo.app.request('/api/onsite/hello', {
          method: 'PUT',
          headers: { authorization: `Bearer ${SECRET_KEY}`, ...headers },
          body: JSON.stringify(message),
        })
        const body = (await response.json()) as Json
        return { status: response.status, hash: body['hash'], etag: response.headers.get('etag') }
      }
      expect(await save({ 'if-match': '"seen"' })).toMatchObject({ status: 409 })
      const first = await save({ 'if-none-match': '*' })
      expect(first).toEqual({ status: 200, hash: first.hash, etag: `"${String(first.hash)}"` })
      expect(await save({ 'if-none-match': '*' })).toMatchObject({ status: 409 })
      expect((await api('GET', '/hello')).body).toMatchObject({ hash: first.hash })
      const second = await save({ 'if-match': first.etag ?? '' }, { ...POP_UP, priority: 3 })
      expect(second).toMatchObject({ status: 200 })
      expect(second.hash).not.toBe(first.hash)
      expect(await save({ 'if-match': first.etag ?? '' })).toMatchObject({ status: 409 })
      expect((await api('GET', '/hello')).body).toMatchObject({ message: { priority: 3 } })
      expect(await save({})).toMatchObject({ status: 200, hash: first.hash })
    })

    it.each<[sentence: string, id: string, message: Json, detail: string]>([
      ['an id of other letters', 'Welcome', POP_UP, 'id: expected lower-case words joined by hyphens'],
      [
        'another id than the path',
        'hello',
        { ...POP_UP, id: 'bye' },
        'id: given bye, expected hello as in the path',
      ],
      [
        'a text that is missing',
        'welcome',
        { ...SIGN_UP, texts: { en: {} }, fields: [] },
        'texts.en.title: expected words',
      ],
      [
        'a topic that there is not',
        'welcome',
        { ...SIGN_UP, topic: 'news' },
        'topic: There is no topic news among the settings',
      ],
    ])('are refused with %s, and the answer says where', async (_sentence, id, message, detail) => {
      const { status, body } = await put(id, message)
      expect({ status, detail: body['detail'] }).toEqual({
        status: 400,
        detail: expect.stringContaining(detail) as unknown,
      })
      expect((await api('GET', '')).body).toEqual({ messages: [] })
    })

    it('that are wrong in several places are told of each', async () => {
      const { body } = await put('welcome', {
        ...SIGN_UP,
        texts: { en: { ...SIGN_UP.texts.en, button: '' } },
        fields: [],
        link: 'https://shop.example',
      })
      expect(body['problems']).toMatchObject([
        { path: 'texts.en.button', message: expect.stringContaining('expected words') as unknown },
        { path: 'fields', message: expect.stringContaining('of the type email') as unknown },
        { path: 'link', message: expect.stringContaining('only a pop-up or a bar') as unknown },
      ])
    })

    it('may be about a topic of the settings', async () => {
      await set({ topics: [{ id: 'news', name: { en: 'News' } }] })
      expect(await put('welcome', { ...SIGN_UP, topic: 'news' })).toMatchObject({ status: 200 })
    })

    it('are as many as browsers can be told of', async () => {
      for (let place = 0; place < 30; place += 1) await put(`hello-${place}`, POP_UP)
      expect(await put('one-more', POP_UP)).toMatchObject({
        status: 409,
        body: { detail: 'live: 30 on-site messages are live, expected at most 30' },
      })
      expect(await put('one-more', { ...POP_UP, live: false })).toMatchObject({ status: 200 })
      expect(await put('hello-3', { ...POP_UP, priority: 3 })).toMatchObject({ status: 200 })
      expect(await told()).toHaveLength(30)
    })

    it('are previewed as a browser would be told of them, without being saved', async () => {
      const draft = {
        ...SIGN_UP,
        id: 'welcome',
        live: false,
        stages: ['lost'],
        endsAt: '2020-01-01T00:00:00Z',
      }
      expect(await api('POST', '/preview', { message: draft, locale: 'es-MX' })).toMatchObject({
        status: 200,
        body: { id: 'welcome', locale: 'es', texts: { title: 'Sigue al día' }, position: 'centre' },
      })
      expect(await api('POST', '/preview', { message: { ...draft, fields: [] } })).toMatchObject({
        status: 400,
        body: { detail: expect.stringContaining('fields: expected a field') as unknown },
      })
      expect((await api('GET', '')).body).toEqual({ messages: [] })
    })

    it('are told in the visitor’s language, by their priority, as long as their time lasts', async () => {
      await put('welcome', { ...SIGN_UP, priority: 1 })
      await put('hello', {
        ...POP_UP,
        priority: 2,
        endsAt: new Date(test.clock.now() + 60_000).toISOString(),
      })
      await put('draft', { ...POP_UP, live: false })
      const response = await post('/v1/onsite', { anonymousId: 'a1', locale: 'es-MX' })
      expect(response.status).toBe(200)
      expect(response.headers.get('cache-control')).toBe('no-store')
      expect(response.headers.get('access-control-allow-origin')).toBe('*')
      expect(await response.json()).toMatchObject({
        messages: [
          { id: 'hello', locale: 'en' },
          { id: 'welcome', locale: 'es', colours: { accent: '#0f6b60' } },
        ],
      })
      test.clock.set(test.clock.now() + 60_000)
      expect(await told()).toEqual(['welcome'])
    })

    it('are told to whoever brings no id, and nothing is kept of who asked', async () => {
      await put('welcome', SIGN_UP)
      expect(await told()).toEqual(['welcome'])
      expect(await told({ anonymousId: null, locale: null, identityToken: null })).toEqual(['welcome'])
      const rows = await test.store.read((tx) => tx.select({ id: sql<string>`1` }).from(tx.tables.customers))
      expect(rows).toEqual([])
    })

    it('are announced to browsers that send a batch while one is live, and only to them', async () => {
      expect(await view('a1')).toEqual({ success: true })
      await put('hello', POP_UP)
      expect(await view('a1')).toEqual({ success: true, onsite: true })
      expect(await view('a1', SECRET_KEY)).toEqual({ success: true })
      const single = await post('/v1/page', { type: 'page', anonymousId: 'a1' })
      expect(await single.json()).toEqual({ success: true })
      await put('hello', { ...POP_UP, from: new Date(test.clock.now() + 60_000).toISOString() })
      expect(await view('a1')).toEqual({ success: true })
      test.clock.set(test.clock.now() + 60_000)
      expect(await view('a1')).toEqual({ success: true, onsite: true })
      await api('DELETE', '/hello')
      expect(await view('a1')).toEqual({ success: true })
    })

    it.each<[sentence: string, body: Json, headers: Record<string, string>, status: number]>([
      ['a key that nobody knows', { writeKey: 'no-such-key-at-all' }, {}, 401],
      ['the secret key, which is in no page', { writeKey: SECRET_KEY }, {}, 401],
      ['a page that the key is not for', {}, { origin: 'https://other.example' }, 403],
      ['an id that is none', { anonymousId: 7 }, {}, 400],
      ['more than a visitor has to say', { anonymousId: 'a'.repeat(20_000) }, {}, 413],
    ])('are not told with %s', async (_sentence, body, headers, status) => {
      await put('welcome', SIGN_UP)
      await set({ allowedOrigins: ['https://www.shop.example'] })
      // A key is remembered for ten seconds.
      test.clock.set(test.clock.now() + 10_000)
      expect((await post('/v1/onsite', body, headers)).status).toBe(status)
      const allowed = await post('/v1/onsite', {}, { origin: 'https://www.shop.example' })
      expect(allowed.status).toBe(200)
    })

    it('are asked for by POST alone', async () => {
      for (const path of ['/v1/onsite', '/v1/cookie']) {
        const response = await test.ciclo.app.request(path)
        expect(response.status).toBe(405)
        expect(response.headers.get('allow')).toBe('POST, OPTIONS')
      }
    })

    it('are described with the rest of the API', async () => {
      const { paths } = (await test.request('/api/openapi.json')) as { paths: Record<string, Json> }
      expect(paths['/api/onsite/{id}']).toMatchObject({ get: {}, put: {}, delete: {} })
      expect(JSON.stringify(paths['/api/onsite/{id}'])).toContain('signUp')
      expect(paths).toMatchObject({
        '/api/onsite': {},
        '/api/onsite/preview': {},
        '/v1/onsite': {},
        '/v1/cookie': {},
      })
    })

    it('are counted: how often they were shown, closed, clicked and answered in the last days', async () => {
      await put('hello', POP_UP)
      const nothing = { days: 28, shown: 0, closed: 0, clicked: 0, answered: 0, signedUp: 0, score: null }
      expect((await api('GET', '/hello/figures')).body).toEqual(nothing)
      const day = 86_400_000
      const said = (event: string, properties: Json, ago = 0) =>
        test.item(
          'public',
          { type: 'track', name: event, anonymousId: 'counted', properties },
          { at: test.clock.now() - ago * day },
        )
      await test.ciclo.ingest.submit([
        said('On-site Message Shown', { message: 'hello', kind: 'popUp' }),
        said('On-site Message Shown', { message: 'hello', kind: 'popUp' }, 20),
        said('On-site Message Shown', { message: 'hello', kind: 'popUp' }, 40),
        said('On-site Message Shown', { message: 'another' }),
        said('On-site Message Closed', { message: 'hello' }),
        said('On-site Message Clicked', { message: 'hello' }),
        said('Contest Entered', { contest: 'hello' }),
        said('Survey Answered', { survey: 'hello', score: 9 }),
        said('Survey Answered', { survey: 'hello', score: 4 }),
        said('Survey Answered', { survey: 'another', score: 0 }),
        said('Subscribed', { email: 'counted@example.com', form: 'hello' }),
        said('Product Viewed', { message: 'hello' }),
      ])
      const counted = { ...nothing, shown: 2, closed: 1, clicked: 1, answered: 3, signedUp: 1, score: 6.5 }
      expect((await api('GET', '/hello/figures')).body).toEqual(counted)
      expect((await api('GET', '/hello/figures?days=60')).body).toEqual({ ...counted, days: 60, shown: 3 })
      expect(await api('GET', '/hello/figures?days=0')).toMatchObject({ status: 400 })
      expect(await api('GET', '/none/figures')).toMatchObject({ status: 404 })
      await test.ciclo.settle()
    })
  })

  describe(`the visitor’s cookie on ${database}`, () => {
    let test: TestCiclo
    const { post } = onsiteClient(() => test)
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test.stop())
    const ask = async (body: Json, headers: Record<string, string>) =>
      await post('https://events.shop.example/v1/cookie', body, headers)
    const origin = 'https://www.shop.example'

    it('is set for the whole site of the page, which may read it', async () => {
      const response = await ask({ anonymousId: 'a_1-B' }, { origin })
      expect(response.status).toBe(204)
      expect(await response.text()).toBe('')
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'set-cookie': 'ciclo_id=a_1-B; Domain=shop.example; Path=/; Max-Age=34560000; SameSite=Lax; Secure',
        'access-control-allow-origin': origin,
        'access-control-allow-credentials': 'true',
        vary: 'Origin',
        'cache-control': 'no-store',
      })
    })

    it.each<[sentence: string, body: Json, headers: Record<string, string>, status: number]>([
      ['a page of another site', { anonymousId: 'a1' }, { origin: 'https://evil.example' }, 403],
      ['no page', { anonymousId: 'a1' }, {}, 403],
      ['no id', {}, { origin }, 400],
      ['an id that is more than a name', { anonymousId: 'a; Domain=evil.example' }, { origin }, 400],
      ['an id of two lines', { anonymousId: 'a\n' }, { origin }, 400],
      ['an id that is too long', { anonymousId: 'a'.repeat(65) }, { origin }, 400],
      ['a key that nobody knows', { anonymousId: 'a1', writeKey: 'no-such-key-at-all' }, { origin }, 401],
      ['the secret key', { anonymousId: 'a1', writeKey: SECRET_KEY }, { origin }, 401],
    ])('is not set for %s', async (_sentence, body, headers, status) => {
      const response = await ask(body, headers)
      expect({ status: response.status, cookie: response.headers.get('set-cookie') }).toEqual({
        status,
        cookie: null,
      })
    })

    it('is not set for a page that the key is not for', async () => {
      const settings = { allowedOrigins: ['https://shop.example'] }
      await test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(settings) })
      test.clock.set(test.clock.now() + 10_000)
      expect((await ask({ anonymousId: 'a1' }, { origin })).status).toBe(403)
      expect((await ask({ anonymousId: 'a1' }, { origin: 'https://shop.example' })).status).toBe(204)
    })
  })
}
