import { z } from 'zod'
import { gapCurve, GapCurveSchema } from './gapCurve.ts'
import { figuresOf, isCounted, spendOf, type OrderFacts } from './orderFigures.ts'
import { PredictionFitSchema } from './prediction/predictionFit.ts'
import { rfmLines, RfmLinesSchema } from './rfm.ts'
import { DAY, type Settings } from './settings.ts'
import { shareLine } from './shareLine.ts'

/** What the shop's customers together say, as far as there are enough of them. */
export const PopulationSchema = z.object({
  /** Of how many customers with an order, and until when. */
  buyers: z.number().int(),
  at: z.number(),
  gaps: GapCurveSchema.nullable(),
  /** The spend from which a customer is a VIP: minor units of the workspace's currency. */
  vipLine: z.number().nullable(),
  rfm: RfmLinesSchema.nullable(),
  fit: PredictionFitSchema.nullable(),
})
export type Population = z.infer<typeof PopulationSchema>

/** What stays of a population when the shop counts in another currency: no amount of the old one is an amount of it. */
export const withoutMoney = (population: Population): Population => ({
  ...population,
  vipLine: null,
  rfm: null,
  fit: population.fit && { ...population.fit, gammaGamma: null },
})

/** What the population needs of one customer with orders. */
export interface BuyerHistory {
  /** When the customer ordered, ascending. */
  orders: readonly number[]
  /** On how many distinct days (UTC). */
  orderDays: number
  /** How many of the orders have a positive value. */
  positive: number
  /** Of all orders, net of refunds: minor units of the workspace's currency. */
  spend: number
  /** Of that, what was spent on the first day (UTC) with an order. */
  firstDaySpend: number
}

const dayOf = (at: number) => Math.floor(at / DAY)

/** The history of a customer with these orders, in any order, as far as it is known at `at`; null of no buyer. */
export function buyerHistoryOf(
  orders: readonly OrderFacts[],
  settings: Settings,
  at: number,
): BuyerHistory | null {
  const counted = orders.filter((order) => isCounted(order) && order.at <= at)
  if (counted.length === 0) return null
  const figures = figuresOf(counted, settings)
  const times = counted.map((order) => order.at).toSorted((one, other) => one - other)
  const spend = spendOf(figures, settings)
  const firstDay = counted.filter((order) => dayOf(order.at) === dayOf(times[0] as number))
  const firstDaySpend =
    firstDay.length === counted.length ? spend : spendOf(figuresOf(firstDay, settings), settings)
  const { orderDays, positive } = figures
  return { orders: times, orderDays, positive, spend, firstDaySpend }
}

/** A tenth of fewer buyers is nobody in particular. */
const FEWEST_BUYERS = 100

function vipLineOf(spends: readonly number[], share: number | null): number | null {
  if (share === null || spends.length < FEWEST_BUYERS) return null
  const ascending = Float64Array.from(spends).toSorted()
  return shareLine(ascending, Math.round(spends.length * (1 - share)))
}

/**
 * What the shop's buyers together say at `at`, without the fit. They are passed once, in any order; two numbers of each
 * are kept, and their gaps.
 */
export function populationOf(buyers: Iterable<BuyerHistory>, { vipShare }: Settings, at: number): Population {
  let count = 0
  const facts: { positive: number; spend: number }[] = []
  function* histories() {
    for (const { orders, positive, spend } of buyers) {
      if (orders.length === 0) continue
      count += 1
      facts.push({ positive, spend })
      yield orders
    }
  }
  const gaps = gapCurve(histories(), at)
  const spends = facts.map(({ spend }) => spend).filter((spend) => spend > 0)
  return { buyers: count, at, gaps, vipLine: vipLineOf(spends, vipShare), rfm: rfmLines(facts), fit: null }
}
