import {
  boughtNext,
  boughtTogether,
  chooseRecommendations,
  DAY,
  likelihoodRatio,
  popular,
  sortPurchases,
  type Purchases,
} from '@ciclo/engine'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

type Row = [customer: number, product: number, day: number, order?: number]

function purchasesOf(rows: readonly Row[], productCount = 10): Purchases {
  return sortPurchases({
    customers: Int32Array.from(rows, ([customer]) => customer),
    products: Int32Array.from(rows, ([, product]) => product),
    times: Float64Array.from(rows, ([, , day]) => day * DAY),
    orders: Int32Array.from(rows, ([customer, , day, order]) => order ?? customer * 1_000 + day),
    productCount,
  })
}
const nothing = () => false
const asObject = (
  lists: Iterable<{ product: number; items: { product: number; customers: number; of: number }[] }>,
) =>
  Object.fromEntries(
    [...lists].map(({ product, items }) => [
      product,
      items.map((item) => [item.product, item.customers, item.of]),
    ]),
  )

/** Oil (0) and vinegar (1) go together; everybody buys bread (2); salt (3) is bought by two. */
const SHOP: Row[] = [
  ...[1, 2, 3, 4].flatMap((customer): Row[] => [
    [customer, 0, 1],
    [customer, 1, 1],
    [customer, 2, 2],
  ]),
  ...[5, 6, 7, 8, 9, 10].map((customer): Row => [customer, 2, 3]),
  [1, 3, 5],
  [2, 3, 5],
]

describe('what goes together', () => {
  it('is what the same customers buy more often than chance, with how many of them', () => {
    expect(asObject(boughtTogether(purchasesOf(SHOP), nothing))).toEqual({ 0: [[1, 4, 4]], 1: [[0, 4, 4]] })
  })

  it('counts a customer once, in however many orders', () => {
    const again = [
      ...SHOP,
      ...[1, 2, 3].flatMap((customer): Row[] => [
        [customer, 0, 9],
        [customer, 1, 9],
      ]),
    ]
    expect(asObject(boughtTogether(purchasesOf(again), nothing))).toEqual({ 0: [[1, 4, 4]], 1: [[0, 4, 4]] })
  })

  it('leaves out what is never to be recommended, also where it speaks for others', () => {
    expect(asObject(boughtTogether(purchasesOf(SHOP), (product) => product === 1))).toEqual({
      1: [[0, 4, 4]],
    })
  })

  it.each<[both: number, one: number, other: number, all: number, expected: number]>([
    [4, 4, 4, 10, 13.46],
    [2, 4, 5, 10, 0],
    [0, 5, 5, 10, -13.86],
    [5, 10, 50, 100, 0],
    [10, 10, 10, 10, 0],
  ])('weighs %i of %i and %i among %i as %f', (both, one, other, all, expected) => {
    expect(likelihoodRatio(both, one, other, all)).toBeCloseTo(expected, 2)
  })
})

describe('what comes next', () => {
  it('is what the next order had within half a year, out of those who have ordered again', () => {
    const rows: Row[] = [
      ...[1, 2, 3, 4].flatMap((customer): Row[] => [
        [customer, 0, 0],
        [customer, 5, 30],
        [customer, 6, 60],
      ]),
      ...[5, 6, 7, 8].flatMap((customer): Row[] => [
        [customer, 1, 0],
        [customer, 6, 30],
      ]),
      // Too late, and never again.
      ...[9, 10, 11].flatMap((customer): Row[] => [
        [customer, 0, 0],
        [customer, 7, 200],
      ]),
      [12, 0, 0],
    ]
    expect(asObject(boughtNext(purchasesOf(rows), nothing))).toEqual({ 0: [[5, 4, 4]], 1: [[6, 4, 4]] })
  })
})

describe('what is popular', () => {
  it('is what is bought of late, in each category and overall', () => {
    const rows: Row[] = [
      ...[1, 2, 3, 4, 5].map((customer): Row => [customer, 0, 0]),
      ...[6, 7, 8].map((customer): Row => [customer, 1, 90]),
      ...[9, 10].map((customer): Row => [customer, 2, 100]),
    ]
    const lists = popular(
      purchasesOf(rows),
      100 * DAY,
      (product) => (product === 0 ? 'old' : undefined),
      nothing,
    )
    expect(
      lists.map(({ category, items }) => [
        category,
        items.map(({ product, customers, of }) => [product, customers, of]),
      ]),
    ).toEqual([
      [
        null,
        [
          [1, 3, 10],
          [0, 5, 10],
        ],
      ],
      ['old', [[0, 5, 10]]],
    ])
  })
})

describe('recommendations of any purchases', () => {
  const rows = fc.array(
    fc
      .tuple(fc.nat(30), fc.nat(9), fc.nat(400))
      .map(([customer, product, day]): Row => [customer, product, day]),
    { minLength: 1, maxLength: 300 },
  )
  const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31)
  const listsOf = (given: readonly Row[], excluded: (product: number) => boolean) => {
    const purchases = purchasesOf(given)
    return {
      together: [...boughtTogether(purchases, excluded)],
      next: [...boughtNext(purchases, excluded)],
      popular: popular(purchases, 400 * DAY, () => undefined, excluded),
    }
  }

  it(`depend on no order of the rows, count exactly, and never name what is excluded or the product itself (seed ${seed})`, () => {
    fc.assert(
      fc.property(rows, fc.nat(9), fc.infiniteStream(fc.nat()), (given, hidden, draws) => {
        const lists = listsOf(given, (product) => product === hidden)
        const keys = given.map(() => Number(draws.next().value ?? 0))
        const shuffled = given
          .map((row, place) => [keys[place] ?? 0, row] as const)
          .toSorted(([one], [other]) => one - other)
          .map(([, row]) => row)
        expect(listsOf(shuffled, (product) => product === hidden)).toEqual(lists)
        const buyers = (product: number) =>
          new Set(given.filter((row) => row[1] === product).map(([customer]) => customer))
        for (const { product, items } of lists.together)
          for (const item of items) {
            expect([hidden, product]).not.toContain(item.product)
            expect(item.of).toBe(buyers(product).size)
            const others = buyers(item.product)
            expect(item.customers).toBe(
              [...buyers(product)].filter((customer) => others.has(customer)).length,
            )
          }
        for (const { product, items } of lists.next)
          for (const item of items) expect([hidden, product]).not.toContain(item.product)
      }),
      { seed, numRuns: 150 },
    )
  })
})

describe('what is chosen', () => {
  const list = (kind: 'together' | 'next' | 'popular', ...ids: string[]) => ({
    kind,
    items: ids.map((productId, place) => ({ productId, customers: 9 - place, of: 10, score: 1 })),
  })
  it('is the first list, then those behind it: each once, never what is owned or not there', () => {
    expect(
      chooseRecommendations([list('together', 'a', 'gone', 'b'), list('popular', 'b', 'owned', 'c', 'd')], {
        isShown: (id) => id !== 'gone',
        owned: new Set(['owned']),
        limit: 3,
      }),
    ).toEqual([
      { productId: 'a', reason: { kind: 'together', customers: 9, of: 10 } },
      { productId: 'b', reason: { kind: 'together', customers: 7, of: 10 } },
      { productId: 'c', reason: { kind: 'popular', customers: 7, of: 10 } },
    ])
  })
})
