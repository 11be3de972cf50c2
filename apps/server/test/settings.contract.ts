import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'

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
