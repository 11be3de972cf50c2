import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fillShop } from '../../studio/test/support/fillShop.ts'
import { createTestCiclo, type TestCiclo } from './support/createTestCiclo.ts'
import type { ApiClient } from './support/createApiClient.ts'

const DAY = 86_400_000

interface Judged {
  stage: Record<string, number>
  value: Record<string, number>
  engagement: Record<string, number>
}
interface Preview {
  isJudging: boolean
  customers: number
  moved: number
  before: Judged
  after: Judged
}

/** What settings would do to customers, said before they are saved. */
export function settingsPreviewContract(database: string, createDatabase: () => Promise<string>): void {
  describe(`the preview of settings on ${database}`, () => {
    let test: TestCiclo
    beforeEach(async () => {
      test = await createTestCiclo({ databaseUrl: await createDatabase(), smtpUrl: 'smtp://127.0.0.1:9' })
      await ask('PATCH', '/api/settings', { currency: 'EUR' })
      const send: ApiClient['send'] = async (batch) => {
        await test.request('/v1/batch', { method: 'POST', body: JSON.stringify({ batch }) })
      }
      await fillShop({ api: { send } as ApiClient, now: test.clock.now(), customers: 160 })
      await ask('POST', '/api/insight/refresh', { what: 'predictions' })
      await happen()
    })
    afterEach(() => test.stop())

    const ask = async (method: string, path: string, body: unknown) =>
      await test.request(path, { method, body: JSON.stringify(body) })
    /** What is due, and what that asks for a millisecond later. */
    const happen = async () => {
      await test.ciclo.settle()
      for (let instant = 0; instant < 5; instant += 1) {
        test.clock.set(test.clock.now() + 1)
        await test.ciclo.runJobs()
      }
    }
    const preview = async (patch: unknown) =>
      (await ask('POST', '/api/settings/preview', patch)) as unknown as Preview
    /** How many of all customers stand where. */
    const standing = async () => {
      const rows = await test.store.read((tx) => tx.select().from(tx.tables.customers))
      const counts: Record<string, number> = {}
      for (const row of rows)
        for (const region of ['stage', 'value', 'engagement'] as const)
          counts[`${region} ${row[region]}`] = (counts[`${region} ${row[region]}`] ?? 0) + 1
      return counts
    }
    /** How many more stand where than before; nothing of where as many do. */
    const differences = (before: Record<string, number>, after: Record<string, number>) =>
      Object.fromEntries(
        [...new Set([...Object.keys(before), ...Object.keys(after)])]
          .map((state) => [state, (after[state] ?? 0) - (before[state] ?? 0)] as const)
          .filter(([, difference]) => difference !== 0),
      )
    const flat = (judged: Judged) =>
      Object.fromEntries(
        Object.entries(judged).flatMap(([region, counts]) =>
          Object.entries(counts as Record<string, number>).map(([state, count]) => [
            `${region} ${state}`,
            count,
          ]),
        ),
      )

    it.each<[what: string, patch: Record<string, unknown>]>([
      ['fixed limits', { gaps: { mode: 'fixed' }, limits: { atRisk: 30 * DAY, lapsed: 60 * DAY } }],
      ['the percentiles of the curve', { gaps: { atRiskPercentile: 40, lapsedPercentile: 60 } }],
      ['a fixed line of VIPs', { vipShare: null, vipLine: 9_000 }],
      ['another share of VIPs', { vipShare: 0.4 }],
      ['another currency', { currency: 'USD' }],
      ['when silence is cold', { engagement: { coldAfter: 5 * DAY, coldReceived: 1, warmFor: 2 * DAY } }],
    ])('says of %s what happens after saving', async (_what, patch) => {
      const told = await preview(patch)
      expect(told.isJudging).toBe(true)
      expect(told.moved).toBeGreaterThan(0)
      const before = await standing()
      await ask('PATCH', '/api/settings', patch)
      await happen()
      const moved = differences(before, await standing())
      expect(moved).not.toEqual({})
      expect(moved).toEqual(differences(flat(told.before), flat(told.after)))
    })

    it('moves nobody where nothing is changed that customers are judged by, and saves nothing', async () => {
      const before = await test.request('/api/settings')
      expect(await preview({ shop: { name: 'Another' } })).toMatchObject({ isJudging: false, moved: 0 })
      await preview({ vipShare: 0.5 })
      expect(await test.request('/api/settings')).toEqual(before)
    })

    it('refuses what could not be saved either', async () => {
      expect(await preview({ limits: { atRisk: 900 * DAY } })).toMatchObject({
        status: 400,
        detail: expect.stringContaining('atRisk < lapsed') as string,
      })
      expect(await preview({ vipline: 5 })).toMatchObject({ status: 400 })
    })
  })
}
