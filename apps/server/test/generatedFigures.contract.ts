import { metricsOf, SettingsSchema, type Order } from '@ciclo/engine'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openStore } from '../src/store/openStore.ts'
import { countOrders } from '../src/store/queries/orderCounts.ts'
import { saveOrders, type CustomerOrder } from '../src/store/queries/orders.ts'
import type { Store } from '../src/store/store.ts'

const DAY = 86_400_000

const START = Date.UTC(2025, 0, 1)
const period = { from: START, to: START + 50 * DAY }
const settings = SettingsSchema.parse({ metrics: { activeFor: 100 * DAY } })

const generatedOrders = fc.uniqueArray(
  fc.record({
    customer: fc.nat(5),
    id: fc.nat(500),
    // Also just at both ends of the period, and of the time before it.
    day: fc.oneof(fc.integer({ min: -150, max: 70 }), fc.constantFrom(-100, 0, 50)),
    edge: fc.constantFrom(-1, 0, 1),
    currency: fc.constantFrom('EUR', 'PLN'),
    total: fc.nat(9_999),
    refundedShare: fc.constantFrom(0, 0, 0.3, 1),
    cancelled: fc.boolean(),
    trusted: fc.boolean(),
    told: fc.constantFrom(true, true, true, false),
  }),
  { selector: ({ customer, id }) => `${customer}/${id}`, maxLength: 40 },
)

type Generated = (typeof generatedOrders extends fc.Arbitrary<infer All> ? All : never)[number]

const toOrder = ({ customer, id, day, edge, refundedShare, total, ...rest }: Generated): CustomerOrder => ({
  ...rest,
  total,
  customerId: `c${customer}`,
  id: `o${id}`,
  at: START + day * DAY + edge,
  refunded: Math.round(total * refundedShare),
  discount: null,
  coupon: null,
  refunds: [],
})

/** The figures by looking at one customer after the other. */
function countNaively(orders: readonly CustomerOrder[], believesBrowsers: boolean) {
  const counted = orders.filter((order) => order.told && !order.cancelled && order.at < period.to)
  const isWithin = (order: Order) => order.at >= period.from
  const isBelieved = (order: Order) => order.trusted || believesBrowsers
  let [active, lost, buyers, repeatBuyers] = [0, 0, 0, 0]
  for (const own of Map.groupBy(counted, ({ customerId }) => customerId).values()) {
    const within = own.filter(isWithin).length
    const wasActive = own.some((order) => !isWithin(order) && order.at >= period.from - 100 * DAY)
    if (wasActive) active += 1
    if (wasActive && within === 0) lost += 1
    if (within > 0) buyers += 1
    if (within > 1) repeatBuyers += 1
  }
  const sumBy = (some: readonly CustomerOrder[]) =>
    [...Map.groupBy(some, ({ currency }) => currency)].map(([currency, own]) => {
      const revenue = own.reduce((sum, order) => sum + order.total - order.refunded, 0)
      return { currency, own, revenue, people: new Set(own.map(({ customerId }) => customerId)).size }
    })
  const within = counted.filter(isWithin)
  const sales = sumBy(within.filter(isBelieved))
  const lifetime = sumBy(counted.filter(isBelieved))
  return {
    churn: [lost, active],
    repeat: [repeatBuyers, buyers],
    frequency: [within.length, buyers],
    average: Object.fromEntries(sales.map(({ currency, own, revenue }) => [currency, [revenue, own.length]])),
    historic: Object.fromEntries(
      lifetime.map(({ currency, revenue, people }) => [currency, [revenue, people]]),
    ),
  }
}

/** The five figures as a database counts them, held against orders that are looked at one by one. */
export function generatedFiguresContract(
  database: string,
  createDatabase: () => Promise<string>,
  runs: number,
): void {
  describe(`The figures of generated orders on ${database}`, () => {
    let store: Store
    beforeAll(async () => {
      store = await openStore(await createDatabase())
    })
    afterAll(() => store.close())

    it('are the same as counted one by one', async () => {
      let shops = 0
      await fc.assert(
        fc.asyncProperty(generatedOrders, fc.boolean(), async (generated, browserOrdersAreRevenue) => {
          shops += 1
          const workspaceId = `w${shops}`
          const orders = generated.map(toOrder)
          await store.write((tx) => saveOrders(tx, workspaceId, orders))
          const counts = await store.read((tx) =>
            countOrders(tx, workspaceId, period, { ...settings, browserOrdersAreRevenue }),
          )
          const metrics = metricsOf(counts)
          const naive = countNaively(orders, browserOrdersAreRevenue)
          const countsOf = ({ numerator, denominator }: { numerator: number; denominator: number }) => [
            numerator,
            denominator,
          ]
          expect({
            churn: countsOf(metrics.customerChurnRate),
            repeat: countsOf(metrics.repeatPurchaseRate),
            frequency: countsOf(metrics.purchaseFrequency),
            average: Object.fromEntries(
              Object.entries(metrics.averageOrderValue).map(([currency, one]) => [currency, countsOf(one)]),
            ),
            historic: Object.fromEntries(
              Object.entries(metrics.customerLifetimeValue).map(([currency, one]) => [
                currency,
                countsOf(one.historic),
              ]),
            ),
          }).toEqual(naive)
        }),
        { numRuns: runs },
      )
    })
  })
}
