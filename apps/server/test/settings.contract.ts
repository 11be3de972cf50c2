import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, SECRET_KEY, WRITE_KEY, type TestCiclo } from './support/createTestCiclo.ts'

/** The settings of a workspace, on a database. */
export function settingsContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`settings on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
    })
    afterEach(() => test.stop())

    const patch = (body: unknown) =>
      test.request('/api/settings', { method: 'PATCH', body: JSON.stringify(body) })
    const order = (id: string, day: number) =>
      test.item(
        'secret',
        { type: 'track', name: 'Order Completed', userId: 'u1', properties: { order_id: id, total: 300 } },
        { at: test.clock.now() + day * 86_400_000 },
      )

    it('are the defaults where nothing is set, and what is set stays beside them', async () => {
      expect(await test.request('/api/settings')).toMatchObject({
        currency: 'USD',
        vipLine: 50_000,
        consent: { bases: ['consent'], tracking: 'opt-out' },
      })
      expect(await patch({ consent: { country: 'PL' } })).toMatchObject({
        consent: { country: 'PL', bases: ['consent'] },
      })
      expect(await patch({ consent: { tracking: 'opt-in' } })).toMatchObject({
        consent: { country: 'PL', tracking: 'opt-in' },
      })
      expect(await patch({ consent: { country: null } })).toMatchObject({ consent: { tracking: 'opt-in' } })
      expect((await test.request('/api/settings'))['consent']).not.toHaveProperty('country')
    })

    it('set quiet hours and a frequency cap, and take them back', async () => {
      const manners = async () => {
        const { quietHours, cap, casePause } = await test.request('/api/settings')
        return { quietHours, cap, casePause }
      }
      const none = { quietHours: null, cap: null, casePause: 30 * 86_400_000 }
      expect(await manners()).toEqual(none)
      await patch({ quietHours: { from: '21:00', to: '09:00' }, cap: { perDay: 1, perWeek: 3 } })
      await patch({ quietHours: { from: '22:00' }, cap: { perWeek: null }, casePause: 86_400_000 })
      expect(await manners()).toEqual({
        quietHours: { from: '22:00', to: '09:00' },
        cap: { perDay: 1, perWeek: null },
        casePause: 86_400_000,
      })
      await patch({ quietHours: null, cap: null, casePause: null })
      expect(await manners()).toEqual(none)
    })

    it('count from the next event on', async () => {
      await test.ciclo.ingest.submit([order('o1', -2)])
      expect((await test.customer('userId=u1'))?.lifecycle['value']).toBe('standard')
      await patch({ vipLine: 60_000 })
      await test.ciclo.ingest.submit([order('o2', -1)])
      expect((await test.customer('userId=u1'))?.lifecycle['value']).toBe('vip')
    })

    it.each<[body: unknown, message: RegExp]>([
      [{ vipLine: 'much' }, /vipLine: /],
      [{ vipLine: -1 }, /vipLine/],
      [{ vipline: 5 }, /vipline: there is no such setting/],
      [{ consent: { contry: 'PL' } }, /consent\.contry: there is no such setting/],
      [{ consent: { country: 'Poland' } }, /country/],
      [{ consent: { country: 'XX' } }, /consent\.country: expected a country of ISO 3166-1, such as PL/],
      [{ currency: 'ZZZ' }, /currency: expected a currency of ISO 4217, such as EUR/],
      [{ limits: { atRisk: 900 * 86_400_000 } }, /atRisk < lapsed/],
      [{ quietHours: { from: '21:00' } }, /quietHours\.to/],
      [{ quietHours: { from: '9', to: '21:00' } }, /quietHours\.from: expected a time of day such as 09:00/],
      [{ cap: { perDay: 0 } }, /cap\.perDay: expected a whole number of mails above 0, or null/],
      [{ cap: { perMonth: 5 } }, /cap\.perMonth: there is no such setting/],
      [{ identityKeyVersion: 9 }, /renew/],
      [{ webhookSecretVersion: 9 }, /renew/],
      [{ feedbackHookVersion: 1 }, /use POST \/api\/feedback\/hooks\/renew/],
      [{ feedbackHookVersion: null }, /renew/],
      [{ __proto__: null, constructor: { x: 1 } }, /constructor: there is no such setting/],
      [[], /expected a JSON object/],
    ])('%j changes nothing and says why', async (body, message) => {
      const before = await test.request('/api/settings')
      expect(await patch(body)).toMatchObject({
        status: 400,
        detail: expect.stringMatching(message) as string,
      })
      expect(await test.request('/api/settings')).toEqual(before)
    })

    it('draw no share of VIPs where null says so, and leave out what a patch does not name', async () => {
      const share = async () => (await test.request('/api/settings'))['vipShare']
      expect(await share()).toBe(0.1)
      await patch({ vipShare: null })
      await patch({ vipLine: 7_000 })
      expect(await share()).toBeNull()
      await patch({ vipShare: 0.2 })
      expect(await share()).toBe(0.2)
    })

    it('let the write key be used on the pages of the shop alone, where these are named', async () => {
      const sendFrom = async (origin: string | undefined, writeKey = WRITE_KEY) => {
        const answer = await test.ciclo.app.request('/v1/track', {
          method: 'POST',
          headers: origin === undefined ? {} : { origin },
          body: JSON.stringify({ writeKey, anonymousId: 'a1', event: 'Seen' }),
        })
        return (await answer.json()) as Record<string, unknown>
      }
      const allow = async (allowedOrigins: unknown) => {
        const answer = await patch({ allowedOrigins })
        // A process remembers a key, and what it is good for, for ten seconds.
        test.clock.set(test.clock.now() + 11_000)
        return answer
      }
      expect(await sendFrom('https://copy.example')).toMatchObject({ success: true })
      expect(await allow(['https://Shop.example', 'http://127.0.0.1:8080'])).toMatchObject({
        allowedOrigins: ['https://shop.example', 'http://127.0.0.1:8080'],
      })
      expect(await sendFrom('https://shop.example')).toMatchObject({ success: true })
      expect(await sendFrom('http://127.0.0.1:8080')).toMatchObject({ success: true })
      for (const origin of [
        'https://copy.example',
        'http://shop.example',
        'https://shop.example:8443',
        'null',
      ])
        expect(await sendFrom(origin)).toMatchObject({
          status: 403,
          detail: expect.stringContaining(origin) as string,
        })
      // A program says no origin, and a secret key is the shop's server.
      expect(await sendFrom(undefined)).toMatchObject({ success: true })
      expect(await sendFrom('https://copy.example', SECRET_KEY)).toMatchObject({ success: true })
      expect(await allow(['https://shop.example/path'])).toMatchObject({
        status: 400,
        detail: expect.stringContaining('allowedOrigins.0: expected an origin such as') as string,
      })
      await allow([])
      expect(await sendFrom('https://copy.example')).toMatchObject({ success: true })
    })

    it('show a mail as it would be with a patch, on a page of its own that may do nothing', async () => {
      const look = async (wanted: unknown) => {
        const query = new URLSearchParams({
          template: 'welcome',
          locale: 'en',
          patch: JSON.stringify(wanted),
        })
        return await test.ciclo.app.request(`/api/settings/mail-preview?${query.toString()}`, {
          headers: { authorization: `Bearer ${SECRET_KEY}` },
        })
      }
      const answer = await look({
        shop: { name: 'Another & Sons' },
        brand: { colours: { accent: '#123456' } },
      })
      const html = await answer.text()
      expect(answer.headers.get('content-security-policy')).toMatch(
        /default-src 'none'.*frame-ancestors 'self'; sandbox$/,
      )
      expect(html).toContain('#123456')
      expect(html).toContain('Another &amp; Sons')
      expect(await test.request('/api/settings')).not.toMatchObject({ shop: { name: 'Another & Sons' } })
      expect((await look({ brand: { colours: { accent: 'red' } } })).status).toBe(400)
      expect((await look([])).status).toBe(400)
    })

    it('show a mail of a customer, with what is known of them', async () => {
      await test.ciclo.ingest.submit([
        test.item('secret', {
          type: 'identify',
          userId: 'zuzanna',
          traits: { email: 'zuzanna@example.com', firstName: 'Zuzanna' },
        }),
      ])
      const customer = await test.customer('userId=zuzanna')
      const look = async (customerId: string) =>
        await test.ciclo.app.request(
          `/api/settings/mail-preview?template=welcome&locale=en&customerId=${customerId}`,
          { headers: { authorization: `Bearer ${SECRET_KEY}` } },
        )
      expect(await (await look(customer?.id ?? '')).text()).toContain('Zuzanna')
      expect((await look('nobody')).status).toBe(404)
    })

    it('tell in the audit who has changed what', async () => {
      await patch({ vipLine: 60_000 })
      const { entries } = (await test.request('/api/audit')) as { entries: Record<string, unknown>[] }
      expect(entries[0]).toMatchObject({
        actor: 'key secret',
        action: 'settings.changed',
        details: { patch: { vipLine: 60_000 } },
      })
    })
  })
}
