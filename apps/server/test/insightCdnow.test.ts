import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { MetricsSchema } from '../src/routes/insightSchemas.ts'
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
    customerChurnRate: share(before.difference(buyers).size, before.size),
    repeatPurchaseRate: share(again.length, buyers.size),
    purchaseFrequency: share(within.length, buyers.size),
    averageOrderValue: {
      currencies: {
        USD: { ...share(cents(within), within.length), value: Math.round(cents(within) / within.length) },
      },
    },
    customerLifetimeValue: { currencies: { USD: { historic: share(cents(until), people(until).size) } } },
  }
}

describe(`The ${orders.length} orders of ${kind === 'real' ? 'CDNOW' : 'a generated file: no CDNOW file here'}`, () => {
  const folder = createTestFolder()
  beforeAll(async () => {
    expect(await runCliIn(folder.path, ['import', 'orders', path])).toMatchObject({ code: 0 })
  })
  afterAll(() => folder.remove())

  const cli = async (...argv: string[]) => {
    const { code, said, warned } = await runCliIn(folder.path, ['insight', ...argv])
    expect([code, warned]).toEqual([0, []])
    return said
  }
  const metrics = async (from: string, to: string) =>
    MetricsSchema.parse(JSON.parse((await cli('metrics', '--from', from, '--to', to, '--json')).join('\n')))

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

  it('are told in lines for people', async () => {
    const year = ['--from', '1997-01-01', '--to', '1998-01-01']
    const { averageOrderValue: average } = await metrics('1997-01-01', '1998-01-01')
    const dollars = ((average.currencies['USD']?.value ?? 0) / 100).toFixed(2)
    const lines = await cli('metrics', ...year)
    expect(lines[0]).toBe('From 1997-01-01T00:00:00.000Z to 1998-01-01T00:00:00.000Z')
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}churn rate +not enough data yet +0 of 0 /))
    expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^  average order +${dollars} USD `)))
    expect(lines).toContainEqual(expect.stringMatching(/^ {22} {2}not enough data yet|^ {2} +\d/))
    expect((await cli('funnel', ...year)).at(-1)).toMatch(
      /^ {2}paid +0 customers .*not enough data yet.* \(\d+ at all\)$/,
    )
    expect(await cli('sources')).toEqual([
      'nothing known / -',
      expect.stringMatching(/^ +\d+ customers, \d+ buyers$/),
      expect.stringMatching(/^ {2}lifetime value +\d+\.\d\d USD so far/),
    ])
    expect(await cli('attribution', ...year)).toEqual([
      expect.stringMatching(/to the last click within 5 days$/),
      expect.stringMatching(/^ {2}orders +\d+ +\d+\.\d\d USD$/),
      expect.stringMatching(/^ {2}after a mail +0 +- +0\.0 %$/),
    ])
    expect(await runCliIn(folder.path, ['insight', 'sources', '--touch', 'both'])).toMatchObject({
      code: 1,
      warned: [expect.stringMatching(/^touch: /)],
    })
  })
})
