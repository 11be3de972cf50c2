import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readMetrics } from '../src/insight/readInsight.ts'
import { SourcesSchema } from '../src/routes/insightSchemas.ts'
import { openStore } from '../src/store/openStore.ts'
import { firstWorkspaceId } from '../src/store/queries/workspaces.ts'
import { readCdnow, type CdnowOrder } from './cdnow.data.ts'
import { runCliIn } from './cli.support.ts'
import { createTestFolder } from './support/createTestFolder.ts'

const { path, kind, orders } = readCdnow()

const share = (numerator: number, denominator: number) => ({ numerator, denominator })
const isFrom = (from: string, to: string) => {
  const [begin, end] = [Date.parse(from), Date.parse(to)]
  return ({ at }: CdnowOrder) => begin <= at && at < end
}
const people = (some: readonly CdnowOrder[]) => new Set(some.map(({ userId }) => userId))
const cents = (some: readonly CdnowOrder[]) => some.reduce((sum, order) => sum + order.cents, 0)

/** The figures by sets of people, from the file alone. */
function expected(from: string, to: string, baseFrom: string) {
  const within = orders.filter(isFrom(from, to))
  const before = people(orders.filter(isFrom(baseFrom, from)))
  const until = orders.filter(isFrom('1990-01-01', to))
  const buyers = people(within)
  const again = [...buyers].filter((userId) => within.filter((order) => order.userId === userId).length > 1)
  return {
    customerChurnRate: share([...before].filter((userId) => !buyers.has(userId)).length, before.size),
    repeatPurchaseRate: share(again.length, buyers.size),
    purchaseFrequency: share(within.length, buyers.size),
    averageOrderValue: {
      USD: { ...share(cents(within), within.length), value: Math.round(cents(within) / within.length) },
    },
    customerLifetimeValue: { USD: { historic: share(cents(until), people(until).size) } },
  }
}

describe(`The ${orders.length} orders of ${kind === 'real' ? 'CDNOW' : 'a generated file: no CDNOW file here'}`, () => {
  const folder = createTestFolder()
  beforeAll(async () => {
    expect(await runCliIn(folder.path, ['import', 'orders', path])).toMatchObject({ code: 0 })
  })
  afterAll(() => folder.remove())

  const metrics = async (from: string, to: string) => {
    const store = await openStore(`file:${join(folder.path, 'ciclo.db')}`, { readOnly: true })
    const workspaceId = (await store.read(firstWorkspaceId)) ?? ''
    const found = await readMetrics(store, {
      workspaceId,
      period: { from: Date.parse(from), to: Date.parse(to) },
    })
    await store.close()
    return found.metrics
  }

  it('come to the figures of 1997 that the file itself comes to', async () => {
    const found = await metrics('1997-01-01', '1998-01-01')
    expect(found).toMatchObject(expected('1997-01-01', '1998-01-01', '1996-01-02'))
    // Nobody is known to have bought before 1997.
    expect(found.customerChurnRate).toMatchObject({ value: null, word: 'not enough data yet' })
  })

  it('and of the first half of 1998', async () => {
    const found = await metrics('1998-01-01', '1998-07-01')
    expect(found).toMatchObject(expected('1998-01-01', '1998-07-01', '1997-01-01'))
    expect(found.customerChurnRate.denominator).toBeGreaterThan(2_000)
    expect(found.customerChurnRate.value).toBeCloseTo(
      found.customerChurnRate.numerator / found.customerChurnRate.denominator,
      12,
    )
  })

  it('are told in lines for people, and whole as JSON', async () => {
    const cli = async (...argv: string[]) => {
      const { code, said, warned } = await runCliIn(folder.path, ['insight', ...argv])
      expect([code, warned]).toEqual([0, []])
      return said
    }
    const year = ['--from', '1997-01-01', '--to', '1998-01-01']
    const dollars = (
      expected('1997-01-01', '1998-01-01', '1996-01-02').averageOrderValue.USD.value / 100
    ).toFixed(2)
    const lines = await cli('metrics', ...year)
    expect(lines[0]).toBe('From 1997-01-01T00:00:00.000Z to 1998-01-01T00:00:00.000Z')
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}churn rate +not enough data yet +0 of 0 /))
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^  average order +${dollars} USD `)))
    expect((await cli('funnel', ...year)).at(-1)).toMatch(
      /^ {2}paid +0 customers .*not enough data yet.* \(\d+ at all\)$/,
    )
    expect(await cli('attribution', ...year)).toEqual([
      expect.stringMatching(/to the last click within 5 days$/),
      expect.stringMatching(/^ {2}orders +\d+ +\d+\.\d\d USD$/),
      expect.stringMatching(/^ {2}after a mail +0 +- +0\.0 %$/),
    ])
    const { sources } = SourcesSchema.parse(JSON.parse((await cli('sources', '--json')).join('\n')))
    expect(sources).toMatchObject([{ source: null, medium: null, buyers: people(orders).size }])
  }, 120_000)
})
