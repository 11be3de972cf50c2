import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { EVERYBODY } from './campaigns/campaignWorld.ts'
import { createTestCiclo, SECRET_KEY, type TestCiclo } from './support/createTestCiclo.ts'
import { BODY, strings } from './templates/ownTemplates.ts'

/** What PostgreSQL takes neither in text nor in JSON: NUL, and half of a character. */
const BAD = 'a\u0000b\ud800c'

const JOURNEY = {
  id: 'thanks',
  name: BAD,
  trigger: { kind: 'event', name: 'Order Completed' },
  reentry: { kind: 'always' },
  steps: [{ kind: 'send', id: 'mail', template: 'thank-you', purpose: 'transactional' }],
}

const deep = (depth: number): unknown => JSON.parse('['.repeat(depth) + ']'.repeat(depth))

/** The bodies of the API, on a database. */
export function bodiesContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`bodies of the API on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const send = async (method: string, path: string, body: unknown) => {
      const answer = await test.ciclo.app.request(`/api${path}`, {
        method,
        headers: { authorization: `Bearer ${SECRET_KEY}` },
        body: JSON.stringify(body),
      })
      return { status: answer.status, text: await answer.text() }
    }

    it('hold any text: what no database takes of it is stored as the sign for that', async () => {
      const address = 'ann@example.com'
      const bodies: [method: string, path: string, body: unknown][] = [
        ['POST', '/suppressions', { address, reason: 'complaint', because: BAD }],
        ['POST', '/suppressions/remove', { address, because: BAD, force: true }],
        ['POST', '/senders/marketing/stop', { reason: BAD }],
        [
          'PUT',
          '/campaigns/spring',
          { name: BAD, audience: EVERYBODY, template: 'welcome', schedule: { kind: 'now' } },
        ],
        ['PUT', '/templates/own/draft', { ...BODY, strings: strings(BAD) }],
        ['PATCH', '/settings', { shop: { name: BAD } }],
        ['POST', '/erasures', { userId: BAD }],
        ['POST', '/journeys', JOURNEY],
        ['POST', '/coupons/spring', { codes: [BAD, 'GOOD'] }],
      ]
      for (const [method, path, body] of bodies) {
        const { status, text } = await send(method, path, body)
        expect([path, status < 300 || text]).toEqual([path, true])
      }
      const { audit, campaigns } = await test.store.read(async (tx) => ({
        audit: await tx.select().from(tx.tables.audit),
        campaigns: await tx.select().from(tx.tables.campaigns),
      }))
      const stored = JSON.stringify([audit, campaigns])
      expect(stored).toContain('a\uFFFDb\uFFFDc')
      expect(stored).not.toMatch(/\\u0000|\\ud800/)
    })

    it('are no deeper than anything sensible is', async () => {
      expect(await send('PATCH', '/settings', { brand: deep(40) })).toMatchObject({
        status: 400,
        text: expect.stringContaining('settings: nested deeper than 32 levels') as string,
      })
    })
  })
}
