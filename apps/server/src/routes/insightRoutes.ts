import { DAY, shareOf } from '@ciclo/engine'
import { Hono } from 'hono'
import type { z } from 'zod'
import { CicloError } from '../errors.ts'
import type { Attribution } from '../insight/readInsight.ts'
import type { InsightRunner } from '../insight/runInsight.ts'
import type { Period } from '../store/queries/countedOrders.ts'
import type { ApiEnvironment } from './apiAuthorization.ts'
import { describer, query } from './describeApi.ts'
import {
  AttributionSchema,
  FunnelSchema,
  MetricsSchema,
  periodOf,
  PeriodQuerySchema,
  SourcesQuerySchema,
  SourcesSchema,
} from './insightSchemas.ts'
import { iso } from './iso.ts'
import { presentMetrics } from './presentMetrics.ts'

const describe = describer('insight', 'There is no such figure')

const FUNNEL_DEFINITION =
  'Distinct customers who viewed a product, then put one into the cart, then began to pay, then ordered, each at or ' +
  'after the step before, all within the period'
export const ATTRIBUTION_DEFINITION =
  'Each order goes to the last mail on which its customer clicked within the window before it; clicks of scanners ' +
  'count for nothing. It shows what went before an order, not what brought it about'

/** Before it dates are not written with four digits, and nothing has happened. */
const FIRST_YEAR = Date.parse('0001-01-01')

const presentPeriod = ({ from, to }: Period) => ({ from: iso(from), to: iso(to) })

function expectPeriod(given: z.infer<typeof PeriodQuerySchema>, now: number): Period {
  const period = periodOf(given, now)
  if (!period)
    throw new CicloError(
      'bad-request',
      `from: given "${given.from}", expected a time before ${given.to ?? 'now'}`,
    )
  return period
}

function presentAttribution(period: Period, { window, all, mails }: Attribution) {
  const revenue: Record<string, number> = {}
  for (const mail of mails)
    for (const [currency, amount] of Object.entries(mail.revenue))
      revenue[currency] = (revenue[currency] ?? 0) + amount
  const orders = mails.reduce((sum, mail) => sum + mail.orders, 0)
  return {
    period: presentPeriod(period),
    definition: ATTRIBUTION_DEFINITION,
    windowDays: window / DAY,
    all,
    credited: { orders, revenue, ofOrders: shareOf(orders, all.orders) },
    mails,
  }
}

/** What the shop's customers and orders add up to. All of it is read off the event loop. */
export function createInsightRoutes({ insight, now }: { insight: InsightRunner; now: () => number }) {
  return new Hono<ApiEnvironment>()
    .get(
      '/metrics',
      describe('The five figures of a period, each with its definition and counts', MetricsSchema),
      query(PeriodQuerySchema),
      async (context) => {
        const period = expectPeriod(context.req.valid('query'), now())
        const input = { workspaceId: context.get('workspaceId'), period }
        const { activeFor, metrics } = await insight.run('metrics', input, { signal: context.req.raw.signal })
        return context.json({
          period: presentPeriod(period),
          activeSince: iso(Math.max(FIRST_YEAR, period.from - activeFor)),
          ...presentMetrics(metrics),
        })
      },
    )
    .get(
      '/funnel',
      describe('From a view to an order, in a period', FunnelSchema),
      query(PeriodQuerySchema),
      async (context) => {
        const period = expectPeriod(context.req.valid('query'), now())
        const input = { workspaceId: context.get('workspaceId'), period }
        const steps = await insight.run('funnel', input, { signal: context.req.raw.signal })
        return context.json({ period: presentPeriod(period), definition: FUNNEL_DEFINITION, steps })
      },
    )
    .get(
      '/sources',
      describe('Where the customers came from, and what they have brought', SourcesSchema),
      query(SourcesQuerySchema),
      async (context) => {
        const { touch } = context.req.valid('query')
        const input = { workspaceId: context.get('workspaceId'), touch }
        const found = await insight.run('sources', input, { signal: context.req.raw.signal })
        return context.json({ touch, ...found })
      },
    )
    .get(
      '/attribution',
      describe('Which mails the orders of a period followed', AttributionSchema),
      query(PeriodQuerySchema),
      async (context) => {
        const period = expectPeriod(context.req.valid('query'), now())
        const input = { workspaceId: context.get('workspaceId'), period }
        const found = await insight.run('attribution', input, { signal: context.req.raw.signal })
        return context.json(presentAttribution(period, found))
      },
    )
}
