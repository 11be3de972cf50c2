import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MOST_ROWS } from '../../src/pageCounts/pageCounter.ts'
import { createTestCiclo, SECRET_KEY, WRITE_KEY, type TestCiclo } from '../support/createTestCiclo.ts'

type Json = Record<string, unknown>

/** Pages that nobody in particular has seen, on a database. */
export function pageCountsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`pages that are counted without anybody, on ${database}`, () => {
    let test: TestCiclo
    beforeAll(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterAll(() => test.stop())

    const send = async (body: Json, headers: Record<string, string> = {}) =>
      await test.ciclo.app.request('/v1/count', {
        method: 'POST',
        headers: { 'content-type': 'text/plain;charset=UTF-8', ...headers },
        body: JSON.stringify({ writeKey: WRITE_KEY, ...body }),
      })
    const ask = async (query = '') => {
      const response = await test.ciclo.app.request(`/api/page-counts${query}`, {
        headers: { authorization: `Bearer ${SECRET_KEY}` },
      })
      return (await response.json()) as Json & { pages: Json[] }
    }
    const rowOf = async (path: string) =>
      (await ask('?limit=10000')).pages.filter((page) => page['path'] === path)

    it('are so many views of a page from somewhere on a day, and nothing more', async () => {
      for (let view = 0; view < 3; view += 1)
        expect((await send({ path: '/shoes', referrer: 'https://search.example/?q=shoes' })).status).toBe(204)
      await send({ path: '/shoes', campaign: { source: 'mail', name: 'spring', term: 'who' } })
      const { from, to } = await ask()
      const rows = await rowOf('/shoes')
      expect(rows).toEqual([
        { day: to, path: '/shoes', referrer: 'search.example', campaign: '', views: 3 },
        { day: to, path: '/shoes', referrer: '', campaign: 'mail/spring', views: 1 },
      ])
      expect(Date.parse(String(to)) - Date.parse(String(from))).toBe(28 * 86_400_000)
    })

    it.each<[sentence: string, body: Json, headers: Record<string, string>, row: Json]>([
      [
        'a page of the same shop before it is no source',
        { path: '/a', referrer: 'https://shop.example/b' },
        { origin: 'https://shop.example' },
        { referrer: '' },
      ],
      [
        'a source that is none is left out',
        { path: '/c', referrer: 'nowhere', campaign: 'x' },
        {},
        { referrer: '', campaign: '' },
      ],
      ['a long path is cut', { path: `/${'d'.repeat(400)}` }, {}, { path: `/${'d'.repeat(299)}` }],
      [
        'a campaign without a name is that of its source',
        { path: '/e', campaign: { source: 'ad' } },
        {},
        { campaign: 'ad/' },
      ],
    ])('%s', async (_sentence, body, headers, row) => {
      expect((await send(body, headers)).status).toBe(204)
      const path = String(row['path'] ?? body['path'])
      expect(await rowOf(path)).toMatchObject([{ path, views: 1, ...row }])
    })

    it.each<[sentence: string, path: string, headers: Record<string, string>]>([
      ['who asks by Global Privacy Control not to be watched', '/gpc', { 'sec-gpc': '1' }],
      ['a robot', '/robot', { 'user-agent': 'Mozilla/5.0 (compatible; Googlebot/2.1)' }],
    ])('%s is not counted', async (_sentence, path, headers) => {
      expect((await send({ path }, headers)).status).toBe(204)
      expect(await rowOf(path)).toEqual([])
    })

    it.each<[sentence: string, body: Json, status: number]>([
      ['without a path', {}, 400],
      ['with a path that is none', { path: 'shoes' }, 400],
      ['with an unknown key', { path: '/', writeKey: 'nobody-s-key-at-all' }, 401],
      ['with the secret key, which must be in no page', { path: '/', writeKey: SECRET_KEY }, 401],
    ])('a view %s is refused', async (_sentence, body, status) => {
      expect((await send(body)).status).toBe(status)
    })

    it('are days that can be named, and a wrong one is told', async () => {
      expect((await ask('?from=2020-01-01&to=2020-01-02')).pages).toEqual([])
      expect(await ask('?from=yesterday')).toMatchObject({ code: 'bad-request' })
    })

    it('leave no trace of a customer', async () => {
      await send({ path: '/nobody', anonymousId: 'a1', userId: 'u1' })
      await rowOf('/nobody')
      expect(await test.request('/api/customers?userId=u1')).toMatchObject({ customers: [] })
    })

    it('that do not exist fill nothing: beyond so many different ones all are one', async () => {
      for (let page = 0; page < MOST_ROWS + 10; page += 1) await send({ path: `/made-up/${page}` })
      const { pages } = await ask('?limit=10000')
      expect(pages.length).toBeLessThanOrEqual(MOST_ROWS + 1)
      expect(
        (await rowOf('(others)')).reduce((sum, page) => sum + Number(page['views']), 0),
      ).toBeGreaterThanOrEqual(10)
      // One that is known goes on.
      await send({ path: '/made-up/1' })
      expect(await rowOf('/made-up/1')).toMatchObject([{ views: 2 }])
    })
  })
}
